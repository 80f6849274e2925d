// How fresh everything is.
import type { BotSubject, QuestionKind } from '../subject.ts'
import { syncCard } from './card.ts'
import { syncAt } from './words.ts'

const question: QuestionKind = {
  kind: 'syncStatus',
  command: {
    title: 'sync status',
    description: 'How fresh the data of each tenant is, and what could not be read.',
    example: 'sync status',
  },
  discreet: false,
  phrase: () => 'sync status',
  bare: () => ({ kind: 'syncStatus' }),
  async ofAll(context) {
    const { query, actor, personal } = context
    return syncCard({ ...(await query.syncStatus(actor)), errors: personal, admin: actor.role === 'admin' }, context)
  },
}

export const sync: BotSubject = { questions: [question], read: syncAt }
