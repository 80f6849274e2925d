// Customers by name, as they are asked for all day long: to find one by what a person has typed. Who shows something of one asks for it again.
import type { KeptReading } from '../changes/kept.ts'
import { Customers, type CustomerDoc } from './rows.ts'

const kinds = ['customers'] as const

export const livingCustomers: KeptReading<readonly CustomerDoc[]> = { kinds, read: (db) => db(Customers).living() }
export const archivedCustomers: KeptReading<readonly CustomerDoc[]> = { kinds, read: (db) => db(Customers).archived() }
