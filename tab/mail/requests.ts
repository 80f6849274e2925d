import type { Communications, MessageBody } from '../../api/mail/model.ts'
import type { PagedQuestion, Question } from '../client/loading.ts'
import { json, query, segment } from '../client/request.ts'

/** The mail of the last days with one customer, newest first. */
export const mailWith = (customerId: string): PagedQuestion<Communications> => ({
  key: ['mail', customerId],
  ask: (after, signal) => json<Communications>(`/customers/${segment(customerId)}/communications${query({ after, limit: 25 })}`, { signal }),
  watch: { kinds: ['communications', 'tenants'], customerId },
})

/** The text of one message. Each time that it is asked for is recorded, so it is asked for only when it is opened. */
export const messageText = (messageId: string): Question<MessageBody> => ({
  key: ['message', messageId],
  ask: (signal) => json<MessageBody>(`/messages/${segment(messageId)}/body`, { signal }),
})
