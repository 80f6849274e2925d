// The HTTP side of the product: REST, the bot's endpoint, the built tab, health. HTTP status exists here and nowhere else.
import type { Duplex } from 'node:stream'
import pTimeout from 'p-timeout'
import restify from 'restify'
import type { Request, Response, Server } from 'restify'
import { actorOfToken, hasLostRole } from '../access/actor.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { AppError, toAppError } from '../errors.ts'
import { id, type Log } from '../log.ts'
import { openAddresses } from './address.ts'
import { arrive, requestIdOf } from './arrival.ts'
import { describeApi } from './description.ts'
import type { CsvFile, Endpoint } from './endpoint.ts'
import { openStreams } from './events.ts'
import { failureOf, sayWhen, sendFailure } from './failure.ts'
import { secure } from './headers.ts'
import { checkedInput } from './input.ts'
import type { Cost, Limits } from './limits.ts'
import type { Readiness } from './model.ts'
import { openRequestLog } from './requestLog.ts'
import { openAuth, type AuthOptions, type Identity } from './signIn.ts'
import { serveTab } from './tab.ts'

export interface AppOptions {
  readonly on: Acting
  readonly endpoints: readonly Endpoint[]
  readonly auth: AuthOptions
  readonly log: Log
  readonly limits: Limits
  /** Addresses and networks of our own proxies. */
  readonly trustedProxies: readonly string[]
  /** How many connections for changes one person may have. */
  readonly listening: number
  /** Folder of the built tab. */
  readonly tabFolder: string
  /** What the bot says to a request to its endpoint, 400 or 401 to whom it does not know; null where this copy has no bot. */
  readonly bot: ((req: Request) => Promise<{ status: number; body?: unknown }>) | null
  readonly ready: () => Promise<Readiness>
}

const base = '/api/v1'
/** How long requests that are under way are waited for at the end. */
const drainMilliseconds = 4_000
/** Whoever asks whether we live or can serve is part of the house. */
const health = ['/healthz', '/readyz']

export interface App {
  readonly server: Server
  /** Takes no more requests, lets those that are under way end, and closes every connection. */
  stop(): Promise<void>
}

