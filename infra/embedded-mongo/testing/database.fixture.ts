// For tests only: starts the database as its own process and ends it again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'

/** As it was built: to translate it anew for each process takes six times as long as to start it. */
const entry = fileURLToPath(new URL('../../../dist/node/database.js', import.meta.url))

export interface Database {
  uri: string
  process: ChildProcess
  directory: string
  /** Ends the process and waits until it is gone. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'outpost-db-'))
}

/** Runs the entry file; resolves with what it wrote once it ended or, if it is ready before, with its URI. */
export async function run(directory: string, args: string[] = [], ipc = false) {
  const child = spawn(process.execPath, [entry, '--data', directory, ...args], { stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])] })
  let output = ''
  let errors = ''
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ready = new Promise<void>((resolve) => child.stdout!.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.endsWith('\n')) resolve()
  }))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const code = await Promise.race([ready.then(() => undefined), once(child, 'close').then(([each]) => each as number | null)])
  return { child, ended, output, errors: () => errors, code }
}

export async function startDatabase(directory = temporaryDirectory(), args: string[] = []): Promise<Database> {
  const { child, ended, output, errors } = await run(directory, args)
  const uri = /^MONGODB_URI=(.*)\n$/.exec(output)?.[1]
  if (!uri) throw new Error(`the database did not start: ${errors()}`)
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { uri, process: child, directory, end }
}

/** A database with a connected client for one file of tests. */
export async function connect(args: string[] = []) {
  const database = await startDatabase(undefined, args)
  const client = await new MongoClient(database.uri).connect()
  const close = async () => {
    await client.close()
    await database.end()
    rmSync(database.directory, { recursive: true, force: true })
  }
  return { database, client, close }
}

/** Waits until a condition holds; the time limit is the test's. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** The code of the error that a promise ends with, 0 when it does not. */
export function codeOf(promise: Promise<unknown>): Promise<number> {
  return promise.then(() => 0, (error: { code: number }) => error.code)
}

export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}
