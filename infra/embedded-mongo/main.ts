// The database process: `--data DIR [--ttl-seconds N] [--clock-offset-seconds N]`. Prints its URI when it is ready.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { takeLock } from './lock.ts'
import { Server } from './server.ts'
import { serveConnection } from './wire.ts'

// Beyond this length some systems cut the path of a socket without a word.
const longestSocketPath = 100
const hardExitMilliseconds = 5000

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    'ttl-seconds': { type: 'string', default: '60' },
    'clock-offset-seconds': { type: 'string', default: '0' },
  },
})

function seconds(name: 'ttl-seconds' | 'clock-offset-seconds', least: number): number {
  const value = Number(options[name])
  return Number.isFinite(value) && value >= least ? value : stop(`--${name} has to be a number${least === 0 ? ' above 0' : ''}.`)
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

process.umask(0o077)
if (!options.data) stop('Usage: database --data DIR [--ttl-seconds N] [--clock-offset-seconds N]')
const directory = resolve(options.data)
const ttlSeconds = seconds('ttl-seconds', 0.01)
const clockOffset = seconds('clock-offset-seconds', -Infinity)
mkdirSync(directory, { recursive: true, mode: 0o700 })

let release: () => void
let server: Server
try {
  release = takeLock(directory)
  server = new Server(directory, ttlSeconds, clockOffset)
} catch (error) {
  stop((error as Error).message)
}

const sockets = new Set<Socket>()
let connections = 0
const listener = createServer((socket) => {
  const connection = ++connections
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  serveConnection(socket, (request) => server.answer(request, connection))
})
listener.on('error', (error) => {
  release()
  stop(`The server cannot listen: ${error.message}`)
})

let socketPath: string | undefined
if (process.platform === 'win32') {
  listener.listen(0, '127.0.0.1', () => {
    process.stderr.write('Warning: without a Unix socket every account of this machine can connect to the database.\n')
    const address = listener.address() as { port: number }
    ready(`127.0.0.1:${address.port}`)
  })
} else {
  socketPath = join(directory, 'server.sock')
  if (Buffer.byteLength(socketPath) > longestSocketPath) socketPath = join(mkdtempSync(join(tmpdir(), 'outpost-')), 'server.sock')
  // What a killed server left behind; the lock is ours, so nobody listens there.
  rmSync(socketPath, { force: true })
  listener.listen(socketPath, () => ready(encodeURIComponent(socketPath!)))
}

function ready(host: string): void {
  process.stdout.write(`MONGODB_URI=mongodb://${host}/?directConnection=true\n`)
}

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), hardExitMilliseconds).unref()
  listener.close()
  try {
    await server.close()
    // Replies of the last commit are written before the sockets go.
    await new Promise((done) => setImmediate(done))
    for (const socket of sockets) socket.end()
    if (socketPath) {
      rmSync(socketPath, { force: true })
      if (dirname(socketPath) !== directory) rmSync(dirname(socketPath), { recursive: true, force: true })
    }
  } finally {
    release()
  }
  process.exit(0)
}

process.on('SIGTERM', () => void end())
process.on('disconnect', () => void end())
// Ctrl-C reaches the whole process group, and the product still needs the database to end cleanly; started by hand
// there is nobody else who would end it.
process.on('SIGINT', () => {
  if (!process.connected && process.stdin.isTTY) void end()
})
