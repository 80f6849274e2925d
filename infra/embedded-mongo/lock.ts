// One server per data directory: a lock file that names its holder and can be taken over when the holder is gone.
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Holder { pid: number; started: string; token: string }

/** What an action gives; nothing when the system refuses it. */
function attempt<T>(action: () => T): { value: T } | undefined {
  try {
    return { value: action() }
  } catch {
    return undefined
  }
}

/** When a process was started, where the system tells: a process id alone may be somebody else's by now. */
function startOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))?.value ?? ''
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === '' || startOf(pid) === started
}

/** Takes the lock or throws a sentence that names the process that has it. Returns how to give it back. */
export function takeLock(directory: string): () => void {
  const path = join(directory, 'server.lock')
  const own: Holder = { pid: process.pid, started: startOf(process.pid), token: randomUUID() }
  const read = (file: string) => attempt(() => JSON.parse(readFileSync(file, 'utf8')) as Holder)?.value
  const isOwn = () => read(path)?.token === own.token
  const [draft, aside] = [`${path}.${own.token}`, `${path}.${own.token}.stale`]
  // A link is made with its content or not at all.
  writeFileSync(draft, JSON.stringify(own))
  try {
    for (let round = 0; round < 3; round++) {
      if (attempt(() => linkSync(draft, path)) && isOwn()) return () => { if (isOwn()) rmSync(path) }
      const holder = read(path)
      if (holder && isAlive(holder)) throw new Error(`The data directory ${directory} is in use by the server with process id ${holder.pid}.`)
      if (!attempt(() => renameSync(path, aside))) continue
      // Somebody else may have taken the stale lock over in between: what was moved aside is then theirs.
      if (read(aside)?.token !== holder?.token) attempt(() => linkSync(aside, path))
      rmSync(aside)
    }
    throw new Error(`The lock of the data directory ${directory} could not be taken.`)
  } finally {
    rmSync(draft)
  }
}
