// What a collection is to the house: its indexes, the shape that its rows have today, what removes them, and the questions that it answers.
import type { Collection, Db, Document, IndexDescription } from 'mongodb'
import { allInTime } from './deadline.ts'

/** Whose a row can be, by the field that says so: `tenantId`, `customerId`. */
export type Owner = 'tenant' | 'customer'

/**
 * Brings rows that an earlier release wrote one version further. May be repeated, and may be cut off anywhere: what it has changed
 * already it must leave alone.
 */
export type Migration = (db: Db) => Promise<unknown>

export interface CollectionOptions<Doc extends Document, Rows extends object> {
  readonly name: string
  readonly indexes?: readonly IndexDescription[]
  /** With whom its rows go: a tenant that is disconnected, a customer that is archived. */
  readonly goesWith?: readonly Owner[]
  /** In their order. Their number is the version of the collection's rows. */
  readonly migrations?: readonly Migration[]
  /** The questions that it answers and the writes that it takes: functions that return promises. */
  open(collection: Collection<Doc>, db: Db): Rows
}

/** Describes one collection; `Database` opens it. */
export interface Described<Rows extends object = object> {
  readonly name: string
  readonly indexes: readonly IndexDescription[]
  readonly goesWith: readonly Owner[]
  readonly migrations: readonly Migration[]
  /** Every question with a limit in time, see deadline.ts. */
  open(db: Db): Rows
}

/** Those whose rows go with an owner, with what they answer then. */
export const thoseOf = <Rows extends object>(collections: readonly Described[], owner: Owner): Described<Rows>[] =>
  collections.filter(({ goesWith }) => goesWith.includes(owner)) as Described<Rows>[]

/** What a described collection answers. */
export type RowsOf<D> = D extends Described<infer Rows> ? Rows : never

export function describe<Doc extends Document, Rows extends object>(options: CollectionOptions<Doc, Rows>): Described<Rows> {
  const { name, indexes = [], goesWith = [], migrations = [] } = options
  return { name, indexes, goesWith, migrations, open: (db) => allInTime(options.open(db.collection<Doc>(name), db)) }
}

/** The questions of a collection, wherever one is needed: `db(Messages).page(…)`. */
export type Database = <Rows extends object>(of: Described<Rows>) => Rows

/** The collections of a database that is already open. Each is opened once. */
export function databaseIn(db: Db): Database {
  const opened = new Map<object, object>()
  return <Rows extends object>(of: Described<Rows>) => {
    const rows = (opened.get(of) ?? of.open(db)) as Rows
    opened.set(of, rows)
    return rows
  }
}
