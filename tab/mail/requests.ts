import type { MessageList, MessageBody } from '../../api/mail/model.ts'
import type { PagedQuestion, Question } from '../client/loading.ts'
import { json, query, segment } from '../client/request.ts'

/** The mail of the last days with one customer, newest first. */
export const mailWith = (customerId: string): PagedQuestion<MessageList> => ({
  key: ['mail', customerId],
  ask: (after, signal) => json<MessageList>(`/customers/${segment(customerId)}/messages${query({ after, limit: 25 })}`, { signal }),
  watch: { kinds: ['messages', 'tenants'], customerId },
})

/** The text of one message. Each time that it is asked for is recorded, so it is asked for only when it is opened. */
export const messageText = (messageId: string): Question<MessageBody> => ({
  key: ['message', messageId],
  ask: (signal) => json<MessageBody>(`/messages/${segment(messageId)}/body`, { signal }),
})
