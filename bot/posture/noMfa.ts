// "Who has no mfa at …".
import { answerSecurity } from '../security/answer.ts'
import type { QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { mostNames, noMfaCard } from './noMfaCard.ts'

export const noMfa: QuestionKind = {
  kind: 'noMfa',
  command: {
    title: 'who has no mfa at',
    label: 'Who has no MFA',
    description: 'Accounts of a customer that are not MFA capable, privileged ones first. In a channel: counts only.',
    example: 'who has no mfa at Contoso',
  },
  discreet: false,
  phrase: (_, name) => (name === '' ? 'who has no mfa anywhere' : phraseOf('who has no mfa at', name)),
  bare: () => ({ kind: 'noMfa' }),
  async ofCustomer(context, { customer, assumed }) {
    const { query, actor, personal } = context
    // In a channel nobody is named, so nobody is looked for.
    const { posture, lacking } = personal
      ? await query.lackingMfa(actor, customer.id, mostNames)
      : { posture: await query.posture(actor, customer.id), lacking: null }
    return noMfaCard({ customer, posture, lacking, assumed }, context)
  },
  ofAll: answerSecurity,
}
