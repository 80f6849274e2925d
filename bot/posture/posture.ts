// "Posture of …", and "posture" of all customers.
import { answerSecurity } from '../security/answer.ts'
import type { QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { postureCard } from './postureCard.ts'

export const postureOf: QuestionKind = {
  kind: 'posture',
  command: {
    title: 'posture',
    label: 'Posture of all',
    description: 'How well all customers are protected, worst first; “posture of ……” for one.',
    example: 'posture of Contoso',
  },
  offer: { label: 'Posture', form: { kind: 'posture' } },
  discreet: false,
  phrase: (_, name) => phraseOf('posture', name === '' ? null : `of ${name}`),
  bare: () => ({ kind: 'posture' }),
  async ofCustomer(context, { customer, assumed }) {
    const { query, actor, personal } = context
    return postureCard({ customer, posture: await query.posture(actor, customer.id), names: personal, assumed }, context)
  },
  ofAll: answerSecurity,
}
