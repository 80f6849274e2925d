// Mail between our people and a customer.
import type { BotSubject } from '../subject.ts'
import { emails } from './emails.ts'
import { lastEmail } from './lastEmail.ts'
import { whoEmailed } from './whoEmailed.ts'
import { mailAt, whoEmailedAt } from './words.ts'

export const mail: BotSubject = {
  questions: [lastEmail, emails, whoEmailed],
  read: (words, at) => [...mailAt(words, at, null), ...whoEmailedAt(words, at)],
  readInDays: mailAt,
}
