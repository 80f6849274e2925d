// How fresh everything is.
import type { BotSubject, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { syncCard } from './card.ts'
import { readSync, syncHeads, syncSpellings } from './words.ts'

const question: QuestionKind = {
  kind: 'syncStatus',
  command: {
    title: 'sync status',
    label: 'Sync status',
    description: 'How fresh the data of each tenant is, or of one customer’s, and what could not be read.',
    example: 'sync status',
  },
  discreet: false,
  phrase: (_, name) => phraseOf('sync status', name === '' ? null : `of ${name}`),
  bare: () => ({ kind: 'syncStatus' }),
  async ofCustomer(context, { customer, assumed }) {
    const { query, actor, personal } = context
    return syncCard({ ...(await query.syncStatus(actor, customer.id)), customer, assumed, errors: personal, admin: actor.role === 'admin' }, context)
  },
  async ofAll(context, { assumed }) {
    const { query, actor, personal } = context
    return syncCard({ ...(await query.syncStatus(actor)), customer: null, assumed, errors: personal, admin: actor.role === 'admin' }, context)
  },
}

export const sync: BotSubject = { group: 'Licences and sync', questions: [question], spellings: syncSpellings, heads: syncHeads, read: readSync }
