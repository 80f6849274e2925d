// The ordered store on disk. All writes go through one queue; every group of them is one flushed commit.
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { fail } from './errors.ts'

const format = 1
const groupCommands = 64
const groupBytes = 4 * 1024 * 1024

interface Job {
  run: () => unknown
  bytes: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** Keys from `from` (inclusive) to `to` (exclusive); `behind` continues after a key in the direction of the scan. */
export interface KeyRange {
  from: Buffer
  to: Buffer
  reverse?: boolean
  limit?: number
  behind?: Buffer | undefined
}

export class Store {
  readonly #db: RootDatabase<Buffer, Uint8Array>
  #queue: Job[] = []
  #closed = false
  #ended = false

  constructor(directory: string) {
    this.#db = open({ path: join(directory, 'data.mdb'), keyEncoding: 'binary', encoding: 'binary', cache: false })
    const found = this.get(systemKey('F'))?.readUInt32BE()
    if (found === undefined) this.#db.transactionSync(() => this.put(systemKey('F'), u32(format)))
    else if (found !== format) throw new Error(`The data in ${directory} has format ${found}, this server reads format ${format}.`)
  }

  get(key: Buffer): Buffer | undefined {
    if (this.#ended) this.#refuse()
    return this.#db.getBinary(key)
  }

  keys({ from, to, reverse = false, limit = Infinity, behind }: KeyRange): Buffer[] {
    if (this.#ended) this.#refuse()
    const bounds = reverse
      ? { start: behind ?? to, end: from, exclusiveStart: true, inclusiveEnd: true, reverse }
      : { start: behind ?? from, end: to, exclusiveStart: behind !== undefined }
    return [...this.#db.getKeys(limit === Infinity ? bounds : { ...bounds, limit })] as Buffer[]
  }

  /** Only inside a job of `write`, as is `remove`: outside a transaction the flush would come too late. */
  put(key: Buffer, value: Buffer): void {
    this.#db.putSync(key, value)
  }

  remove(key: Buffer): void {
    this.#db.removeSync(key)
  }

  /** Queues a job; resolves when the commit it belongs to is on disk. A job that throws takes back only itself. */
  write<T>(run: () => T, bytes = 0): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) this.#refuse()
      if (this.#queue.length === 0) setImmediate(() => this.#commit())
      this.#queue.push({ run, bytes, resolve: resolve as (value: unknown) => void, reject })
    })
  }

  /** Finishes what is queued and closes. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#queue.length > 0) this.#commit()
    this.#ended = true
    await this.#db.close()
  }

  #refuse(): never {
    return fail(91, 'The server is in quiesce mode and will shut down')
  }

  #commit(): void {
    let size = 0
    for (let bytes = 0; size < this.#queue.length && size < groupCommands && bytes < groupBytes; size++) bytes += this.#queue[size]!.bytes
    const group = this.#queue.splice(0, size)
    if (this.#queue.length > 0) setImmediate(() => this.#commit())
    if (group.length === 0) return
    const answers: (() => void)[] = []
    try {
      this.#db.transactionSync(() => {
        for (const job of group) {
          try {
            const value = this.#db.childTransaction(job.run as () => undefined) as unknown
            answers.push(() => job.resolve(value))
          } catch (error) {
            answers.push(() => job.reject(error))
          }
        }
      })
    } catch (error) {
      // Disk full or the like: nothing of the group was kept.
      for (const job of group) job.reject(error)
      return
    }
    for (const answer of answers) answer()
  }
}

export function u32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function u48(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6)
  bytes.writeUIntBE(value, 0, 6)
  return bytes
}

/** Keys of the server itself: F format, I next id, C catalog, N counters, G keys that wait for removal. */
export function systemKey(kind: 'F' | 'I' | 'C' | 'N' | 'G', rest: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from([0, kind.charCodeAt(0)]), rest])
}

/** Where the documents (1) of a collection or the entries (2) of an index are. */
export function prefixOf(kind: 1 | 2, id: number): Buffer {
  return Buffer.concat([Buffer.from([kind]), u32(id)])
}

export function documentKey(collection: number, record: number): Buffer {
  return Buffer.concat([prefixOf(1, collection), u48(record)])
}

/** The record number at the end of a document's or an index entry's key. */
export function recordOf(key: Buffer): number {
  return key.readUIntBE(key.length - 6, 6)
}