export function createApp(options: AppOptions): App {
  const { on, log, endpoints, limits } = options
  const server = restify.createServer({ name: 'Outpost' })
  const identify = openAuth(options.auth)
  // What is half sent ends within 30 seconds.
  Object.assign(server.server, { headersTimeout: 15_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 })
  const networkOf = openAddresses(options.trustedProxies)
  const streams = openStreams({ ...on, perPerson: options.listening })
  // restify takes upgrades over and leaves them open for ever.
  server.on('upgrade', (_req, socket: Duplex) => socket.destroy())
  const stranger = (req: Request) => limits.ofStranger(networkOf(req))
  server.pre((req, res, next) => {
    arrive(req, res)
    secure(res)
    const refuse = (thrown: unknown) => {
      sendFailure(toAppError(thrown), req, res)
      next(false)
    }
    // Of who signs in it is counted later, see limits.ts.
    if (health.includes(req.path()) || req.path().startsWith(`${base}/`)) return next()
    void limits.ofAddress(networkOf(req)).then(() => next(), refuse)
  })
  server.pre((req, res, next) => {
    // restify unpacks without a limit, and broken gzip ends the process: nobody who calls us packs.
    if (req.headers['content-encoding'] === undefined) return next()
    const refuse = () => {
      res.send(415, failureOf(unreadable, req))
      next(false)
    }
    void stranger(req).then(refuse, (thrown: unknown) => {
      sendFailure(toAppError(thrown), req, res)
      next(false)
    })
  })
  server.use(restify.plugins.queryParser({ mapParams: false }))
  // JSON alone: the parser of everything writes uploaded files to disk, before anybody has asked who sends them.
  server.use(restify.plugins.bodyReader({ maxBodySize: 1024 * 1024 }))
  server.use(restify.plugins.jsonBodyParser({ mapParams: false }))

  // What restify itself refuses (unknown path, method, broken JSON) answers in the same form as everything else.
  server.on('restifyError', (req: Request, res: Response, error: Error & { statusCode?: number; toJSON?: () => unknown }, done: () => void) => {
    const status = error.statusCode ?? 500
    const known = status === 404 ? new AppError('notFound') : status === 405 ? new AppError('methodNotAllowed') : status < 500 ? unreadable : toAppError(error)
    if (status >= 500) log.error('http.failed', error, { request: id(requestIdOf(req)) })
    error.toJSON = () => failureOf(known, req)
    // Nobody has asked yet who sends it. What is not below the API has been counted when it came.
    if (!req.path().startsWith(`${base}/`)) return done()
    void stranger(req).then(done, (thrown: unknown) => {
      const refused = toAppError(thrown)
      error.statusCode = refused.status
      error.toJSON = () => failureOf(refused, req)
      sayWhen(refused, res)
      done()
    })
  })
  const logged = openRequestLog(log)
  server.on('after', logged)

  const identified = async (req: Request): Promise<Identity> => {
    try {
      return await identify(req.headers.authorization)
    } catch (error) {
      // Counted only now: who has signed in is not kept out by others of the same network who have not.
      if (error instanceof AppError && error.code === 'unauthenticated') await stranger(req)
      throw error
    }
  }
  /** Does what somebody asks for, when it is their turn. */
  const asPerson = async (req: Request, res: Response, cost: Cost | null, work: (actor: Actor, identity: Identity) => Promise<void>) => {
    const identity = await identified(req)
    const { tenantId, userId, roles } = identity
    await limits.ofPerson({ userId, network: networkOf(req), cost }, async () => {
      // They may have gone while they waited.
      if (!res.destroyed) await work(await actorOfToken(on, tenantId, userId, roles), identity)
    })
  }
  const guarded = (handle: (req: Request, res: Response) => Promise<void>) => async (req: Request, res: Response) => {
    try {
      await handle(req, res)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.status >= 500) log.error('http.failed', error, { request: id(requestIdOf(req)) })
      sendFailure(error, req, res)
    }
  }

  const route = (method: Endpoint['method'], path: string, handle: (req: Request, res: Response) => Promise<void>) => {
    server[method](path, guarded(handle))
    // Probes ask so. What is sent, Node leaves out.
    if (method === 'get') server.head(path, guarded(handle))
  }
  for (const endpoint of endpoints) {
    route(endpoint.method, `${base}${endpoint.path}`, (req, res) =>
      asPerson(req, res, endpoint.cost, async (actor) => {
        const body = await answer(endpoint, actor, req, on)
        if (endpoint.answer === null) sendCsv(res, endpoint.status, body as CsvFile)
        else res.send(endpoint.status, body)
      }),
    )
  }
  const description = describeApi(endpoints)
  route('get', `${base}/openapi.json`, async (req, res) => {
    await stranger(req)
    res.send(200, description)
  })
  route('get', `${base}/changes`, (req, res) =>
    asPerson(req, res, null, async (actor, { issuedAt, expiresAt }) => {
      if (await hasLostRole(on, actor, issuedAt)) throw new AppError('noRole')
      // Nobody listens to an answer without a body.
      if (req.method === 'HEAD') res.send(200)
      else streams.open({ actor, issuedAt, expiresAt }, res)
    }),
  )

  route('get', '/healthz', (_req, res) => Promise.resolve(void res.send(200, { status: 'alive' })))
  route('get', '/readyz', async (_req, res) => {
    const readiness = await options.ready()
    res.send(readiness.status === 'ready' ? 200 : 503, readiness)
  })
  const { bot } = options
  if (bot !== null) {
    server.post('/api/messages', guarded(async (req, res) => {
      const { status, body } = await bot(req)
      if ([400, 401].includes(status)) await stranger(req)
      res.send(status, body)
    }))
  }
  serveTab(server, options.tabFolder)
  return {
    server,
    async stop() {
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      // Open tabs listen for changes as long as they live; they come back by themselves.
      streams.endAll()
      const idle = setInterval(() => server.server.closeIdleConnections(), 50)
      await pTimeout(closed, { milliseconds: drainMilliseconds, fallback: () => undefined })
      clearInterval(idle)
      server.server.closeAllConnections()
    },
  }
}

const unreadable = new AppError('invalidInput', { sentence: 'The request cannot be read: send JSON, not packed, of 1 MB at most.' })

async function answer(endpoint: Endpoint, actor: Actor, req: Request, on: Acting): Promise<unknown> {
  requireRight(actor, endpoint.right)
  const query = endpoint.query === null ? {} : checkedInput(endpoint.query, req.query ?? {})
  const body = endpoint.body === null ? {} : checkedInput(endpoint.body, req.body ?? {})
  return endpoint.handle({ actor, id: String((req.params as { id?: string }).id ?? ''), query, body }, on)
}

function sendCsv(res: Response, status: number, { text, cutAt }: CsvFile): void {
  res.sendRaw(status, text, { 'Content-Type': 'text/csv; charset=utf-8', ...(cutAt === null ? {} : { 'X-Outpost-Cut-At': String(cutAt) }) })
}
