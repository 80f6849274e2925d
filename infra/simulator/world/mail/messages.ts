// Messages as Exchange keeps them. Times are milliseconds since 1970; Graph's shapes are made in graph/.
import type { Body } from './bodies.ts'

export interface Recipient { name?: string; address?: string }
export interface Attachment { id: string; name: string; contentType: string; content: Buffer }

export interface Message {
  /** Constant for life; `moves` counts the moves, and is part of the mutable id only. */
  key: string
  moves: number
  folderId: string; internetMessageId: string | null; conversationId: string; subject: string
  from: Recipient | null
  to: Recipient[]; cc: Recipient[]; bcc: Recipient[]
  sentAt: number; receivedAt: number
  /** PidTagSensitivity: 0 normal, 1 personal, 2 private, 3 confidential. */
  sensitivity: 0 | 1 | 2 | 3
  isDraft: boolean; isRead: boolean
  attachments: Attachment[]
  /** Text that may never be found outside the mailbox. */
  canaries: string[]
  /** Customers that the message touches, said by whoever wrote it; null when that person did not say. */
  expectedCustomers: string[] | null
  body?: Body
  preview?: string
}
