// Stored shapes change. Each step brings rows that an earlier release wrote into the shape of today; it runs at every start, changes
// nothing the second time, and may run in several copies at once.
import type { Db } from 'mongodb'
import { rememberWhatCardsTold } from '../../bot/alerts/rows.ts'
import { giveChannelsTheirRoles } from '../channels/rows.ts'

type Step = (db: Db) => Promise<unknown>

const steps: readonly Step[] = [
  // 0.1.0 did not say when a container was last read whole, and believed every list.
  (db) => db.collection('bookmarks').updateMany({ doubtedAt: { $exists: false } }, { $set: { pages: 0, fullAt: null, doubtedAt: null, doubtedRound: null } }),
  (db) => db.collection('units').updateMany({ unread: { $exists: false } }, { $set: { unread: [] } }),
  giveChannelsTheirRoles,
  rememberWhatCardsTold,
  // 0.1.0 did not keep who sent a mail for whom, nor counted blind copies apart; both are read anew by the filter of today.
  (db) => db.collection('messages').updateMany({ blindOthers: { $exists: false } }, { $set: { sender: null, blindOthers: 0 } }),
]

/** Brings a database of any earlier release to the shape of this one. */
export async function migrate(db: Db): Promise<void> {
  for (const step of steps) await step(db)
}
