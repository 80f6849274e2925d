// How accounts can sign in: the MFA registration report, page by page or account by account, and the methods of single accounts.
import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types'
import type { AppError } from '../errors.ts'
import type { Graph } from './client.ts'
import { listPage, type Page } from './page.ts'

const report = '/reports/authenticationMethods/userRegistrationDetails'
export const registrationPageSize = 999

/**
 * A page of the MFA registration report. Graph: "List userRegistrationDetails": no $select there.
 * @param size of the page; a link is followed as it came unless a page of another size is wanted
 */
export async function readRegistrations(graph: Graph, size: number, link: string | null): Promise<Page<UserRegistrationDetails>> {
  if (link === null) return listPage(await graph.get(`${report}?$top=${size}`))
  return listPage(await graph.get(size === registrationPageSize ? link : withTop(link, size)))
}

/** Not read again but written: the other options of the link must stay as Graph wrote them. */
function withTop(link: string, size: number): string {
  const given = /([?&])(?:\$|%24)top=\d+/i
  return given.test(link) ? link.replace(given, `$1$top=${size}`) : `${link}${link.includes('?') ? '&' : '?'}$top=${size}`
}

/** The rows of some accounts in the report, each or why it could not be read; who has none is left out. Graph: "Get userRegistrationDetails". */
export async function readRegistrationsOf(graph: Graph, accountIds: readonly string[]): Promise<Map<string, UserRegistrationDetails | AppError>> {
  const bodies = await eachOf(graph, accountIds, (id) => `${report}/${id}`)
  return bodies
}

/**
 * Types of the authentication methods of some accounts, e.g. "microsoftAuthenticator", each or why they could not be read; an
 * account that is gone is left out. Graph: "List methods"; Microsoft advises against asking for a whole tenant.
 */
export async function readMethodTypes(graph: Graph, accountIds: readonly string[]): Promise<Map<string, string[] | AppError>> {
  const bodies = await eachOf(graph, accountIds, (id) => `/users/${id}/authentication/methods`)
  return new Map([...bodies].map(([id, body]) => [id, body instanceof Error ? body : typesIn(body)]))
}

function typesIn(body: Record<string, unknown>): string[] {
  const methods = (body.value ?? []) as { '@odata.type'?: string }[]
  return methods.map((method) => (method['@odata.type'] ?? '').replace(/^#microsoft\.graph\.|AuthenticationMethod$/g, ''))
}

/** @param ids at most 20 */
async function eachOf(graph: Graph, ids: readonly string[], path: (id: string) => string): Promise<Map<string, Record<string, unknown> | AppError>> {
  const answers = await graph.batch(ids.map((id) => ({ path: path(id) })))
  const found = new Map<string, Record<string, unknown> | AppError>()
  answers.forEach((answer, index) => {
    if (answer.ok) found.set(ids[index]!, answer.body)
    else if (answer.error.status !== 404) found.set(ids[index]!, answer.error)
  })
  return found
}
