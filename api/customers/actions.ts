// Customers: create, change, archive. A change of domains changes what may be stored, so mail is purged or read again.
import { isDeepStrictEqual } from 'node:util'
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import { Changes } from '../changes/rows.ts'
import type { Acting } from '../context.ts'
import { afterwards } from '../database/afterwards.ts'
import { AppError } from '../errors.ts'
import { wishJobs } from '../sync/job.ts'
import { filteredNames } from '../sync/stream.ts'
import { Units } from '../sync/units.ts'
import { Tenants } from '../tenants/rows.ts'
import { checkedDomains } from './checkedDomains.ts'
import { heldNames } from './heldNames.ts'
import type { Customer, CustomerInput, CustomerPatch } from './model.ts'
import { changedMeanwhile } from './outdated.ts'
import { customer, customerDoc, toCustomer } from './query.ts'
import { Customers, newCustomerId, type CustomerChange, type CustomerDoc } from './rows.ts'

/** No two living customers share a domain or a name; the database sees to it when two people are at it at once. */
function taken(error: unknown): never {
  const { code, keyPattern } = error as { code?: unknown; keyPattern?: Record<string, unknown> }
  if (code !== 11000) throw error
  throw new AppError('conflict', { sentence: `Another customer has just taken one of these ${keyPattern !== undefined && 'heldNames' in keyPattern ? 'names' : 'domains'}.` })
}

/** @throws AppError forbidden, invalidInput, conflict */
async function createCustomer({ db, now, jobs, streams }: Acting, actor: Actor, input: CustomerInput): Promise<Customer> {
  requireRight(actor, 'manageCustomers')
  const domains = await checkedDomains(db, input.domains, null)
  const customerId = newCustomerId()
  const held = await heldNames(db, customerId, input, null)
  const doc = {
    _id: customerId, name: input.name, sortName: input.name.toLowerCase(), aliases: input.aliases, heldNames: held, domains, archivedAt: null,
    holdsDomains: domains.length > 0, createdAt: now(), filterRevision: 0, revision: 0, purging: [],
  }
  await db(Audit).add(actor, now(), { action: 'customer.create', target: customerId, customerId, detail: domains.join(' ') })
  await db(Customers).insert(doc).catch(taken)
  await afterwards(async () => {
    await db(Units).wishStreams(filteredNames(streams))
    await wishJobs(db, jobs, 'customer', [customerId], now())
    await db(Changes).add(now(), [{ kind: 'customers', customerId }])
  })
  return toCustomer(await customerDoc(db, customerId), await db(Tenants).around([customerId]))
}

/** Two lists with the same entries, whatever their order. */
const sameEntries = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((entry) => other.includes(entry))

interface Asked {
  readonly before: CustomerDoc
  readonly name: string
  readonly aliases: string[]
  readonly domains: string[]
  readonly held: string[]
  readonly archived: boolean
}

/** Only what becomes another: a field that nobody touched is never written back as it was read. */
function changeOf({ before, name, aliases, domains, held, archived }: Asked, at: Date): CustomerChange {
  const wasArchived = before.archivedAt !== null
  const holdsDomains = !archived && domains.length > 0
  // Of an archived one everything goes.
  const purging = archived ? [] : [...new Set([...before.purging, ...before.domains])].filter((domain) => !domains.includes(domain))
  return {
    ...(name === before.name ? {} : { name, sortName: name.toLowerCase() }),
    ...(isDeepStrictEqual(aliases, before.aliases) ? {} : { aliases }),
    ...(sameEntries(held, before.heldNames) ? {} : { heldNames: held }),
    ...(sameEntries(domains, before.domains) ? {} : { domains }),
    ...(sameEntries(purging, before.purging) ? {} : { purging }),
    ...(archived === wasArchived ? {} : { archivedAt: archived ? at : null }),
    ...(holdsDomains === before.holdsDomains ? {} : { holdsDomains }),
  }
}

/**
 * Added domains make sync read the window of every mailbox again, because what it dropped lies behind the bookmarks; removed
 * ones, and archiving, hide what they matched at once and have it purged (purging.ts). An archived customer keeps its name and findings.
 * @throws AppError forbidden, notFound, invalidInput; conflict, with both states where somebody else has changed it since it was read
 */
async function updateCustomer(on: Acting, actor: Actor, customerId: string, patch: CustomerPatch): Promise<Customer> {
  requireRight(actor, 'manageCustomers')
  const { db, now, jobs, streams } = on
  const before = await customerDoc(db, customerId)
  const { revision = before.revision, ...yours } = patch
  const outdated = async () => changedMeanwhile('customer', { yours, now: await customer(on, actor, customerId) })
  if (revision !== before.revision) throw await outdated()
  const archived = patch.archived ?? before.archivedAt !== null
  const restored = !archived && before.archivedAt !== null
  // What stays as it is need not be good still: a domain that was accepted once must not stand in the way of another name.
  const domains = patch.domains !== undefined || restored ? await checkedDomains(db, patch.domains ?? before.domains, customerId) : before.domains
  const added = domains.filter((domain) => !before.domains.includes(domain))
  const removed = before.domains.filter((domain) => !domains.includes(domain))
  const name = patch.name ?? before.name
  const aliases = patch.aliases ?? before.aliases
  const held = archived ? [] : await heldNames(db, customerId, { name, aliases }, restored ? null : before)
  const filterChanges = added.length + removed.length > 0 || archived !== (before.archivedAt !== null)
  const change = changeOf({ before, name, aliases, domains, held, archived }, now())
  if (Object.keys(change).length === 0) return customer(on, actor, customerId)

  await db(Audit).add(actor, now(), { action: 'customer.update', target: customerId, customerId, detail: Object.keys(yours).sort().join(' ') })
  for (const domain of added) await db(Audit).add(actor, now(), { action: 'domain.add', target: domain, customerId })
  for (const domain of removed) await db(Audit).add(actor, now(), { action: 'domain.remove', target: domain, customerId })
  if (!(await db(Customers).change(before, change, filterChanges).catch(taken))) throw await outdated()
  // The filter has changed by now, and a round asks for it with each page, so what is purged does not come back.
  if (filterChanges) await wishJobs(db, jobs, 'purged', [customerId], now())
  await afterwards(async () => {
    if (filterChanges) await db(Units).wishStreams(filteredNames(streams))
    if (filterChanges && !archived) await wishJobs(db, jobs, 'customer', [customerId], now())
    await db(Changes).add(now(), [{ kind: 'customers', customerId }])
  })
  return customer(on, actor, customerId)
}

export const customerActions = { createCustomer, updateCustomer }
