// The customer filter as it is at this moment: a round can be long, and administrators change it meanwhile.
import type { Store } from '../store/store.ts'
import { makeDomainBook, type DomainBook } from './participants.ts'

export async function readDomainBook(store: Store): Promise<DomainBook> {
  const [customers, own] = await Promise.all([store.customers.living(), store.tenants.own()])
  return makeDomainBook(customers, own.flatMap((tenant) => tenant.verifiedDomains))
}

/**
 * Of rows that were just written, the ids of those to take back: the filter was changed, and what it no longer keeps was purged,
 * while they were on their way.
 * @param book by which they were kept
 */
export async function outdated(store: Store, book: DomainBook, rows: readonly { _id: string; customerId: string; domains: readonly string[] }[]): Promise<string[]> {
  if (rows.length === 0) return []
  const now = await readDomainBook(store)
  if (now.version === book.version) return []
  return rows.filter(({ customerId, domains }) => domains.some((domain) => now.customers.get(domain) !== customerId)).map(({ _id }) => _id)
}
