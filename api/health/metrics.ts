// What an operator sees of this copy of the product, in Prometheus' form. No label names a person, a mailbox, a tenant or a customer.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../database/collection.ts'
import type { HeardCommand } from '../database/database.ts'
import { resourceOf } from '../graph/resource.ts'
import type { Log } from '../log.ts'
import { Units, type UnitDoc } from '../sync/units.ts'

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export interface MetricsOptions {
  readonly graphOrigin: string
  readonly entraOrigin: string
}

/** What is counted at the moment in which it is asked for. */
export interface Sources {
  readonly db: Database
  readonly now: () => Date
  /** Cards that are to be posted or edited. */
  readonly pendingCards: () => Promise<number>
}

export interface Metrics {
  /** The same log, of whose lines is counted what they say. */
  observing(log: Log): Log
  database(command: HeardCommand): void
  /** From now on these are asked as well. */
  watch(sources: Sources): void
  /** All of it, as text. */
  read(): Promise<string>
  close(): void
}

export const contentType = Registry.PROMETHEUS_CONTENT_TYPE

export function openMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const http = new Histogram({ name: 'http_request_seconds', help: 'Requests to the API, by route and status.', labelNames: ['method', 'route', 'status'], buckets: seconds, registers })
  const round = new Histogram({ name: 'sync_round_seconds', help: 'Rounds that ended well.', labelNames: ['stream'], buckets: seconds, registers })
  const job = new Histogram({ name: 'job_seconds', help: 'Jobs that ended well.', labelNames: ['job'], buckets: seconds, registers })
  const items = new Counter({ name: 'sync_items_total', help: 'What rounds have read.', labelNames: ['stream'], registers })
  const troubles = new Counter({ name: 'log_troubles_total', help: 'Warnings and errors, also those that the log counts only.', labelNames: ['event'], registers })
  const operations = new Histogram({ name: 'db_op_seconds', help: 'Commands to the database.', labelNames: ['op', 'result'], buckets: seconds, registers })
  const outside = watchRequests(options, registry)
  let sources: Sources | null = null
  const count = gaugesOf(registry)

  const said = (event: string, fields: Record<string, unknown>) => {
    const took = Number(fields.milliseconds) / 1000
    if (event === 'http') http.observe({ method: String(fields.method), route: String(fields.route), status: String(fields.status) }, took)
    if (event === 'job.done') job.observe({ job: String(fields.job) }, took)
    if (event === 'sync.done') {
      round.observe({ stream: String(fields.stream) }, took)
      items.inc({ stream: String(fields.stream) }, Number(fields.items))
    }
  }

  return {
    observing: (log) => ({
      info: (event, fields = {}) => {
        said(event, fields)
        log.info(event, fields)
      },
      warn: (event, fields) => {
        troubles.inc({ event })
        log.warn(event, fields)
      },
      error: (event, error, fields) => {
        troubles.inc({ event })
        log.error(event, error, fields)
      },
    }),
    database: ({ name, milliseconds, failed }) => operations.observe({ op: name, result: failed ? 'failed' : 'ok' }, milliseconds / 1000),
    watch: (given) => void (sources = given),
    async read() {
      await count(sources)
      return registry.metrics()
    },
    close: () => {
      outside()
      registry.clear()
    },
  }
}

interface Sent { origin: string; path: string; method: string }

/** Requests to Graph and Entra, as the client under Node's fetch tells of them. @returns what ends it */
function watchRequests({ graphOrigin, entraOrigin }: MetricsOptions, registry: Registry): () => void {
  const registers = [registry]
  const total = new Counter({ name: 'graph_requests_total', help: 'Requests to Microsoft, a batch counts once.', labelNames: ['service', 'op', 'status'], registers })
  const took = new Histogram({ name: 'graph_request_seconds', help: 'Until Microsoft began to answer.', labelNames: ['service', 'op'], buckets: seconds, registers })
  const throttled = new Counter({ name: 'graph_throttled_total', help: 'Answers 429.', labelNames: ['service'], registers })
  const begun = new WeakMap<object, number>()
  /** Null for what is neither. In the trial both have one origin. */
  const labelsOf = ({ origin, path }: Sent) => {
    if (origin === graphOrigin && path.startsWith('/v1.0/')) return { service: 'graph', op: path.startsWith('/v1.0/$batch') ? 'batch' : resourceOf(path.slice('/v1.0'.length)) }
    return origin === entraOrigin && path.includes('/v2.0/') ? { service: 'entra', op: path.includes('/token') ? 'token' : 'keys' } : null
  }
  const ended = (request: Sent, status: string) => {
    const labels = labelsOf(request)
    if (labels === null) return
    total.inc({ ...labels, status })
    const at = begun.get(request)
    if (at !== undefined) took.observe(labels, (performance.now() - at) / 1000)
    if (status === '429') throttled.inc({ service: labels.service })
  }
  const heard: Record<string, (message: unknown) => void> = {
    'undici:request:create': (message) => void begun.set((message as { request: Sent }).request, performance.now()),
    'undici:request:headers': (message) => {
      const { request, response } = message as { request: Sent; response: { statusCode: number } }
      ended(request, String(response.statusCode))
    },
    'undici:request:error': (message) => ended((message as { request: Sent }).request, 'none'),
  }
  for (const [channel, hear] of Object.entries(heard)) subscribe(channel, hear)
  return () => {
    for (const [channel, hear] of Object.entries(heard)) unsubscribe(channel, hear)
  }
}

const stateOf = ({ leaseOwner, lastError, lastSuccessAt }: UnitDoc) => (leaseOwner !== null ? 'running' : lastError !== null ? 'failed' : lastSuccessAt === null ? 'new' : 'ok')

/** @returns what asks for the numbers that are counted when they are read */
function gaugesOf(registry: Registry): (sources: Sources | null) => Promise<void> {
  const registers = [registry]
  const up = new Gauge({ name: 'db_up', help: '1 when the database answered for these numbers.', registers })
  const units = new Gauge({ name: 'sync_units', help: 'Units of sync: new, running, ok, failed.', labelNames: ['stream', 'state'], registers })
  const lag = new Gauge({ name: 'sync_lag_seconds', help: 'Of the unit of a stream whose last success lies furthest back.', labelNames: ['stream'], registers })
  const outbox = new Gauge({ name: 'outbox_pending', help: 'Cards that are to be posted or edited.', labelNames: [], registers })

  async function fill({ db, now, pendingCards }: Sources): Promise<void> {
    const [all, pending] = await Promise.all([db(Units).all(), pendingCards()])
    for (const unit of all) units.inc({ stream: unit.stream, state: stateOf(unit) })
    for (const [stream, oldest] of oldestSuccesses(all)) lag.set({ stream }, (now().getTime() - oldest) / 1000)
    outbox.set(pending)
  }

  return async (from) => {
    for (const gauge of [units, lag]) gauge.reset()
    // A number that is not known is missing, and not 0.
    outbox.remove()
    if (from === null) return
    await fill(from).then(() => up.set(1), () => up.set(0))
  }
}

function oldestSuccesses(units: readonly UnitDoc[]): Map<string, number> {
  const oldest = new Map<string, number>()
  for (const { stream, lastSuccessAt } of units) {
    if (lastSuccessAt !== null) oldest.set(stream, Math.min(oldest.get(stream) ?? Infinity, lastSuccessAt.getTime()))
  }
  return oldest
}
