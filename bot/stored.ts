// What the bot keeps (cards that people were shown, activities that were taken on, the last question of a person), and what it knows
// of what the API keeps.
import { Changes } from '../api/changes/rows.ts'
import { Installations } from '../api/channels/rows.ts'
import { Customers } from '../api/customers/rows.ts'
import type { Database, Described } from '../api/database/collection.ts'
import { Results } from '../api/posture/resultRows.ts'
import { Tenants } from '../api/tenants/rows.ts'
import { Cards } from './alerts/rows.ts'
import { Activities } from './installations/activityRows.ts'
import { Talks } from './talk/rows.ts'

export const botCollections: readonly Described[] = [Cards, Activities, Talks]

export const storedIn = (db: Database) => ({
  installations: db(Installations), activities: db(Activities), changes: db(Changes), cards: db(Cards), results: db(Results), tenants: db(Tenants), talks: db(Talks),
  customers: db(Customers),
})
export type Stored = ReturnType<typeof storedIn>
