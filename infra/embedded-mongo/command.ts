// What a command is, and what it is given.
import type { Long } from 'bson'
import type { Catalog } from './catalog.ts'
import type { Flow } from './flow.ts'
import type { Store } from './store.ts'
import type { Doc } from './values.ts'

/** A stream that is read batch by batch. */
export interface Cursor { id: Long; ns: string; flow: Flow<Buffer> }

/** What every command is given: `now` is its one reading of the server's clock, `ns` the collection that it names, with its database. */
export interface Context { store: Store; catalog: Catalog; cursors: Map<string, Cursor>; now: Date; database: string; ns: string }

export interface Command {
  /** Names of the fields it knows besides those that every command has; undefined: any. */
  fields?: string
  run: (command: Doc, context: Context) => Doc | Promise<Doc | Uint8Array> | Uint8Array
}
