// Cursors between find or aggregate and the getMores that follow, and the batches they are read in.
import { randomInt } from 'node:crypto'
import { Double, Long } from 'bson'
import { fail } from './errors.ts'
import type { Flow } from './scan.ts'
import { element, encode, maxDocumentBytes, wrap } from './values.ts'

export interface Cursor {
  id: Long
  ns: string
  /** Collection that the cursor reads, undefined when there is none. */
  collection: number | undefined
  flow: Flow<Buffer>
  /** Documents still wanted: the limit of a find. */
  remaining: number
  /** Read, but too large for the last batch. */
  pending?: Buffer | undefined
  usedAt: number
  killed: boolean
}

const idleMilliseconds = 600_000
// A stream pauses for every document that it leaves out, too: only some pauses are worth a turn of the event loop.
const turnMilliseconds = 4

export class Cursors {
  readonly #open = new Map<string, Cursor>()

  create(ns: string, collection: number | undefined, flow: Flow<Buffer>, limit: number): Cursor {
    const id = Long.fromNumber(randomInt(1, 2 ** 48 - 1))
    return { id, ns, collection, flow, remaining: limit || Infinity, usedAt: Date.now(), killed: false }
  }

  find(id: Long, ns: string): Cursor {
    const cursor = this.#open.get(id.toString())
    return cursor?.ns === ns ? cursor : fail(43, `cursor id ${id.toString()} not found`)
  }

  kill(id: Long): boolean {
    const cursor = this.#open.get(id.toString())
    if (cursor) cursor.killed = true
    return this.#open.delete(id.toString())
  }

  closeIdle(): void {
    for (const { id, usedAt } of this.#open.values()) if (Date.now() - usedAt > idleMilliseconds) this.kill(id)
  }

  /** Reads a batch and makes the reply; the cursor lives on unless it is exhausted or this is its `last` batch. */
  async reply(cursor: Cursor, name: 'firstBatch' | 'nextBatch', batchSize: number, check: () => void, last = false): Promise<Buffer> {
    const documents: Buffer[] = []
    let bytes = 0
    const take = (document: Buffer) => {
      bytes += document.length
      if (documents.length > 0 && bytes > maxDocumentBytes) {
        cursor.pending = document
        return false
      }
      cursor.remaining--
      return documents.push(document) < batchSize && cursor.remaining > 0
    }
    const held = cursor.pending
    cursor.pending = undefined
    let open = !last
    try {
      if (batchSize > 0 && (!held || take(held)))
        open = !(await drive(cursor.flow, take, () => (cursor.killed ? fail(237, 'operation was killed') : check()))) && open
    } catch (error) {
      this.kill(cursor.id)
      throw error
    }
    open &&= cursor.remaining > 0 && !cursor.killed
    if (open) this.#open.set(cursor.id.toString(), cursor)
    else this.kill(cursor.id)
    cursor.usedAt = Date.now()
    return cursorReply(cursor.ns, open ? cursor.id : Long.ZERO, name, documents)
  }
}

/** Runs a stream to its end or until `take` says no; between its turns others get on. True at the end. */
export async function drive<T>(flow: Flow<T>, take: (item: T) => unknown, check: () => void): Promise<boolean> {
  for (let since = performance.now(); ; ) {
    const { done, value } = flow.next()
    if (done) return true
    if (value !== undefined) {
      if (take(value) === false) return false
    } else if (performance.now() - since > turnMilliseconds) {
      await new Promise((resolve) => setImmediate(resolve))
      check()
      since = performance.now()
    }
  }
}

/** The reply of a command that opens or reads a cursor, around documents that are already encoded. */
export function cursorReply(ns: string, id: Long, name: string, documents: readonly Uint8Array[]): Buffer {
  const batch = element(4, name, wrap(documents.map((document, i) => element(3, String(i), document))))
  return wrap([element(3, 'cursor', wrap([batch, encode({ id, ns }).subarray(4, -1)])), encode({ ok: new Double(1) }).subarray(4, -1)])
}
