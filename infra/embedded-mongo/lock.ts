// One server per data directory: a lock file that names its holder and can be taken over when the holder is gone.
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Holder {
  pid: number
  started: string
  token: string
}

/** When a process was started, where the system tells: a process id alone may be somebody else's by now. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === '' || startOf(pid) === started
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** Whether the file system did it; false when somebody else was faster. */
function done(action: () => void): boolean {
  try {
    action()
    return true
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Takes the lock or throws a sentence that names the process that has it. Returns how to give it back. */
export function takeLock(directory: string): () => void {
  const path = join(directory, 'server.lock')
  const own: Holder = { pid: process.pid, started: startOf(process.pid), token: randomUUID() }
  const isOwn = () => read(path)?.token === own.token
  const [draft, aside] = [`${path}.${own.token}`, `${path}.${own.token}.stale`]
  // A link is made with its content or not at all.
  writeFileSync(draft, JSON.stringify(own))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (done(() => linkSync(draft, path)) && isOwn()) return () => { if (isOwn()) rmSync(path) }
      const holder = read(path)
      if (holder && isAlive(holder)) throw new Error(`The data directory ${directory} is in use by the server with process id ${holder.pid}.`)
      if (!done(() => renameSync(path, aside))) continue
      // Somebody else may have taken the stale lock over in between: what was moved aside is then theirs.
      if (read(aside)?.token !== holder?.token) done(() => linkSync(aside, path))
      rmSync(aside)
    }
    throw new Error(`The lock of the data directory ${directory} could not be taken.`)
  } finally {
    rmSync(draft)
  }
}
