// "Mfa …".
import { answerSecurity } from '../security/answer.ts'
import type { QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { mfaCard } from './mfaCard.ts'
import { asksWhoLacks } from './words.ts'

export const mfa: QuestionKind = {
  kind: 'mfa',
  command: {
    title: 'mfa',
    label: 'MFA',
    description: 'How many of a customer’s accounts are MFA capable, and how many privileged ones.',
    example: 'mfa Contoso',
    leads: true,
  },
  offer: { label: 'MFA', form: { kind: 'mfa' } },
  discreet: false,
  phrase: (_, name) => phraseOf('mfa', name === '' ? 'for all customers' : name),
  bare: () => ({ kind: 'mfa' }),
  narrowed: (form, pieces) => ({ form: asksWhoLacks(pieces) ? { kind: 'noMfa' } : form, rest: pieces }),
  async ofCustomer(context, { customer, assumed }) {
    const { query, actor, personal } = context
    return mfaCard({ customer, posture: await query.posture(actor, customer.id), names: personal, assumed }, context)
  },
  ofAll: answerSecurity,
}
