// The database process: `--data DIR [--ttl-seconds N] [--clock-offset-seconds N]`. Prints its URI when it is ready.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { takeLock } from './lock.ts'
import { openServer } from './server.ts'
import { serveConnection } from './wire.ts'

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const { values: options } = parseArgs({
  options: { data: { type: 'string' }, 'ttl-seconds': { type: 'string', default: '60' }, 'clock-offset-seconds': { type: 'string', default: '0' } },
})
const [ttlSeconds, clockOffset] = [Number(options['ttl-seconds']), Number(options['clock-offset-seconds'])]
if (!options.data || !(ttlSeconds > 0 && ttlSeconds < 1e6) || !Number.isFinite(clockOffset))
  stop('Usage: database --data DIR [--ttl-seconds N] [--clock-offset-seconds N]')

process.umask(0o077)
const directory = resolve(options.data)
mkdirSync(directory, { recursive: true, mode: 0o700 })

let release: () => void
let server: ReturnType<typeof openServer>
try {
  release = takeLock(directory)
  server = openServer(directory, ttlSeconds, clockOffset)
} catch (error) {
  stop((error as Error).message)
}

const sockets = new Set<Socket>()
const listener = createServer((socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  serveConnection(socket, (request) => server.answer(request))
})
listener.on('error', (error) => {
  release()
  stop(`The server cannot listen: ${error.message}`)
})

// Some systems cut the path of a socket at a hundred bytes or so, without a word.
const shortEnough = (path: string) => (Buffer.byteLength(path) > 100 ? join(mkdtempSync(join(tmpdir(), 'outpost-')), 'server.sock') : path)
// It answers each look at it, and tells of nothing by itself.
const ready = (host: string) => process.stdout.write(`MONGODB_URI=mongodb://${host}/?directConnection=true&serverMonitoringMode=poll\n`)
let socketPath: string | undefined
if (process.platform === 'win32') {
  process.stderr.write('Warning: without a Unix socket every account of this machine can connect to the database.\n')
  listener.listen(0, '127.0.0.1', () => ready(`127.0.0.1:${(listener.address() as AddressInfo).port}`))
} else {
  const path = socketPath = shortEnough(join(directory, 'server.sock'))
  // What a killed server left behind; the lock is ours, so nobody listens there.
  rmSync(path, { force: true })
  listener.listen(path, () => ready(encodeURIComponent(path)))
}

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), 5000).unref()
  listener.close()
  try {
    await server.close()
    // Replies of the last commit are written before the sockets go.
    await new Promise((done) => setImmediate(done))
    for (const socket of sockets) socket.end()
    if (socketPath) rmSync(dirname(socketPath) === directory ? socketPath : dirname(socketPath), { recursive: true, force: true })
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
