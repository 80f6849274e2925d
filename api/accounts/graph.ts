// The accounts of a tenant's directory.
import type { User } from '@microsoft/microsoft-graph-types'
import type { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import type { Graph } from '../graph/graph.ts'
import { deltaPage, type Changed, type Link, type Page } from '../graph/page.ts'

const accountFields = 'displayName,userPrincipalName,mail,proxyAddresses,accountEnabled,userType,assignedLicenses'

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
  const answers = await askEach(graph, partial.map(({ id }) => ({ path: `/users/${id}?$select=id,${accountFields}` })))
  answers.forEach((answer, index) => {
    if (answer.ok) whole.push(answer.body as unknown as Changed<User>)
    else if (['serviceUnavailable', 'graphUnexpected'].includes(answer.error.code) && answer.error.retryAfterSeconds === undefined) failed.set(partial[index]!.id, answer.error)
    else if (answer.error.status !== 404) throw answer.error
  })
  return { whole, failed, answered: partial.length - failed.size }
}
