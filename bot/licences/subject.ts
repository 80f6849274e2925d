// Licences that a customer has bought.
import type { BotSubject, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { licencesCard } from './card.ts'
import { licenceHeads, licenceSpellings, readLicences } from './words.ts'

const question: QuestionKind = {
  kind: 'licences',
  command: {
    title: 'licences',
    label: 'Licences',
    description: 'Licences that a customer has bought, used and has free, and warnings.',
    example: 'licences Contoso',
  },
  offer: { label: 'Licences', form: { kind: 'licences' } },
  discreet: false,
  phrase: (_, name) => phraseOf('licences', name),
  bare: () => ({ kind: 'licences' }),
  async ofCustomer(context, { customer, assumed }) {
    const { query, actor, personal } = context
    return licencesCard({ customer, licences: await query.licences(actor, customer.id), errors: personal, assumed }, context)
  },
}

export const licences: BotSubject = { group: 'Licences and sync', questions: [question], spellings: licenceSpellings, heads: licenceHeads, read: readLicences }
