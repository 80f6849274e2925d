// Ids of messages, in Exchange's two formats.
import type { Mailbox } from '../../world/mail/mailbox.ts'
import type { Message } from '../../world/mail/messages.ts'

/** The id that does not change when a message moves within its mailbox (concepts/outlook-immutable-id). */
export const immutableId = (message: { key: string }): string => `AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A${message.key}AAA`

/** The id that a move ends. */
export const mutableId = (key: string, moves: number): string => `AAMkADNkYTI2NjVmAGYAAAAA${key}BwD${moves.toString(36).padStart(4, '0')}AAA=`

/** The message with that id, in either format; a mutable id from before a move finds nothing. */
export function findMessage(mailbox: Mailbox, id: string): Message | undefined {
  const immutable = /^AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A(.{28})AAA$/.exec(id)
  const mutable = /^AAMkADNkYTI2NjVmAGYAAAAA(.{28})BwD(.{4})AAA=$/.exec(id)
  const message = mailbox.messages.get((immutable ?? mutable)?.[1] ?? '')
  return message && (immutable || message.moves === parseInt(mutable?.[2] ?? '', 36)) ? message : undefined
}
