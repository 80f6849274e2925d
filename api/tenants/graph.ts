// What a tenant says of itself, and when Outpost's own secret in it expires.
import type { Application, Organization, PasswordCredential, SubscribedSku } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import type { Credentials } from '../graph/credentials.ts'
import type { Graph } from '../graph/graph.ts'
import { readAll } from '../graph/list.ts'
import { listPage, objectsIn } from '../graph/page.ts'
import { momentIn, textIn } from '../graph/said.ts'

/** Name, null where Graph does not say it, and verified domains of the tenant. Graph: "List organization". */
export async function readOrganization(graph: Graph): Promise<{ name: string | null; verifiedDomains: string[] }> {
  const page = listPage<Organization>(await graph.get('/organization?$select=id,displayName,verifiedDomains'))
  const organization = page.items[0]
  const verifiedDomains = objectsIn(organization?.verifiedDomains).flatMap(({ name }) => textIn(name)?.toLowerCase() || [])
  // Every tenant has one from its first day. Believing that there is none would make strangers of the MSP's own people.
  if (verifiedDomains.length === 0) throw new AppError('serviceUnavailable', { cause: new Error('an organization without a domain') })
  return { name: textIn(organization?.displayName) || null, verifiedDomains }
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
  const ends = credentials.flatMap(({ hint, endDateTime }) => (hint === secret.slice(0, 3) ? (momentIn(endDateTime)?.getTime() ?? []) : []))
  return ends.length === 0 ? null : new Date(Math.min(...ends))
}

/** Whether the tenant has Entra ID P1 or P2, alone or as part of another licence. */
export async function hasPremium(graph: Graph): Promise<boolean> {
  const skus = await readAll<SubscribedSku>(graph, '/subscribedSkus?$select=capabilityStatus,servicePlans')
  return skus.some((sku) => sku.capabilityStatus !== 'Deleted' && objectsIn(sku.servicePlans).some((plan) => textIn(plan.servicePlanName)?.startsWith('AAD_PREMIUM')))
}
