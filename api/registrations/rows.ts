// What accounts can sign in with, as Microsoft's registration report or the accounts themselves say.
import type { Collection, Db } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import { countReadings, readIndex, readingsIn } from '../database/readings.ts'

export interface RegistrationDoc {
  /** The account's. */
  _id: string
  tenantId: string
  accountId: string
  capable: boolean | null
  registered: boolean | null
  /** Types only. */
  methods: string[]
  readAt: Date
  /**
   * report: Microsoft's registration report. methods: the account's own methods, where the tenant has no report. unreadable: the
   * report has a row that Microsoft does not give out.
   */
  source: 'report' | 'methods' | 'unreadable'
  /** The full reading of its list that saw it last. */
  reading: number
}

function registrationsIn(collection: Collection<RegistrationDoc>, db: Db) {
  return {
    ...readingsIn(collection, db, ['readAt']),
    /** When the row was read that was read first among those of these tenants; null where there is none. */
    async oldest(tenantIds: readonly string[]): Promise<Date | null> {
      const first = await Promise.all(tenantIds.map((tenantId) => collection.findOne({ tenantId }, { sort: { readAt: 1 }, projection: { readAt: 1 } })))
      const times = first.flatMap((row) => (row === null ? [] : [row.readAt.getTime()]))
      return times.length === 0 ? null : new Date(Math.min(...times))
    },
    of: (ids: string[]): Promise<RegistrationDoc[]> => collection.find({ _id: { $in: ids } }).toArray(),
  }
}
export const Registrations = describe({
  name: 'registrations', indexes: [readIndex, { key: { tenantId: 1, readAt: 1 } }], goesWith: ['tenant'], migrations: [countReadings('registrations')], open: registrationsIn,
})
export type Registrations = RowsOf<typeof Registrations>
