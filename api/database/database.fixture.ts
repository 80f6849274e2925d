// For tests: a database of their own, on the embedded server or on the MongoDB that MONGODB_TEST_URI names.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { MongoClient } from 'mongodb'
import { botCollections } from '../../bot/stored.ts'
import { collections } from '../subjects.ts'
import { openDatabase } from './database.ts'

async function startServer(): Promise<{ uri: string; pid: number | undefined; stop: () => Promise<void> }> {
  const given = process.env.MONGODB_TEST_URI
  if (given !== undefined) return { uri: given, pid: undefined, stop: () => Promise.resolve() }
  const directory = await mkdtemp(join(tmpdir(), 'outpost-rows-'))
  const server = spawn(process.execPath, ['dist/node/database.js', '--data', directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: server.stdout })) {
    const uri = /^MONGODB_URI=(.+)$/.exec(line)?.[1]
    if (uri !== undefined) return { uri, pid: server.pid, stop }
  }
  throw new Error('The embedded database did not start.')
}

export const allCollections = [...collections, ...botCollections]

/** An empty database of today's shapes, with the driver's view of it; both are removed at the end. */
export async function openTestDatabase() {
  const { uri, pid, stop } = await startServer()
  const name = `rows_${randomUUID().slice(0, 8)}`
  const opened = await openDatabase(uri, name, allCollections)
  const client = new MongoClient(uri)
  return {
    db: opened.db,
    driver: client.db(name),
    uri,
    /** Process of the embedded server; undefined when it is another one. */
    pid,
    async close() {
      await client.db(name).dropDatabase()
      await client.close()
      await opened.close()
      await stop()
    },
  }
}
export type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>
