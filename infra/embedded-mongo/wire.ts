// MongoDB's wire protocol: frames messages, reads OP_QUERY (handshake only) and OP_MSG, answers in kind.
import type { Socket } from 'node:net'
import { Double } from 'bson'
import { describeError } from './errors.ts'
import { decode, type Doc, encode } from './values.ts'

/** A command; `silent` when no answer is wanted. */
export interface Request { command: Doc; database: string; silent: boolean }

const [opReply, opQuery, opMsg] = [1, 2004, 2013]
const maxMessageBytes = 48_000_000

/** Serves one connection; a message that makes no sense closes it. */
export function serveConnection(socket: Socket, answer: (request: Request) => Promise<Uint8Array>): void {
  let chunks: Buffer[] = []
  let size = 0
  let busy = false
  /** One whole message, when it is there. */
  const take = (): Buffer | undefined => {
    if (size < 16) return undefined
    if (chunks[0]!.length < 16) chunks = [Buffer.concat(chunks)]
    const length = chunks[0]!.readInt32LE(0)
    if (length < 16 || length > maxMessageBytes) throw new Error('bad message length')
    if (size < length) return undefined
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    chunks = all.length > length ? [all.subarray(length)] : []
    size -= length
    return all.subarray(0, length)
  }
  const next = async () => {
    if (busy) return
    busy = true
    try {
      for (let message = take(); message; message = take()) {
        const reply = await handle(message, answer)
        if (socket.destroyed) return
        if (reply && !socket.write(reply)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
      }
    } catch {
      socket.destroy()
    }
    busy = false
  }
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    void next()
  })
  socket.on('error', () => socket.destroy())
}

async function handle(message: Buffer, answer: (request: Request) => Promise<Uint8Array>): Promise<Buffer | undefined> {
  const opcode = message.readInt32LE(12)
  if (opcode !== opQuery && opcode !== opMsg) throw new Error('unknown opcode')
  const request = opcode === opMsg ? readMsg(message) : readQuery(message)
  const reply = await answer(request).catch((error: unknown) => encode({ ok: new Double(0), ...describeError(error) }))
  if (request.silent) return undefined
  const head = Buffer.alloc(opcode === opMsg ? 21 : 36)
  head.writeInt32LE(head.length + reply.length, 0)
  message.copy(head, 8, 4, 8)
  head.writeInt32LE(opcode === opMsg ? opMsg : opReply, 12)
  // OP_REPLY has one document.
  if (opcode === opQuery) head.writeInt32LE(1, 32)
  return Buffer.concat([head, reply])
}

function readQuery(message: Buffer): Request {
  const end = message.indexOf(0, 20)
  const collection = message.toString('utf8', 20, end)
  if (!collection.endsWith('.$cmd')) throw new Error('OP_QUERY is for commands only')
  const { $query: inner, ...outer } = decode(documentAt(message, end + 9, message.length))
  return { command: (inner ?? outer) as Doc, database: collection.slice(0, -5), silent: false }
}

function readMsg(message: Buffer): Request {
  const flags = message.readUInt32LE(16)
  // Of the low bits only checksum and moreToCome have a meaning; an unknown one must not be ignored.
  if ((flags & 0xfffc) !== 0) throw new Error('unknown flag')
  const end = message.length - (flags & 1 ? 4 : 0)
  const parts: Doc[] = []
  for (let at = 20; at < end; ) {
    const kind = message[at++]
    if (kind === 0) {
      const body = documentAt(message, at, end)
      parts.unshift(decode(body))
      at += body.length
    } else if (kind === 1) {
      const stop = at + message.readInt32LE(at)
      const nameEnd = message.indexOf(0, at + 4)
      if (stop > end || nameEnd < 0 || nameEnd >= stop) throw new Error('bad section')
      const documents: Doc[] = []
      parts.push({ [message.toString('utf8', at + 4, nameEnd)]: documents })
      for (at = nameEnd + 1; at < stop; at += documentAt(message, at, stop).length) documents.push(decode(documentAt(message, at, stop)))
    } else throw new Error('unknown section')
  }
  const { $db: database, ...command } = Object.assign({}, ...parts) as Doc
  if (typeof database !== 'string') throw new Error('no body')
  return { command, database, silent: (flags & 2) !== 0 }
}

function documentAt(bytes: Buffer, at: number, end: number): Buffer {
  const length = bytes.readInt32LE(at)
  if (length < 5 || at + length > end || bytes[at + length - 1] !== 0) throw new Error('bad document')
  return bytes.subarray(at, at + length)
}
