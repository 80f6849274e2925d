// Who holds directory roles at a customer.
import type { BotSubject, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { adminsCard } from './card.ts'
import { readRoles, roleHeads, roleSpellings } from './words.ts'

const question: QuestionKind = {
  kind: 'admins',
  command: {
    title: 'admins at',
    label: 'Admins',
    description: 'Who holds privileged roles at a customer, also through groups or PIM. Answered privately.',
    example: 'admins at Contoso',
  },
  discreet: true,
  phrase: (_, name) => phraseOf('admins at', name),
  bare: () => ({ kind: 'admins' }),
  async ofCustomer(context, { customer, assumed }) {
    return adminsCard({ customer, posture: await context.query.posture(context.actor, customer.id), assumed }, context)
  },
}

export const roles: BotSubject = { group: 'Security', questions: [question], spellings: roleSpellings, heads: roleHeads, read: readRoles }
