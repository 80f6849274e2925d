// The directory of a tenant: the organisation, its accounts, its roles, and who may use Outpost.
import type {
  AppRoleAssignment, Application, DirectoryObject, Organization, PasswordCredential, ServicePrincipal, SubscribedSku, User,
} from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import type { Graph } from '../graph/client.ts'
import { noneIfDeleted, readAll } from '../graph/list.ts'
import { deltaPage, listPage, objectsIn, type Changed, type Link, type Page } from '../graph/page.ts'
import type { Credentials } from '../graph/token.ts'

const pageSize = 999
const accountFields = 'displayName,userPrincipalName,mail,proxyAddresses,accountEnabled,userType,assignedLicenses'

export type Member = DirectoryObject & { id: string; '@odata.type'?: string }

/** Name, null where Graph does not say it, and verified domains of the tenant. Graph: "List organization". */
export async function readOrganization(graph: Graph): Promise<{ name: string | null; verifiedDomains: string[] }> {
  const page = listPage<Organization>(await graph.get('/organization?$select=id,displayName,verifiedDomains'))
  const organization = page.items[0]
  const verifiedDomains = objectsIn(organization?.verifiedDomains).flatMap(({ name }) => (name ? [name.toLowerCase()] : []))
  // Every tenant has one from its first day. Believing that there is none would make strangers of the MSP's own people.
  if (verifiedDomains.length === 0) throw new AppError('serviceUnavailable', { cause: new Error('an organization without a domain') })
  return { name: organization?.displayName || null, verifiedDomains }
}

/**
 * A page of the tenant's accounts. Graph: "user: delta"; the selected fields are also the ones whose changes are reported, and
 * the page size is Graph's own.
 */
export async function readAccounts(graph: Graph, link: string | null): Promise<Page<Changed<User>> & { link: Link }> {
  return deltaPage(await graph.get(link ?? `/users/delta?$select=${accountFields}`))
}

/** Every account has these; of the others Graph leaves out what was never set. */
const always = ['userPrincipalName', 'accountEnabled', 'userType', 'assignedLicenses'] as const
/** These together are the addresses of an account. */
export const addressFields = ['userPrincipalName', 'mail', 'proxyAddresses'] as const

/**
 * Completes changed accounts of a delta page, of which Graph promises "at least" what changed: those that nobody knows yet, and
 * those of whose addresses only a part is given. One that is gone meanwhile is left out.
 * @param known ids of accounts whose other properties are known already
 * @returns failed: those about which Graph fails to answer, which says something about them alone only if `answered` is not 0
 * @throws AppError what concerns more than one account
 */
export async function completeAccounts(
  graph: Graph, items: readonly Changed<User>[], known: ReadonlySet<string>,
): Promise<{ whole: Changed<User>[]; failed: Map<string, AppError>; answered: number }> {
  const isWhole = (item: Changed<User>) => {
    if (!known.has(item.id)) return always.every((name) => item[name] !== undefined)
    const given = addressFields.filter((name) => item[name] !== undefined)
    return given.length === 0 || given.length === addressFields.length
  }
  const whole = items.filter(isWhole)
  const partial = items.filter((item) => !isWhole(item))
  const failed = new Map<string, AppError>()
  for (let start = 0; start < partial.length; start += 20) {
    const asked = partial.slice(start, start + 20)
    const answers = await graph.batch(asked.map(({ id }) => ({ path: `/users/${id}?$select=id,${accountFields}` })))
    answers.forEach((answer, index) => {
      if (answer.ok) whole.push(answer.body as unknown as Changed<User>)
      else if (['serviceUnavailable', 'graphUnexpected'].includes(answer.error.code) && answer.error.retryAfterSeconds === undefined) failed.set(asked[index]!.id, answer.error)
      else if (answer.error.status !== 404) throw answer.error
    })
  }
  return { whole, failed, answered: partial.length - failed.size }
}

/** Licences that the tenant has bought. Graph: "List subscribedSkus". */
export const readLicences = (graph: Graph): Promise<SubscribedSku[]> =>
  readAll<SubscribedSku>(graph, '/subscribedSkus?$select=skuId,skuPartNumber,prepaidUnits,consumedUnits,appliesTo')

/** Whether the tenant has Entra ID P1 or P2, alone or as part of another licence. */
export async function hasPremium(graph: Graph): Promise<boolean> {
  const skus = await readAll<SubscribedSku>(graph, '/subscribedSkus?$select=capabilityStatus,servicePlans')
  return skus.some((sku) => sku.capabilityStatus !== 'Deleted' && objectsIn(sku.servicePlans).some((plan) => plan.servicePlanName?.startsWith('AAD_PREMIUM')))
}

/**
 * When the client secret in use expires. Entra keeps several and names each by its first three characters.
 * @returns null when that cannot be read: the app is registered in another tenant, or may not be read
 */
export async function readSecretExpiry(graph: Graph, { clientId, clientSecret }: Pick<Credentials, 'clientId' | 'clientSecret'>): Promise<Date | null> {
  const path = `/applications?$filter=appId eq '${clientId}'&$select=passwordCredentials`
  const [application] = await readAll<Application>(graph, path).catch((error: unknown) => {
    if (error instanceof AppError && (error.retry === 'person' || error.code === 'refused')) return []
    throw error
  })
  return expiryOf(objectsIn(application?.passwordCredentials), clientSecret)
}

/** Of several secrets that begin alike the first to end counts: a reminder may come early, not late. */
export function expiryOf(credentials: readonly Pick<PasswordCredential, 'hint' | 'endDateTime'>[], secret: string): Date | null {
  const ends = credentials.flatMap(({ hint, endDateTime }) => (endDateTime && hint === secret.slice(0, 3) ? [Date.parse(endDateTime)] : []))
  return ends.length === 0 ? null : new Date(Math.min(...ends))
}

/** The direct members of a group; none of one that was deleted: an assignment can outlive its group. */
export async function readGroupMembers(graph: Graph, groupId: string): Promise<Member[]> {
  return noneIfDeleted(() => readAll<Member>(graph, `/groups/${groupId}/members?$select=id&$top=${pageSize}`))
}

/** The app roles of an application and who holds them. Graph: "List appRoleAssignments granted for a service principal". */
export async function readAppRoles(
  graph: Graph,
  clientId: string,
): Promise<{ roles: Map<string, string>; assignments: AppRoleAssignment[] }> {
  const path = `/servicePrincipals(appId='${clientId}')`
  const application = (await graph.get(`${path}?$select=id,appRoles`)) as ServicePrincipal
  const roles = new Map(objectsIn(application.appRoles).flatMap(({ id, value }) => (id && value ? [[id, value] as const] : [])))
  const assignments = await readAll<AppRoleAssignment>(graph, `${path}/appRoleAssignedTo`)
  return { roles, assignments }
}
