// How accounts can sign in: the MFA registration report, page by page or account by account, and the methods of single accounts.
import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import type { Graph } from '../graph/graph.ts'
import { listPage, type Page } from '../graph/page.ts'
import type { Permission } from '../graph/permission.ts'
import type { LaneLimits } from '../sync/lane.ts'

export const registrationReport: Permission = {
  name: 'MFA registration',
  permission: 'AuditLog.Read.All',
  orElse: [],
  read: 'MFA registration details',
  without: 'it stays unknown who can do multi-factor authentication',
  paths: [/^\/reports\//],
}

export const methodsOfAccounts: Permission = {
  name: 'MFA without Entra ID P1',
  permission: 'UserAuthenticationMethod.Read.All',
  orElse: [],
  read: 'method types of privileged accounts where the registration report is not available',
  without: 'in a tenant without Entra ID P1 it stays unknown which privileged accounts can do multi-factor authentication',
  paths: [/^\/users\/[^/]+\/authentication\b/],
}

/** Graph: "Identity and access reports service limits": for the report and for the methods of accounts together. */
export const reportLane: LaneLimits = { name: 'reports', places: 5, milliseconds: 10_000 }

const report = '/reports/authenticationMethods/userRegistrationDetails'
export const registrationPageSize = 999

/**
 * A page of the MFA registration report: the first one with its size, which its links keep. Graph: "List userRegistrationDetails":
 * no $select there.
 */
export async function readRegistrations(graph: Graph, from: { size: number } | { link: string }): Promise<Page<UserRegistrationDetails>> {
  return listPage(await graph.get('link' in from ? from.link : `${report}?$top=${from.size}`))
}

/** The rows of some accounts in the report, each or why it could not be read; who has none is left out. Graph: "Get userRegistrationDetails". */
export function readRegistrationsOf(graph: Graph, accountIds: readonly string[]): Promise<Map<string, UserRegistrationDetails | AppError>> {
  return eachOf(graph, accountIds, (id) => `${report}/${id}`)
}

/**
 * Types of the authentication methods of some accounts, e.g. "microsoftAuthenticator", each or why they could not be read; an
 * account that is gone is left out. Graph: "List methods"; Microsoft advises against asking for a whole tenant.
 */
export async function readMethodTypes(graph: Graph, accountIds: readonly string[]): Promise<Map<string, string[] | AppError>> {
  const bodies = await eachOf(graph, accountIds, (id) => `/users/${id}/authentication/methods`)
  return new Map([...bodies].map(([id, body]) => [id, body instanceof Error ? body : typesIn(body)]))
}

/** Every account has a password among its methods ("List passwordMethods"), so an answer without any, or without their types, says nothing. */
function typesIn(body: Record<string, unknown>): string[] | AppError {
  const types = (Array.isArray(body.value) ? body.value : []).map((method) => (method as { '@odata.type'?: unknown } | null)?.['@odata.type'])
  if (types.length === 0 || !types.every((type) => typeof type === 'string')) return new AppError('serviceUnavailable', { cause: new Error('methods without their types') })
  return types.map((type) => type.replace(/^#microsoft\.graph\.|AuthenticationMethod$/g, ''))
}

/** @param ids at most 20 */
async function eachOf(graph: Graph, ids: readonly string[], path: (id: string) => string): Promise<Map<string, Record<string, unknown> | AppError>> {
  const answers = await askEach(graph, ids.map((id) => ({ path: path(id) })))
  const found = new Map<string, Record<string, unknown> | AppError>()
  answers.forEach((answer, index) => {
    if (answer.ok) found.set(ids[index]!, answer.body)
    else if (answer.error.status !== 404) found.set(ids[index]!, answer.error)
  })
  return found
}
