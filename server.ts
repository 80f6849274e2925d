// The product: reads its configuration, opens what it needs, and starts what its roles ask for. Nothing imports this file.
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { openClock } from './api/clock.ts'
import { ConfigError, readConfig, type Config } from './api/config.ts'
import { bind } from './api/context.ts'
import { thoseOf } from './api/database/collection.ts'
import { openDatabase, type OpenDatabase } from './api/database/database.ts'
import type { Belongings } from './api/database/readings.ts'
import { AppError } from './api/errors.ts'
import { entraNetwork, openTokens } from './api/graph/token.ts'
import { openLimits } from './api/http/limits.ts'
import { createApp } from './api/http/server.ts'
import { id, openLog } from './api/log.ts'
import { openCleaner } from './api/mailboxes/cleaner.ts'
import { useProxies } from './api/proxy.ts'
import { createDoor } from './api/health/door.ts'
import { openMetrics } from './api/health/metrics.ts'
import { readiness } from './api/health/ready.ts'
import { actions, collections, contextOf, endpoints, jobs, queries, streams } from './api/subjects.ts'
import { startWorker } from './api/sync/worker.ts'
import { openVault } from './api/vault/vault.ts'
import { openBot, openLinks } from './bot/bot.ts'
import { botCollections } from './bot/stored.ts'

/** Ends the start with a sentence for the person who reads the terminal. */
function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function configOrGiveUp(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) giveUp(error.message)
    throw error
  }
}

async function databaseOrGiveUp(config: Config): Promise<OpenDatabase> {
  try {
    return await openDatabase(config.MONGODB_URI, config.MONGODB_DATABASE, [...collections, ...botCollections], (command) => metrics?.database(command))
  } catch (error) {
    log.error('start.database', error)
    const away = !(error instanceof AppError) || error.code === 'databaseUnavailable'
    return giveUp(away ? 'Outpost cannot reach its database. Check that MONGODB_URI is right and that the database runs and accepts connections from here.' : error.message)
  }
}

const config = configOrGiveUp()
const metrics = config.OUTPOST_METRICS_PORT === undefined ? null : openMetrics({ graphOrigin: config.OUTPOST_GRAPH_ORIGIN, entraOrigin: config.OUTPOST_ENTRA_ORIGIN })
const log = metrics?.observing(openLog()) ?? openLog()
// Node would print the whole error, with what it was about.
process.on('uncaughtException', (error) => {
  log.error('crash', error)
  process.exit(1)
})
const now = () => new Date()
if (config.HTTP_PROXY !== undefined || config.HTTPS_PROXY !== undefined) {
  useProxies()
  log.info('start.proxy')
}
const database = await databaseOrGiveUp(config)
const { db } = database
const clock = openClock()
const vault = openVault(config.OUTPOST_MASTER_KEY, config.OUTPOST_MASTER_KEY_OLD === undefined ? [] : [config.OUTPOST_MASTER_KEY_OLD])
const homeTenantId = config.OUTPOST_TENANT_ID
const on = contextOf(
  {
    db, now, homeTenantId,
    vault,
    graph: { origin: config.OUTPOST_GRAPH_ORIGIN, tokens: openTokens(config.OUTPOST_ENTRA_ORIGIN), clock },
    clean: openCleaner(join(import.meta.dirname, 'cleaning.js'), log),
    teams: { outsidersIn: (channel) => bot.outsidersIn(channel) },
  },
  botCollections,
)
const limits = openLimits({
  perMinute: {
    address: config.OUTPOST_LIMIT_ADDRESS, stranger: config.OUTPOST_LIMIT_STRANGER, person: config.OUTPOST_LIMIT_PERSON, open: config.OUTPOST_LIMIT_OPEN,
    export: config.OUTPOST_LIMIT_EXPORT, sync: config.OUTPOST_LIMIT_SYNC, test: config.OUTPOST_LIMIT_TEST,
  },
  atOnce: config.OUTPOST_LIMIT_AT_ONCE,
})
const bot = openBot({
  config: {
    botId: config.OUTPOST_BOT_ID,
    botSecret: config.OUTPOST_BOT_SECRET,
    tenantId: homeTenantId,
    entraOrigin: config.OUTPOST_ENTRA_ORIGIN,
    openIdUrl: config.OUTPOST_BOT_OPENID_URL,
    serviceOrigins: config.OUTPOST_BOT_SERVICE_ORIGINS,
    network: entraNetwork,
  },
  query: bind(on, queries),
  actions: bind(on, actions),
  inTurn: (userId, work) => limits.ofPerson({ userId, network: null, cost: null }, work),
  db,
  log,
  links: openLinks(config.OUTPOST_TEAMS_APP_ID ?? config.OUTPOST_CLIENT_ID, config.OUTPOST_PUBLIC_URL, config.OUTPOST_BOT_ID),
  now,
})

