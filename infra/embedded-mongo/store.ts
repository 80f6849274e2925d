// The ordered store on disk. All writes go through one queue; every group of them is one flushed commit.
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { fail } from './errors.ts'
import type { Interval } from './keys.ts'

const [format, groupSize] = [2, 64]

/** A write that waits for its commit: `attempt` runs it and gives what is to be done when the commit is on disk. */
interface Job { attempt: () => () => void; reject: (error: unknown) => void }

export class Store {
  readonly #db: RootDatabase<Buffer, Uint8Array>
  #queue: Job[] = []
  closed = false

  constructor(directory: string) {
    this.#db = open({ path: join(directory, 'data.mdb'), keyEncoding: 'binary', encoding: 'binary', cache: false })
    const found = this.get(systemKey('F'))?.readUInt32BE()
    if (found === undefined) this.#db.transactionSync(() => this.put(systemKey('F'), bytesOf(format, 4)))
    else if (found !== format) throw new Error(`The data in ${directory} has format ${found}, this server reads format ${format}.`)
  }

  get(key: Buffer): Buffer | undefined {
    this.#checkOpen()
    return this.#db.getBinary(key)
  }

  /** Like `get`, but good only until the next reading: a scan that passes over most documents need not copy them. */
  peek(key: Buffer): Buffer | undefined {
    this.#checkOpen()
    const shared = this.#db.getBinaryFast(key)
    return shared?.subarray(0, shared.length)
  }

  /** The keys of an interval in order, at most `limit`; `behind` continues after a key in the direction of the scan. */
  keys({ from, to }: Interval, limit = 2 ** 31, reverse = false, behind?: Buffer): Buffer[] {
    this.#checkOpen()
    const bounds = reverse
      ? { start: behind ?? to, end: from, exclusiveStart: true, inclusiveEnd: true, reverse, limit }
      : { start: behind ?? from, end: to, exclusiveStart: behind !== undefined, limit }
    return [...this.#db.getKeys(bounds)] as Buffer[]
  }

  /** Only inside a job of `write`, as is `remove`: outside a transaction the flush would come too late. */
  put(key: Buffer, value: Buffer): void {
    this.#db.putSync(key, value)
  }

  remove(key: Buffer): void {
    this.#db.removeSync(key)
  }

  /** Queues a job; resolves when the commit it belongs to is on disk. A job that throws takes back only itself. */
  write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#checkOpen()
      if (this.#queue.length === 0) setImmediate(() => this.#commit())
      const job: Job = { reject, attempt: () => {
        try {
          const value = this.#db.childTransaction(run as () => undefined) as T
          return () => resolve(value)
        } catch (error) {
          return () => job.reject(error)
        }
      } }
      this.#queue.push(job)
    })
  }

  /** Finishes what is queued and closes. */
  async close(): Promise<void> {
    while (this.#queue.length > 0) this.#commit()
    this.closed = true
    await this.#db.close()
  }

  #checkOpen(): void {
    if (this.closed) fail(91, 'The server is in quiesce mode and will shut down')
  }

  #commit(): void {
    const group = this.#queue.splice(0, groupSize)
    if (this.#queue.length > 0) setImmediate(() => this.#commit())
    let answers: (() => void)[] = []
    try {
      if (group.length > 0) this.#db.transactionSync(() => { answers = group.map(({ attempt }) => attempt()) })
    } catch (error) {
      // Disk full or the like: nothing of the group was kept. MongoDB has one word for it, OutOfDiskSpace.
      const refused = Object.assign(new Error('not written'), { reply: { code: 14031, errmsg: `The disk takes no more: ${(error as Error).message}` } })
      answers = group.map(({ reject }) => () => reject(refused))
    }
    for (const answer of answers) answer()
  }
}

/** A whole number as bytes whose order is that of the numbers. */
export function bytesOf(value: number, length: 4 | 6): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeUIntBE(value, 0, length)
  return bytes
}

/** Keys of the server itself: F format, I next id of a collection or index, C catalog, N next record of a collection. */
export function systemKey(kind: 'F' | 'I' | 'C' | 'N', rest: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from([0, kind.charCodeAt(0)]), rest])
}

/** Where the documents (1) of a collection or the entries (2) of an index are. */
export const prefixOf = (kind: 1 | 2, id: number): Buffer => Buffer.concat([Buffer.from([kind]), bytesOf(id, 4)])
export const documentKey = (collection: number, record: number): Buffer => Buffer.concat([prefixOf(1, collection), bytesOf(record, 6)])
/** The record number at the end of a document's or an index entry's key. */
export const recordOf = (key: Buffer): number => key.readUIntBE(key.length - 6, 6)
