// The worker: takes units that are due, one lease each, and runs a round. Any number of workers can share a database.
import { randomUUID } from 'node:crypto'
import { AppError, toAppError } from '../errors.ts'
import { openGraph, type GraphOptions } from '../graph/client.ts'
import { id, type Log } from '../log.ts'
import { assessCustomer } from '../posture/job.ts'
import type { Store } from '../database/database.ts'
import type { UnitDoc } from './units.ts'
import type { Vault } from '../vault/vault.ts'
import { syncCalendar } from '../calendar/stream.ts'
import { readDomainBook } from '../customers/domainBook.ts'
import { syncAccounts, syncAppRoles, syncLicences, syncOrganization } from '../accounts/stream.ts'
import { syncRegistrations } from '../registrations/stream.ts'
import { syncEligibility, syncRoles } from '../roles/stream.ts'
import { syncMail } from '../mail/stream.ts'
import { openParts } from './parts.ts'
import { NotYet, type Round } from './walk.ts'
import { pauseAfter } from './schedule.ts'
import { removeOrphans, takeBackIfRemoved } from './takeBack.ts'

export interface WorkerOptions {
  readonly store: Store
  readonly vault: Vault
  readonly graph: GraphOptions
  readonly log: Log
  readonly now: () => Date
  /** Outpost's own app, whose app roles are read. */
  readonly clientId: string
  readonly syncSeconds: number
  /** How long a lease lasts without renewal; after a crash the work waits so long. */
  readonly leaseSeconds: number
}

export interface Worker {
  /** Takes no more work, gives up what runs (its bookmark keeps the place), and gives the leases back. */
  stop(): Promise<void>
}

const atOnce = 6
const pollMilliseconds = 250
/** Of what could not be read so many are kept by name; all are counted. */
const mostUnread = 20
/** What nobody owns any more is looked for at the start and then every ten minutes, at the usual pace. */
const pausesBetweenTidying = 5
/** Actors in chat are made from app roles that are at most ten minutes old, so these are read at least this often. */
const appRolesSeconds = 240

