// The directory streams of a tenant: organisation, accounts, MFA registration, roles, and who may use Outpost.
import type { SubscribedSku, User } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { addressFields, completeAccounts, readAccounts, readAppRoles, readGroupMembers, readLicences, readOrganization, readSecretExpiry } from './graph.ts'
import { hasId, type Changed } from '../graph/page.ts'
import { roleSchema } from '../access/model.ts'
import { domainOf, normalAddress, withParents } from '../people/address.ts'
import type { AccountDoc } from '../posture/evidence.ts'
import type { AppRoleHolderDoc } from './rows.ts'
import type { LicenceDoc } from '../licences/rows.ts'
import { listOf, replaceList, walk, type Round } from '../sync/walk.ts'

/** Name, verified domains, and when the app's secret expires. @returns 1 */
export async function syncOrganization({ store, graph, tenant, clientSecret }: Round): Promise<number> {
  const { name, verifiedDomains } = await readOrganization(graph)
  const secretExpiresAt = await readSecretExpiry(graph, { clientId: tenant.clientId, clientSecret })
  // What cannot be read may have been entered by a person, or read before.
  await store.tenants.update(tenant._id, { verifiedDomains, ...(name === null ? {} : { name }), ...(secretExpiresAt === null ? {} : { secretExpiresAt }) })
  return 1
}

/** Accounts, by delta. @returns accounts seen */
export async function syncAccounts(round: Round): Promise<number> {
  const { store, graph, tenant, unit } = round
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
      // What was read beside them makes it a part of the round that fails, and not the round.
      if (whole[0] !== undefined) await round.parts.attempt({ what: 'account', id: whole[0].id }, () => Promise.resolve())
      for (const [id, error] of failed) {
        // Named already, or answered about others at the same time: then it is about this one alone.
        if (answered > 0 || wasUnread(unit, id)) round.parts.skip({ what: 'account', id }, error)
        else await round.parts.attempt({ what: 'account', id }, () => Promise.reject(error))
      }
      const kept = changed.filter(({ id }) => failed.has(id) && stored.has(id)).map(withoutAddresses)
      await store.accounts.write([...whole, ...kept].map((item) => accountDoc(tenant._id, item, stored.get(item.id), number)))
      await store.accounts.remove(removed.map((item) => `${tenant._id}|${item.id}`))
    },
    tally: (number) => store.accounts.tally(tenant._id, number),
    sweep: (number) => store.accounts.sweep(tenant._id, number),
  })
  return items
}

const storedOf = async ({ store, tenant }: Round, ids: string[]): Promise<Map<string, AccountDoc>> =>
  new Map((await store.accounts.of(tenant._id, ids)).map((doc) => [doc.accountId, doc]))

const wasUnread = (unit: Round['unit'], id: string): boolean => unit.unread.some((part) => part.what === 'account' && part.id === id)

/** Accounts that could not be read in the round before are asked for again: no delta tells of them a second time. */
async function readUnread(round: Round): Promise<void> {
  const { store, graph, tenant, unit, parts } = round
  const ids = unit.unread.flatMap(({ what, id }) => (what === 'account' ? [id] : []))
  const { whole, failed } = await completeAccounts(graph, ids.map((id) => ({ id })), new Set())
  for (const [id, error] of failed) parts.skip({ what: 'account', id }, error)
  const stored = await storedOf(round, whole.map(({ id }) => id))
  await store.accounts.write(whole.map((item) => accountDoc(tenant._id, item, stored.get(item.id), unit.epoch)))
}

/** A part of the addresses would take the place of all of them. */
const withoutAddresses = (item: Changed<User>): Changed<User> => ({ ...item, ...Object.fromEntries(addressFields.map((field) => [field, undefined])) })

/**
 * An account as it is kept. An item of a delta holds what changed: what it leaves out stays as it is stored, while null says that
 * there is nothing. What is not of the kind that it should be counts as nothing.
 */
export function accountDoc(tenantId: string, user: Changed<User>, stored: AccountDoc | undefined, round: number): AccountDoc {
  const kept = <T>(given: unknown, read: () => T, before: T | undefined): T => (given === undefined && before !== undefined ? before : read())
  const upn = kept(user.userPrincipalName, () => text(user.userPrincipalName), stored?.userPrincipalName)
  const named = addressFields.some((field) => user[field] !== undefined)
  const domain = domainOf(upn)
  return {
    _id: `${tenantId}|${user.id}`,
    tenantId,
    accountId: user.id,
    displayName: kept(user.displayName, () => text(user.displayName), stored?.displayName),
    userPrincipalName: upn,
    addresses: !named && stored !== undefined ? stored.addresses : addressesOf(user, upn),
    domains: domain === null ? [] : withParents(domain),
    enabled: kept(user.accountEnabled, () => user.accountEnabled !== false, stored?.enabled),
    guest: kept(user.userType, () => user.userType === 'Guest', stored?.guest),
    licences: kept(user.assignedLicenses, () => list(user.assignedLicenses).flatMap((one) => text(one?.skuId) || []), stored?.licences),
    round,
  }
}

