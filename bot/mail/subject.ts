// Mail between our people and a customer.
import type { BotSubject } from '../subject.ts'
import { emails } from './emails.ts'
import { lastEmail } from './lastEmail.ts'
import { whoEmailed } from './whoEmailed.ts'
import { mailHeads, mailSpellings, readMail } from './words.ts'

export const mail: BotSubject = { group: 'Mail', questions: [lastEmail, emails, whoEmailed], spellings: mailSpellings, heads: mailHeads, read: readMail }
