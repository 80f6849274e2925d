// The process: one server per directory, what a killed one left behind, signals, rubbish on the socket, time.
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { serialize } from 'bson'
import { open } from 'lmdb'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bytesOf, systemKey } from './store.ts'
import { connect, run, startDatabase, temporaryDirectory, until } from './testing/database.fixture.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const directories: string[] = []
const fresh = () => {
  directories.push(temporaryDirectory())
  return directories.at(-1)!
}
afterAll(() => { for (const directory of directories) rmSync(directory, { recursive: true, force: true }) })

const alive = async (uri: string) => {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 })
  const { ok } = await client.db().command({ ping: 1 })
  await client.close()
  return ok as number
}

describe('start and end', () => {
  it('prints one line, keeps its directory private and leaves nothing behind', async () => {
    const directory = fresh()
    rmSync(directory, { recursive: true })
    const database = await startDatabase(directory)
    expect(await alive(database.uri)).toBe(1)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(join(directory, 'data.mdb')).mode & 0o077).toBe(0)
    expect(await database.end()).toBe(0)
    expect(readdirSync(directory).filter((each) => each.startsWith('server.'))).toEqual([])
  })

  it('refuses a second server on a directory and names the first', async () => {
    const database = await startDatabase(fresh())
    const second = await run(database.directory)
    expect(await second.ended).toBe(1)
    expect(second.errors()).toBe(`The data directory ${database.directory} is in use by the server with process id ${database.process.pid}.\n`)
    expect(await alive(database.uri)).toBe(1)
    await database.end()
  })

  it('takes over lock and socket of a killed server', async () => {
    const first = await startDatabase(fresh())
    await first.end('SIGKILL')
    expect(existsSync(join(first.directory, 'server.lock'))).toBe(true)
    const second = await startDatabase(first.directory)
    expect(await alive(second.uri)).toBe(1)
    await second.end()
  })

  it('takes over a lock whose process id belongs to somebody else by now', async () => {
    const directory = fresh()
    writeFileSync(join(directory, 'server.lock'), JSON.stringify({ pid: process.pid, started: '1', token: 'old' }))
    const database = await startDatabase(directory)
    expect((JSON.parse(readFileSync(join(directory, 'server.lock'), 'utf8')) as { pid: number }).pid).toBe(database.process.pid)
    await database.end()
  })

  it('works where the path is too long for a socket', async () => {
    const database = await startDatabase(join(fresh(), 'long'.repeat(30)))
    expect(await alive(database.uri)).toBe(1)
    await database.end()
  })

  it('ignores SIGINT and ends with its parent', async () => {
    const { child, ended, output } = await run(fresh(), [], true)
    child.kill('SIGINT')
    expect(await alive(output.trim().slice('MONGODB_URI='.length))).toBe(1)
    child.disconnect()
    expect(await ended).toBe(0)
  })

  it('ends in the middle of a long read', async () => {
    const database = await startDatabase(fresh())
    const client = await new MongoClient(database.uri, { retryReads: false }).connect()
    const collection = client.db('d').collection('c')
    await collection.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ i })))
    const read = collection.aggregate([{ $group: { _id: '$i', all: { $first: '$$ROOT' } } }, { $count: 'n' }]).toArray().catch((error: Error) => error)
    await client.db().command({ ping: 1 })
    expect(await database.end()).toBe(0)
    await read
    await client.close()
  })

  it('refuses data of another format and bad options', async () => {
    const directory = fresh()
    const other = open<Buffer, Uint8Array>({ path: join(directory, 'data.mdb'), keyEncoding: 'binary', encoding: 'binary' })
    await other.put(systemKey('F'), bytesOf(99, 4))
    await other.close()
    const refused = await run(directory)
    expect(await refused.ended).toBe(1)
    expect(refused.errors()).toContain('format 99')
    expect(await (await run(fresh(), ['--ttl-seconds', 'x'])).ended).toBe(1)
  })

  it('keeps data and indexes over a restart', async () => {
    const first = await startDatabase(fresh())
    const client = await new MongoClient(first.uri).connect()
    await client.db('d').collection('c').createIndex({ x: 1 }, { unique: true })
    await client.db('d').collection('c').insertOne({ x: [1, 2] })
    await client.close()
    await first.end()
    const second = await startDatabase(first.directory)
    const again = await new MongoClient(second.uri).connect()
    expect(await again.db('d').collection('c').countDocuments({ x: 2 })).toBe(1)
    await expect(again.db('d').collection('c').insertOne({ x: 2 })).rejects.toMatchObject({ code: 11000 })
    await again.close()
    await second.end()
  })
})

