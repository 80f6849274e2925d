// The HTTP side of the product: REST, the bot's endpoint, the built tab, health. HTTP status exists here and nowhere else.
import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import pTimeout from 'p-timeout'
import restify from 'restify'
import type { Request, Response, Server } from 'restify'
import { actorOfToken } from '../access/actor.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { AppError, toAppError } from '../errors.ts'
import { id, type Log } from '../log.ts'
import { describeApi } from './description.ts'
import type { CsvFile, Endpoint } from './endpoint.ts'
import { streamChanges } from './events.ts'
import { checkedInput } from './input.ts'
import type { Failure, Readiness } from './model.ts'
import { openAuth, type AuthOptions } from './signIn.ts'
import { serveTab } from './tab.ts'

export interface AppOptions {
  readonly on: Acting
  readonly endpoints: readonly Endpoint[]
  readonly auth: AuthOptions
  readonly log: Log
  /** Folder of the built tab. */
  readonly tabFolder: string
  /** The bot's endpoint; null where this copy has no bot. */
  readonly bot: ((req: Request, res: Response) => Promise<void>) | null
  readonly ready: () => Promise<Readiness>
}

const base = '/api/v1'
/** How long requests that are under way are waited for at the end. */
const drainMilliseconds = 4_000

export interface App {
  readonly server: Server
  /** Takes no more requests, lets those that are under way end, and closes every connection. */
  stop(): Promise<void>
}

export function createApp(options: AppOptions): App {
  const { on, log, endpoints } = options
  const server = restify.createServer({ name: 'Outpost' })
  const identify = openAuth(options.auth)
  const streams = new Set<() => void>()
  // restify takes upgrades over and leaves them open for ever.
  server.on('upgrade', (_req, socket: Duplex) => socket.destroy())
  server.pre((req, res, next) => {
    const given = req.headers['x-request-id']
    const requestId = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
    arrivals.set(req, { requestId, at: performance.now() })
    res.header('X-Request-Id', requestId)
    res.header('X-Content-Type-Options', 'nosniff')
    res.header('Referrer-Policy', 'no-referrer')
    if (req.path().startsWith('/api/')) res.header('Cache-Control', 'no-store')
    // restify unpacks without a limit, and broken gzip ends the process: nobody who calls us packs.
    if (req.headers['content-encoding'] === undefined) return next()
    res.send(415, failureOf(unreadable, requestId))
    return next(false)
  })
  server.use(restify.plugins.queryParser({ mapParams: false }))
  // JSON alone: the parser of everything writes uploaded files to disk, before anybody has asked who sends them.
  server.use(restify.plugins.bodyReader({ maxBodySize: 1024 * 1024 }))
  server.use(restify.plugins.jsonBodyParser({ mapParams: false }))

  // What restify itself refuses (unknown path, method, broken JSON) answers in the same form as everything else.
  server.on('restifyError', (req: Request, _res: Response, error: Error & { statusCode?: number; toJSON?: () => unknown }, done: () => void) => {
    const status = error.statusCode ?? 500
    const known = status === 404 ? new AppError('notFound') : status === 405 ? new AppError('methodNotAllowed') : status < 500 ? unreadable : toAppError(error)
    if (status >= 500) log.error('http.failed', error, { request: id(requestIdOf(req)) })
    error.toJSON = () => failureOf(known, requestIdOf(req))
    done()
  })
  server.on('after', (req: Request, res: Response, route: { path?: string } | null) => {
    if (!req.path().startsWith('/api/')) return
    log.info('http', { request: id(requestIdOf(req)), method: id(req.method ?? '-'), route: id(route?.path ?? '-'), status: res.statusCode, milliseconds: millisecondsSince(req) })
  })

  const actorOf = async (req: Request): Promise<Actor> => {
    const { tenantId, userId, roles } = await identify(req.headers.authorization)
    return actorOfToken(on, tenantId, userId, roles)
  }
  const guarded = (handle: (req: Request, res: Response) => Promise<void>) => async (req: Request, res: Response) => {
    try {
      await handle(req, res)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.status >= 500) log.error('http.failed', error, { request: id(requestIdOf(req)) })
      if (error.retryAfterSeconds !== undefined) res.header('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
      res.send(error.status, failureOf(error, requestIdOf(req)))
    }
  }

  const route = (method: Endpoint['method'], path: string, handle: (req: Request, res: Response) => Promise<void>) => {
    server[method](path, guarded(handle))
    // Probes ask so. What is sent, Node leaves out.
    if (method === 'get') server.head(path, guarded(handle))
  }
  for (const endpoint of endpoints) {
    route(endpoint.method, `${base}${endpoint.path}`, async (req, res) => {
      const actor = await actorOf(req)
      const body = await answer(endpoint, actor, req, on)
      if (endpoint.answer === null) sendCsv(res, endpoint.status, body as CsvFile)
      else res.send(endpoint.status, body)
    })
  }
  const description = describeApi(endpoints)
  route('get', `${base}/openapi.json`, (_req, res) => Promise.resolve(void res.send(200, description)))
  route('get', `${base}/changes`, async (req, res) => {
    const actor = await actorOf(req)
    // Nobody listens to an answer without a body.
    if (req.method === 'HEAD') res.send(200)
    else streamChanges(on.feed, actor, res, streams)
  })

  route('get', '/healthz', (_req, res) => Promise.resolve(void res.send(200, { status: 'alive' })))
  route('get', '/readyz', async (_req, res) => {
    const readiness = await options.ready()
    res.send(readiness.status === 'ready' ? 200 : 503, readiness)
  })
  if (options.bot !== null) server.post('/api/messages', options.bot)
  serveTab(server, options.tabFolder)
  return {
    server,
    async stop() {
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      // Open tabs listen for changes as long as they live; they come back by themselves.
      for (const end of streams) end()
      const idle = setInterval(() => server.server.closeIdleConnections(), 50)
      await pTimeout(closed, { milliseconds: drainMilliseconds, fallback: () => undefined })
      clearInterval(idle)
      server.server.closeAllConnections()
    },
  }
}

const unreadable = new AppError('invalidInput', { sentence: 'The request cannot be read: send JSON, not packed, of 1 MB at most.' })

const arrivals = new WeakMap<Request, { requestId: string; at: number }>()
const requestIdOf = (req: Request): string => arrivals.get(req)?.requestId ?? ''
const millisecondsSince = (req: Request): number => Math.round((performance.now() - (arrivals.get(req)?.at ?? performance.now())) * 10) / 10

/** Whoever reads it has asked, and waits. */
function failureOf(error: AppError, requestId: string): Failure {
  return { error: { code: error.code, message: error.asked, requestId, ...(error.problems === undefined ? {} : { problems: [...error.problems] }) } }
}

async function answer(endpoint: Endpoint, actor: Actor, req: Request, on: Acting): Promise<unknown> {
  requireRight(actor, endpoint.right)
  const query = endpoint.query === null ? {} : checkedInput(endpoint.query, req.query ?? {})
  const body = endpoint.body === null ? {} : checkedInput(endpoint.body, req.body ?? {})
  return endpoint.handle({ actor, id: String((req.params as { id?: string }).id ?? ''), query, body }, on)
}

function sendCsv(res: Response, status: number, { text, cutAt }: CsvFile): void {
  res.sendRaw(status, text, { 'Content-Type': 'text/csv; charset=utf-8', ...(cutAt === null ? {} : { 'X-Outpost-Cut-At': String(cutAt) }) })
}