function addressesOf(user: Changed<User>, upn: string): string[] {
  const proxies = list(user.proxyAddresses).flatMap((proxy) => (/^smtp:/i.test(text(proxy)) ? [text(proxy).slice(5)] : []))
  return [...new Set([upn, text(user.mail), ...proxies].map(normalAddress).filter((address) => address !== null))]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = <T>(value: readonly T[] | null | undefined): readonly (T | null | undefined)[] => (Array.isArray(value) ? (value as readonly T[]) : [])

/** Licences bought. @returns SKUs seen */
export async function syncLicences(round: Round): Promise<number> {
  const { store, graph, tenant, now, parts } = round
  const [skus, before] = [await readLicences(graph), await store.licences.ofTenant(tenant._id)]
  const known = new Map(before.map((doc) => [doc.skuId, doc]))
  const docs = skus.flatMap((sku): LicenceDoc[] => {
    if (!sku.skuId) return []
    const doc = licenceDoc(tenant._id, sku, known.get(sku.skuId))
    if (doc !== null) return [doc]
    parts.skip({ what: 'licence', id: sku.skuId }, withoutNumbers)
    return []
  })
  const after = (number: number) => docs.map((doc) => ({ ...doc, round: number }))
  await replaceList(round, skus.length, listOf('licences', store.licences, tenant._id, after))
  if (!sameLicences(before, after(0))) await store.changes.add(now(), [{ kind: 'licences', customerId: tenant.customerId }])
  return skus.length
}

const withoutNumbers = new AppError('graphUnexpected', { sentence: 'Microsoft does not say how many seats it has, so it cannot be shown.' })

/** A licence as it is kept: what Graph leaves out stays as it is stored. @returns null where nobody has said how many seats there are */
function licenceDoc(tenantId: string, { skuId, skuPartNumber, prepaidUnits, consumedUnits }: SubscribedSku, stored: LicenceDoc | undefined): LicenceDoc | null {
  const { enabled, warning, suspended } = prepaidUnits ?? stored ?? {}
  const consumed = consumedUnits ?? stored?.consumed
  if (typeof enabled !== 'number' || typeof consumed !== 'number') return null
  return {
    _id: `${tenantId}|${skuId!}`, tenantId, skuId: skuId!, partNumber: skuPartNumber ?? stored?.partNumber ?? '', enabled, warning: warning ?? 0,
    suspended: suspended ?? 0, consumed, round: 0,
  }
}

function sameLicences(before: readonly LicenceDoc[], after: readonly LicenceDoc[]): boolean {
  const told = (docs: readonly LicenceDoc[]) => JSON.stringify(docs.map((doc) => ({ ...doc, round: 0 })).sort((a, b) => a._id.localeCompare(b._id)))
  return told(before) === told(after)
}

/**
 * Who holds a role in Outpost: assignments of our own app's roles, groups expanded to their direct members: Entra gives an
 * assigned group's app role to nobody below a nested group ("Assign users and groups to an application").
 * @param clientId of Outpost's app
 * @returns holders seen
 */
export async function syncAppRoles(round: Round, clientId: string): Promise<number> {
  const { store, graph, tenant } = round
  const { roles, assignments } = await readAppRoles(graph, clientId)
  const holders = new Map<string, AppRoleHolderDoc>()
  for (const assignment of assignments) {
    const role = roleSchema.safeParse(roles.get(assignment.appRoleId ?? '')?.toLowerCase())
    if (!role.success || !assignment.principalId) continue
    const members =
      assignment.principalType === 'Group'
        ? (await readGroupMembers(graph, assignment.principalId)).filter((member) => member['@odata.type'] === '#microsoft.graph.user')
        : [{ id: assignment.principalId }]
    for (const { id } of members) {
      const _id = `${tenant._id}|${id}|${role.data}`
      holders.set(_id, { _id, tenantId: tenant._id, userId: id, role: role.data, round: 0 })
    }
    await round.keepLease()
  }
  const numbered = (number: number) => [...holders.values()].map((holder) => ({ ...holder, round: number }))
  await replaceList(round, holders.size, listOf('appRoles', store.appRoleHolders, tenant._id, numbered))
  return holders.size
}
