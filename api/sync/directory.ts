// The directory streams of a tenant: organisation, accounts, MFA registration, roles, and who may use Outpost.
import type { User } from '@microsoft/microsoft-graph-types'
import { addressFields, completeAccounts, readAccounts, readAppRoles, readGroupMembers, readLicences, readOrganization, readSecretExpiry } from '../graph/directory.ts'
import { hasId, type Changed } from '../graph/page.ts'
import { roleSchema } from '../model/actor.ts'
import { domainOf, normalAddress, withParents } from '../model/domain.ts'
import type { AccountDoc } from '../model/evidence.ts'
import type { AppRoleHolderDoc } from '../store/accounts.ts'
import type { LicenceDoc } from '../store/licences.ts'
import { listOf, replaceList, walk, type Round } from './round.ts'

/** Name, verified domains, and when the app's secret expires. @returns 1 */
export async function syncOrganization({ store, graph, tenant, clientSecret }: Round): Promise<number> {
  const { name, verifiedDomains } = await readOrganization(graph)
  const secretExpiresAt = await readSecretExpiry(graph, { clientId: tenant.clientId, clientSecret })
  // What cannot be read may have been entered by a person.
  await store.tenants.update(tenant._id, { name, verifiedDomains, ...(secretExpiresAt === null ? {} : { secretExpiresAt }) })
  return 1
}

/** Accounts, by delta. @returns accounts seen */
export async function syncAccounts(round: Round): Promise<number> {
  const { store, graph, tenant } = round
  const { items } = await walk<Changed<User>>(round, {
    container: 'accounts',
    version: 'accounts',
    read: (link) => readAccounts(graph, link),
    async write(items, number) {
      const latest = [...new Map(items.filter(hasId<Changed<User>>).map((item) => [item.id, item])).values()]
      const removed = latest.filter((item) => item['@removed'] !== undefined)
      const changed = latest.filter((item) => item['@removed'] === undefined)
      const stored = new Map((await store.accounts.of(tenant._id, changed.map(({ id }) => id))).map((doc) => [doc.accountId, doc]))
      const present = await completeAccounts(graph, changed, new Set(stored.keys()))
      await store.accounts.write(present.map((item) => accountDoc(tenant._id, item, stored.get(item.id), number)))
      await store.accounts.remove(removed.map((item) => `${tenant._id}|${item.id}`))
    },
    tally: (number) => store.accounts.tally(tenant._id, number),
    sweep: (number) => store.accounts.sweep(tenant._id, number),
  })
  return items
}

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
  const { store, graph, tenant, now } = round
  const [skus, before] = [await readLicences(graph), await store.licences.ofTenant(tenant._id)]
  const after = (number: number) => skus.flatMap(({ skuId, skuPartNumber, prepaidUnits, consumedUnits }): LicenceDoc[] =>
    skuId
      ? [{
          _id: `${tenant._id}|${skuId}`, tenantId: tenant._id, skuId, partNumber: skuPartNumber ?? '', enabled: prepaidUnits?.enabled ?? 0,
          warning: prepaidUnits?.warning ?? 0, suspended: prepaidUnits?.suspended ?? 0, consumed: consumedUnits ?? 0, round: number,
        }]
      : [],
  )
  await replaceList(round, skus.length, listOf('licences', store.licences, tenant._id, after))
  if (!sameLicences(before, after(0))) await store.changes.add(now(), [{ kind: 'licences', customerId: tenant.customerId }])
  return skus.length
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
