// The server behind the wire: chooses the command, keeps time, and does what has to be done in the background.
import { Double } from 'bson'
import { Catalog } from './catalog.ts'
import { checkCommon, checkFields, type Command, type Context } from './command.ts'
import { Cursors } from './cursors.ts'
import { fail } from './errors.ts'
import { successor } from './keys.ts'
import { datesUpTo } from './planner.ts'
import { readCommands } from './reads.ts'
import { Records } from './records.ts'
import { schemaCommands } from './schema.ts'
import { documentKey, recordOf, Store, systemKey } from './store.ts'
import { encode } from './values.ts'
import type { Request } from './wire.ts'
import { writeCommands } from './writes.ts'

const perCommit = 5000

/** A standalone node, so that the driver neither retries writes nor waits for changes of a topology. */
const hello: Command = {
  run: (_, { now, connection: connectionId }) => ({
    ismaster: true, isWritablePrimary: true, helloOk: true, maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000, localTime: now(), logicalSessionTimeoutMinutes: 30, connectionId, minWireVersion: 0,
    maxWireVersion: 21, readOnly: false,
  }),
}

const commands = new Map<string, Command>(Object.entries({
  ...readCommands, ...writeCommands, ...schemaCommands, hello, isMaster: hello, ismaster: hello,
  ping: { fields: '', run: () => ({}) }, endSessions: { fields: '', run: () => ({}) },
  buildInfo: { fields: '', run: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], maxBsonObjectSize: 16_777_216 }) },
  saslStart: { run: () => fail(18, 'Authentication failed.') },
}))

export class Server {
  readonly #store: Store
  readonly #catalog: Catalog
  readonly #cursors = new Cursors()
  readonly #now: () => Date
  readonly #sweeper: NodeJS.Timeout
  #closing = false
  #sweeping = false

  constructor(directory: string, ttlSeconds: number, clockOffsetSeconds: number) {
    this.#store = new Store(directory)
    this.#catalog = new Catalog(this.#store)
    this.#now = () => new Date(Date.now() + clockOffsetSeconds * 1000)
    this.#sweeper = setInterval(() => void this.#sweep(), ttlSeconds * 1000)
    void this.#sweep()
  }

  /** Runs one command and gives its encoded reply; throws what is to be answered as an error. */
  async answer({ command, database }: Request, connection: number): Promise<Uint8Array> {
    if (this.#closing) fail(91, 'The server is in quiesce mode and will shut down')
    const [name = ''] = Object.keys(command)
    const { fields, run } = commands.get(name) ?? fail(59, `no such command: '${name}'`)
    checkCommon(command)
    if (fields !== undefined) checkFields(name, command, fields)
    const context: Context = { store: this.#store, catalog: this.#catalog, cursors: this.#cursors, now: this.#now, database, connection }
    const reply = await run(command, context)
    return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: new Double(1) })
  }

  /** Finishes what was accepted; the rest is answered with an error. */
  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sweeper)
    await this.#store.close()
  }

  /** Removes expired documents and the keys of dropped collections, a limited number in each commit. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return
    this.#sweeping = true
    try {
      this.#cursors.closeIdle()
      for (const ns of this.#catalog.namespaces()) while (await this.#store.write(() => this.#expire(ns)));
      while (await this.#store.write(() => this.#discard()));
    } catch (error) {
      if (!this.#closing) console.error('The sweep failed:', error)
    }
    this.#sweeping = false
  }

  /** Removes expired documents of one collection; true when there may be more. */
  #expire(ns: string): boolean {
    const collection = this.#catalog.find(ns)
    const expired = new Set<number>()
    for (const index of collection?.indexes ?? []) {
      if (index.expireAfterSeconds === undefined) continue
      const moment = new Date(this.#now().getTime() - index.expireAfterSeconds * 1000)
      for (const { from, to } of datesUpTo(index, moment))
        for (const key of this.#store.keys({ from, to, limit: perCommit - expired.size })) expired.add(recordOf(key))
    }
    if (!collection || expired.size === 0) return false
    const records = new Records(this.#store, this.#catalog, collection)
    for (const record of expired) records.remove(record, this.#store.get(documentKey(collection.id, record))!)
    records.close()
    return expired.size === perCommit
  }

  /** Removes keys that nothing refers to any more; true when there may be more. */
  #discard(): boolean {
    const [entry] = this.#store.keys({ from: systemKey('G'), to: successor(systemKey('G')), limit: 1 })
    if (!entry) return false
    const from = entry.subarray(2)
    const keys = this.#store.keys({ from, to: successor(from), limit: perCommit })
    for (const key of keys) this.#store.remove(key)
    if (keys.length < perCommit) this.#store.remove(entry)
    return true
  }
}
