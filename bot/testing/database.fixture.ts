// For tests: a database of their own, on the embedded server or on the MongoDB that MONGODB_TEST_URI names.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { MongoClient } from 'mongodb'
import { openStore } from '../../api/database/database.ts'

async function startServer(): Promise<{ uri: string; process: ChildProcess | null; stop: () => Promise<void> }> {
  const given = process.env.MONGODB_TEST_URI
  if (given !== undefined) return { uri: given, process: null, stop: () => Promise.resolve() }
  const directory = await mkdtemp(join(tmpdir(), 'outpost-bot-'))
  const server = spawn(process.execPath, ['--import', 'tsx', 'infra/embedded-mongo/main.ts', '--data', directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: server.stdout })) {
    const uri = /^MONGODB_URI=(.+)$/.exec(line)?.[1]
    if (uri !== undefined) return { uri, process: server, stop }
  }
  throw new Error('The embedded database did not start.')
}

/** A store on an empty database, and the database itself; both are removed at the end. */
export async function openTestStore() {
  const { uri, process, stop } = await startServer()
  const name = `bot_${randomUUID().slice(0, 8)}`
  const store = await openStore(uri, name)
  const client = new MongoClient(uri)
  return {
    store,
    db: client.db(name),
    /** Process of the embedded server; null when it is another one. */
    process,
    async close() {
      await client.db(name).dropDatabase()
      await client.close()
      await store.close()
      await stop()
    },
  }
}
