// What accounts can sign in with, as Microsoft's registration report or the accounts themselves say.
import type { Collection } from 'mongodb'
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

function registrationsIn(collection: Collection<RegistrationDoc>) {
  return {
    ...readingsIn(collection),
    of: (ids: string[]): Promise<RegistrationDoc[]> => collection.find({ _id: { $in: ids } }).toArray(),
  }
}
export const Registrations = describe({
  name: 'registrations', indexes: [readIndex], goesWith: ['tenant'], migrations: [countReadings('registrations')], open: registrationsIn,
})
export type Registrations = RowsOf<typeof Registrations>
