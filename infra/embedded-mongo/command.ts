// What every command is given, and the checks that all of them share.
import type { Catalog } from './catalog.ts'
import type { Cursors } from './cursors.ts'
import { fail, notSupported } from './errors.ts'
import type { Store } from './store.ts'
import { type Doc, numberOr, typeName } from './values.ts'

export interface Context {
  store: Store
  catalog: Catalog
  cursors: Cursors
  /** The server's clock. */
  now: () => Date
  database: string
  /** Number of the connection that the command came by. */
  connection: number
}

export interface Command {
  /** Names of the fields it knows besides those that every command has; undefined: any. */
  fields?: string
  run: (command: Doc, context: Context) => Doc | Promise<Doc | Uint8Array> | Uint8Array
}

const common = ('$db lsid $clusterTime $readPreference comment apiVersion apiStrict apiDeprecationErrors readConcern writeConcern ' +
  'maxTimeMS').split(' ')
const beyond = ('collation let arrayFilters min max returnKey showRecordId tailable awaitData noCursorTimeout allowPartialResults ' +
  'allowDiskUse bypassDocumentValidation viewOn pipeline capped size timeseries validator validationLevel validationAction ' +
  'expireAfterSeconds clusteredIndex').split(' ')

/** Refuses fields that the command does not know. */
export function checkFields(name: string, command: Doc, known = ''): void {
  for (const field of Object.keys(command)) {
    if (field === name || known.split(' ').includes(field) || common.includes(field)) continue
    if (beyond.includes(field)) notSupported(field)
    fail(40415, `BSON field '${name}.${field}' is an unknown field.`)
  }
}

/** Refuses what a standalone node refuses, whatever the command. */
export function checkCommon(command: Doc): void {
  if ('txnNumber' in command || 'autocommit' in command || 'startTransaction' in command)
    fail(20, 'Transaction numbers are only allowed on a replica set member or mongos')
  const level = (command.readConcern as Doc | undefined)?.level as string
  if (level === 'snapshot' || level === 'linearizable') fail(123, `node needs to be a replica set member to use readConcern: ${level}`)
  if (numberOr((command.writeConcern as Doc | undefined)?.w, 1) > 1) fail(2, "cannot use 'w' > 1 when a host is not replicated")
}

/** A check that ends a command once its maxTimeMS is over. */
export function timeLimit(command: Doc): () => void {
  const end = performance.now() + (numberOr(command.maxTimeMS, 0) || Infinity)
  return () => {
    if (performance.now() > end) fail(50, 'operation exceeded time limit')
  }
}

export function namespace(database: string, collection: unknown): string {
  if (typeof collection !== 'string' || collection === '') fail(73, `Invalid namespace: the collection's name is ${typeName(collection)}`)
  return `${database}.${collection}`
}
