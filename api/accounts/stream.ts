// The accounts of a tenant, by delta.
import type { User } from '@microsoft/microsoft-graph-types'
import { hasId, type Changed } from '../graph/page.ts'
import { textIn } from '../graph/said.ts'
import { domainOf, normalAddress, withParents } from '../people/address.ts'
import { attemptEach } from '../sync/parts.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { walk } from '../sync/walk.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { addressFields, completeAccounts, readAccounts } from './graph.ts'
import { accountKey, Accounts, type AccountDoc } from './rows.ts'

export const accountStream: Stream = {
  name: 'accounts',
  words: { title: 'Accounts', one: 'list of accounts', many: 'lists of accounts', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [],
  order: 2,
  rows: [Accounts],
  read,
}

/** @returns accounts seen */
async function read(round: Round): Promise<number> {
  const { db, graph, tenant, unit } = round
  await readUnread(round)
  const { items } = await walk<Changed<User>>(round, {
    container: 'accounts',
    version: 'accounts',
    read: (link) => readAccounts(graph, link),
    async write(items, number) {
      const latest = [...new Map(items.filter(hasId<Changed<User>>).map((item) => [item.id, item])).values()]
      const removed = latest.filter((item) => item['@removed'] !== undefined)
      const changed = latest.filter((item) => item['@removed'] === undefined)
      const stored = await storedOf(round, changed.map(({ id }) => id))
      const { whole, failed, answered } = await completeAccounts(graph, changed, new Set(stored.keys()))
      // What was named already is about this one alone, too.
      await attemptEach(round.parts, 'account', whole.map(({ id }) => id), failed, (_, id) => answered > 0 || wasUnread(unit, id))
      const kept = changed.filter(({ id }) => failed.has(id) && stored.has(id)).map(withoutAddresses)
      await db(Accounts).write([...whole, ...kept].map((item) => accountDoc(tenant._id, item, stored.get(item.id), number)))
      await db(Accounts).remove(tenant._id, removed.map((item) => accountKey(tenant._id, item.id)))
    },
    tally: (number) => db(Accounts).tally(tenant._id, number),
    sweep: (number) => db(Accounts).sweep(tenant._id, number),
  })
  return items
}

const storedOf = async ({ db, tenant }: Round, ids: string[]): Promise<Map<string, AccountDoc>> =>
  new Map((await db(Accounts).of(tenant._id, ids)).map((doc) => [doc.accountId, doc]))

const wasUnread = (unit: Round['unit'], id: string): boolean => unit.unread.some((part) => part.what === 'account' && part.id === id)

/** Accounts that could not be read in the round before are asked for again: no delta tells of them a second time. */
async function readUnread(round: Round): Promise<void> {
  const { db, graph, tenant, unit, parts } = round
  const ids = unit.unread.flatMap(({ what, id }) => (what === 'account' ? [id] : []))
  const { whole, failed } = await completeAccounts(graph, ids.map((id) => ({ id })), new Set())
  for (const [id, error] of failed) parts.skip({ what: 'account', id }, error)
  const stored = await storedOf(round, whole.map(({ id }) => id))
  await db(Accounts).write(whole.map((item) => accountDoc(tenant._id, item, stored.get(item.id), unit.epoch)))
}

/** A part of the addresses would take the place of all of them. */
const withoutAddresses = (item: Changed<User>): Changed<User> => ({ ...item, ...Object.fromEntries(addressFields.map((field) => [field, undefined])) })

/**
 * An account as it is kept. An item of a delta holds what changed: what it leaves out stays as it is stored, while null says that
 * there is nothing. What is not of the kind that it should be counts as nothing.
 */
export function accountDoc(tenantId: string, user: Changed<User>, stored: AccountDoc | undefined, reading: number): AccountDoc {
  const kept = <T>(given: unknown, read: () => T, before: T | undefined): T => (given === undefined && before !== undefined ? before : read())
  const upn = kept(user.userPrincipalName, () => text(user.userPrincipalName), stored?.userPrincipalName)
  const named = addressFields.some((field) => user[field] !== undefined)
  const domain = domainOf(upn)
  return {
    _id: accountKey(tenantId, user.id),
    tenantId,
    accountId: user.id,
    displayName: kept(user.displayName, () => text(user.displayName), stored?.displayName),
    userPrincipalName: upn,
    addresses: !named && stored !== undefined ? stored.addresses : addressesOf(user, upn),
    domains: domain === null ? [] : withParents(domain),
    enabled: kept(user.accountEnabled, () => user.accountEnabled !== false, stored?.enabled),
    guest: kept(user.userType, () => user.userType === 'Guest', stored?.guest),
    licences: kept(user.assignedLicenses, () => list(user.assignedLicenses).flatMap((one) => text(one?.skuId) || []), stored?.licences),
    reading,
  }
}

function addressesOf(user: Changed<User>, upn: string): string[] {
  const proxies = list(user.proxyAddresses).flatMap((proxy) => (/^smtp:/i.test(text(proxy)) ? [text(proxy).slice(5)] : []))
  return [...new Set([upn, text(user.mail), ...proxies].map(normalAddress).filter((address) => address !== null))]
}

const text = (value: unknown): string => textIn(value) ?? ''
const list = <T>(value: readonly T[] | null | undefined): readonly (T | null | undefined)[] => (Array.isArray(value) ? (value as readonly T[]) : [])