describe('a running server', () => {
  let server: Awaited<ReturnType<typeof connect>>
  const hour = 3600
  beforeAll(async () => { server = await connect(['--ttl-seconds', '0.2', '--clock-offset-seconds', String(hour)]) })
  afterAll(() => server.close())
  const collection = (name: string) => server.client.db('process').collection(name)
  const socketPath = () => decodeURIComponent(/\/\/([^/]*)\//.exec(server.database.uri)![1]!)

  it('lives in the time it was given', async () => {
    const { localTime } = await server.client.db().command({ hello: 1 }) as unknown as { localTime: Date }
    expect(localTime.getTime()).toBeGreaterThan(Date.now() + hour * 1000 - 60_000)
    await collection('now').insertOne({ _id: 1 as never })
    const doc = await collection('now').findOneAndUpdate({ _id: 1 as never }, [{ $set: { at: '$$NOW' } }], { returnDocument: 'after' })
    expect((doc!.at as Date).getTime()).toBeGreaterThan(Date.now() + hour * 1000 - 60_000)
  })

  it('says which process it is, and is looked at by asking: else the driver waits for ever for the answer to a look on a connection that is just ending', async () => {
    const processId = async ({ client }: Pick<typeof server, 'client'>) => String(((await client.db().command({ hello: 1 })) as { topologyVersion?: { processId: unknown } }).topologyVersion?.processId)
    const other = await connect()
    expect(await processId(server)).toMatch(/^[0-9a-f]{24}$/)
    expect(await processId(other)).not.toBe(await processId(server))
    expect(other.database.uri).toContain('serverMonitoringMode=poll')
    await other.close()
  })

  it('removes what has expired, and only that', async () => {
    const ago = (seconds: number) => new Date(Date.now() + (hour - seconds) * 1000)
    await collection('ttl').createIndex({ at: 1 }, { expireAfterSeconds: 100, partialFilterExpression: { keep: false } })
    await collection('ttl').createIndex({ until: -1 }, { expireAfterSeconds: 0 })
    await collection('ttl').insertMany([
      { n: 1, at: ago(200), keep: false }, { n: 2, at: ago(200), keep: true }, { n: 3, at: ago(10), keep: false },
      { n: 4, until: ago(1) }, { n: 5, until: ago(-600) }, { n: 6, until: 5 }, { n: 7, until: [ago(-600), ago(5)] }, { n: 8 },
    ])
    await until(async () => (await collection('ttl').countDocuments({ n: { $in: [1, 4, 7] } })) === 0)
    expect((await collection('ttl').find().sort({ n: 1 }).toArray()).map((each) => each.n as number)).toEqual([2, 3, 5, 6, 8])
  })

  it('survives rubbish on the socket', async () => {
    const message = (opcode: number, body: Buffer, length = 16 + body.length) => {
      const head = Buffer.alloc(16)
      head.writeInt32LE(length, 0)
      head.writeInt32LE(opcode, 12)
      return Buffer.concat([head, body])
    }
    const ping = Buffer.concat([Buffer.alloc(5), serialize({ ping: 1, $db: 'x' })])
    let seed = 42
    const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31)
    const noise = Array.from({ length: 40 }, () => Buffer.from(Array.from({ length: 40 + (random() % 200) }, () => (random() >> 8) & 0xff)))
    const mutated = Array.from({ length: 80 }, () => {
      const bytes = Buffer.from(message(2013, ping))
      bytes[16 + (random() % (bytes.length - 16))] = (random() >> 8) & 0xff
      return bytes
    })
    const cases = [message(2013, ping, -1), message(2013, ping, 15), message(2013, ping, 2 ** 30), message(9, ping), message(2004, Buffer.alloc(20)),
      message(2013, ping.subarray(0, 9)), message(2013, Buffer.alloc(5)), ...noise, ...mutated]
    for (const bytes of cases) {
      const socket = createConnection(socketPath())
      socket.on('error', () => undefined)
      socket.resume()
      const closed = once(socket, 'close')
      socket.end(bytes)
      await closed
    }
    // In pieces, and two in one: both are answered.
    const socket = createConnection(socketPath())
    const twice = Buffer.concat([message(2013, ping), message(2013, ping)])
    let received = 0
    socket.on('data', (chunk: Buffer) => (received += chunk.length))
    for (const byte of twice) socket.write(Buffer.from([byte]))
    await until(() => received === 2 * 38)
    socket.destroy()
    expect(await alive(server.database.uri)).toBe(1)
  })

  it('answers ping while a long aggregate runs', async () => {
    const documents = Array.from({ length: 5000 }, (_, i) => ({ i, text: `text ${i}`.repeat(10) }))
    for (let i = 0; i < 6; i++) await collection('long').insertMany(documents.map((each) => ({ ...each })))
    let answered = 0
    let running = true
    const aggregate = collection('long').aggregate([{ $group: { _id: '$i', n: { $sum: 1 }, max: { $max: '$text' } } }, { $count: 'n' }]).toArray().finally(() => { running = false })
    while (running) {
      await server.client.db().command({ ping: 1 })
      if (running) answered++
    }
    expect(await aggregate).toEqual([{ n: 5000 }])
    expect(answered).toBeGreaterThan(2)
  })

  it('ends a command at its maxTimeMS', async () => {
    await expect(collection('long').aggregate([{ $match: { text: { $regex: 'nothing' } } }, { $count: 'n' }], { maxTimeMS: 1 }).toArray()).rejects.toMatchObject({ code: 50 })
  })
})
