// The server behind the wire: chooses and checks the command, and removes what has expired.
import { Double, Long, ObjectId } from 'bson'
import { Catalog } from './catalog.ts'
import type { Command, Cursor } from './command.ts'
import { checkFields, fail } from './errors.ts'
import { compileFilter } from './matcher.ts'
import { choosePlan, scan } from './planner.ts'
import { readCommands } from './reads.ts'
import { Records } from './records.ts'
import { schemaCommands } from './schema.ts'
import { Store } from './store.ts'
import { encode, numberOr } from './values.ts'
import type { Request } from './wire.ts'
import { writeCommands } from './writes.ts'

/**
 * A standalone node, so that the driver neither retries writes nor waits for changes of a topology. Its version makes the driver look anew, on
 * another connection, when one has died; without it, it can ask on the dead one and wait for long.
 */
const topologyVersion = { processId: new ObjectId(), counter: Long.ZERO }
const hello: Command = {
  run: (_, { now }) => ({
    ismaster: true, isWritablePrimary: true, helloOk: true, maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000, localTime: now, logicalSessionTimeoutMinutes: 30, minWireVersion: 0, maxWireVersion: 21, readOnly: false, topologyVersion,
  }),
}

const commands = new Map<string, Command>(Object.entries({
  ...readCommands, ...writeCommands, ...schemaCommands, hello, isMaster: hello, ismaster: hello,
  ping: { fields: '', run: () => ({}) }, endSessions: { fields: '', run: () => ({}) },
  buildInfo: { fields: '', run: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], maxBsonObjectSize: 16_777_216 }) },
  saslStart: { run: () => fail(18, 'Authentication failed.') },
}))

/** Opens the data of a directory. Expired documents are removed every `ttlSeconds`. */
export function openServer(directory: string, ttlSeconds: number, clockOffsetSeconds: number) {
  const store = new Store(directory)
  const catalog = new Catalog(store)
  const cursors = new Map<string, Cursor>()
  const now = () => new Date(Date.now() + clockOffsetSeconds * 1000)
  const sweeper = setTimeout(() => void sweep(), ttlSeconds * 1000)

  async function sweep(): Promise<void> {
    try {
      for (const ns of catalog.namespaces()) while (await store.write(() => expire(ns)));
    } catch (error) {
      if (!store.closed) console.error('The sweep failed:', error)
    }
    if (!store.closed) sweeper.refresh()
  }

  /** Removes expired documents of one collection, a limited number in each commit; true when there may be more. */
  function expire(ns: string): boolean {
    const collection = catalog.find(ns)
    let count = 0
    for (const { spec: { expireAfterSeconds: seconds }, fields: [field], filter } of collection?.indexes ?? []) {
      if (seconds === undefined) continue
      const expired = compileFilter({ [field!.path]: { $lte: new Date(now().getTime() - numberOr(seconds, 0) * 1000) } }, now())
      const records = new Records(store, catalog, collection!)
      for (const hit of scan(store, choosePlan(collection!, expired, []), expired)) {
        if (!hit || filter?.test(hit.doc) === false) continue
        records.replace(hit.record, hit.doc, undefined)
        if (++count === 5000) return true
      }
    }
    return false
  }

  return {
    /** Runs one command and gives its encoded reply; throws what is to be answered as an error. */
    async answer({ command, database }: Request): Promise<Uint8Array> {
      const [name = ''] = Object.keys(command)
      const { fields, run } = commands.get(name) ?? fail(59, `no such command: '${name}'`)
      if (fields !== undefined) checkFields(name, command, fields)
      const reply = await run(command, { store, catalog, cursors, now: now(), database, ns: `${database}.${String(command[name])}` })
      return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: new Double(1) })
    },
    /** Finishes what was accepted; the rest is answered with an error. */
    close(): Promise<void> {
      clearTimeout(sweeper)
      return store.close()
    },
  }
}