const stops: (() => Promise<void> | void)[] = []
/** What restify's server and Node's have in common: an error of the first comes from nowhere else. */
interface Listening {
  on(event: 'error', hear: (error: NodeJS.ErrnoException) => void): unknown
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}

/** @param variable that names the port, for whoever finds it taken */
async function listen(server: Listening, { port, host, variable }: { port: number; host: string; variable: string }): Promise<void> {
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') giveUp(`Port ${port} is already in use. Stop what uses it, or set ${variable} to another one.`)
    throw error
  })
  await new Promise<void>((listening) => {
    server.listen(port, host, () => listening())
  })
  log.info('start.listening', { door: id(variable), port: (server.address() as AddressInfo).port })
}
const ready = () => readiness({ database, vault, clock, now })
const atPort = { port: config.PORT, host: config.HOST, variable: 'PORT' }
if (config.OUTPOST_ROLES.includes('web')) {
  const app = createApp({
    on,
    endpoints,
    auth: { entraOrigin: config.OUTPOST_ENTRA_ORIGIN, tenantId: homeTenantId, clientId: config.OUTPOST_CLIENT_ID, clock },
    log,
    limits,
    trustedProxies: config.OUTPOST_TRUSTED_PROXIES,
    listening: config.OUTPOST_LIMIT_LISTENING,
    tabFolder: resolve('dist/tab'),
    bot: bot.handle,
    ready,
  })
  await listen(app.server, atPort)
  stops.push(() => app.stop())
} else {
  // A copy that only works is asked, too, whether it lives.
  const door = createDoor({ ready, metrics: null })
  await listen(door, atPort)
  stops.push(() => void door.close())
}
if (metrics !== null && config.OUTPOST_METRICS_PORT !== undefined) {
  metrics.watch({ db, now, pendingCards: () => bot.alerts.pending() })
  const door = createDoor({ ready, metrics })
  await listen(door, { port: config.OUTPOST_METRICS_PORT, host: config.OUTPOST_METRICS_HOST, variable: 'OUTPOST_METRICS_PORT' })
  stops.push(() => void door.close())
}
if (config.OUTPOST_ROLES.includes('worker')) {
  const worker = startWorker({
    db, streams, jobs, log, now, belongings: thoseOf<Belongings>(on.collections, 'tenant'), tenants: on.tenants,
    ownClientId: config.OUTPOST_CLIENT_ID, homeTenantId, syncSeconds: config.OUTPOST_SYNC_SECONDS, leaseSeconds: config.OUTPOST_LEASE_SECONDS,
  })
  bot.alerts.start()
  stops.push(() => worker.stop(), () => bot.alerts.stop())
}

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  // What does not end by itself within a few seconds is safe to cut off: bookmarks and leases are in the database.
  setTimeout(() => process.exit(0), 5_000).unref()
  await Promise.allSettled(stops.map(async (end) => end()))
  await database.close()
  log.info('stop')
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