export function startWorker(options: WorkerOptions): Worker {
  const { store, log, now } = options
  const owner = randomUUID()
  const running = new Map<string, Promise<void>>()
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let tidyTimer: NodeJS.Timeout | undefined

  async function poll(): Promise<void> {
    try {
      const free = atOnce - running.size
      if (free > 0) {
        for (const unitId of await store.units.due(free + running.size)) {
          if (stopping || running.size >= atOnce) break
          if (running.has(unitId)) continue
          const unit = await store.units.claim(unitId, owner, options.leaseSeconds)
          if (unit !== null) running.set(unitId, runUnit(unit).finally(() => running.delete(unitId)))
        }
      }
    } catch (error) {
      log.error('worker.poll', toAppError(error))
    }
    if (!stopping) timer = setTimeout(() => void poll(), pollMilliseconds)
  }

  async function runUnit(unit: UnitDoc): Promise<void> {
    const started = Date.now()
    const fields = { tenant: id(unit.tenantId), stream: id(unit.stream), mailbox: id(unit.facts?.userId ?? '-') }
    let lost = false
    const keepLease: Round['keepLease'] = async (change) => {
      if (lost || stopping) throw new AppError('leaseLost')
      if (!(await store.units.renew(unit._id, unit.epoch, options.leaseSeconds, change))) {
        lost = true
        throw new AppError('leaseLost')
      }
      Object.assign(unit, change)
    }
    // A request can take longer than a lease, so the lease is kept alive beside the work.
    const heartbeat = setInterval(() => void keepLease().catch(() => undefined), (options.leaseSeconds * 1000) / 3)
    try {
      const tenant = await store.tenants.get(unit.tenantId)
      if (tenant === null) return await store.units.remove([unit._id])
      const clientSecret = options.vault.open(tenant._id, tenant.secret)
      const graph = openGraph(options.graph, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret })
      const round = { store, graph, tenant, clientSecret, unit, now, keepLease, parts: openParts(unit.attempts) }
      const items = await runStream(round).finally(() => takeBackIfRemoved(round))
      const partly = round.parts.outcome()
      if (partly !== null) log.warn('sync.partly', { ...fields, unread: partly.unread.length, code: id(partly.unread[0]!.code) })
      await store.units.finish(unit, pauseOf(unit), {
        lastSuccessAt: now(), lastError: partly === null ? null : errorRow(partly.error), unread: partly?.unread.slice(0, mostUnread) ?? [], items,
        // What was taken for the fault of a part is not waited for anew.
        attempts: partly === null ? 0 : unit.attempts,
      })
      // Whoever has the failure in view, or that nothing was read yet, learns that it is over.
      if (partly !== null || unit.lastError !== null || unit.lastSuccessAt === null) await store.changes.add(now(), [{ kind: 'tenants', customerId: null }])
      await assessAfter(unit)
      log.info('sync.done', { ...fields, items, milliseconds: Date.now() - started })
    } catch (thrown) {
      if (thrown instanceof NotYet) await wait(unit, thrown.seconds, fields)
      else await fail(unit, toAppError(thrown), fields)
    } finally {
      clearInterval(heartbeat)
    }
  }

  const errorRow = (error: AppError) => ({ code: error.code, message: error.message, at: now() })

  const pauseOf = (unit: UnitDoc) => (unit.stream === 'appRoles' ? Math.min(options.syncSeconds, appRolesSeconds) : options.syncSeconds)

  async function fail(unit: UnitDoc, error: AppError, fields: Parameters<Log['info']>[1]): Promise<void> {
    log.error('sync.failed', error, { ...fields, attempts: unit.attempts + 1 })
    try {
      if (error.code === 'leaseLost') return await store.units.finish(unit, 0, {})
      const attempts = unit.attempts + 1
      const pause = pauseAfter(error, attempts, options.syncSeconds, Math.random())
      await store.units.finish(unit, pause, { attempts, lastError: errorRow(error) })
      await store.changes.add(now(), [{ kind: 'tenants', customerId: null }])
      // What was read before it failed says something, and so does that the rest was not.
      await assessAfter(unit)
    } catch (second) {
      // The database is away: the lease runs out and the unit is taken up again from its bookmark.
      log.error('sync.unfinished', toAppError(second), fields)
    }
  }

  async function wait(unit: UnitDoc, seconds: number, fields: Parameters<Log['info']>[1]): Promise<void> {
    log.info('sync.waits', { ...fields, seconds })
    await store.units.finish(unit, seconds, {}).catch((error: unknown) => log.error('sync.unfinished', toAppError(error), fields))
  }

  async function runStream(round: Round): Promise<number> {
    switch (round.unit.stream) {
      case 'organization':
        return syncOrganization(round)
      case 'accounts':
        return syncAccounts(round)
      case 'mfa':
        return syncRegistrations(round)
      case 'roles':
        return syncRoles(round)
      case 'appRoles':
        return syncAppRoles(round, options.clientId)
      case 'mail':
        return syncMail(round, (await readDomainBook(store)).version)
      case 'calendar':
        return syncCalendar(round, (await readDomainBook(store)).version)
      case 'licences':
        return syncLicences(round)
      case 'eligibility':
        return syncEligibility(round)
    }
  }

  /** Evidence has been read: judge the customers that it is about. */
  async function assessAfter(unit: UnitDoc): Promise<void> {
    if (!['accounts', 'mfa', 'roles', 'eligibility'].includes(unit.stream)) return
    const tenant = await store.tenants.get(unit.tenantId)
    if (tenant === null) return
    const customers = await store.customers.living()
    const concerned = customers.filter((one) => (tenant.customerId === null ? one.domains.length > 0 : one._id === tenant.customerId))
    for (const customer of concerned) {
      if (await assessCustomer(store, customer, now())) await store.changes.add(now(), [{ kind: 'posture', customerId: customer._id }])
    }
  }

  async function tidy(): Promise<void> {
    await removeOrphans(store).catch((error: unknown) => log.error('worker.orphans', toAppError(error)))
    if (!stopping) tidyTimer = setTimeout(() => void tidy(), options.syncSeconds * 1000 * pausesBetweenTidying)
  }

  void tidy()
  void poll()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      clearTimeout(tidyTimer)
      await Promise.allSettled(running.values())
    },
  }
}
