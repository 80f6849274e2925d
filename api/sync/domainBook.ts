// The customer filter as it is at this moment. A round can be long, so it asks anew for each page: what was purged since it began
// must not come back with it.
import type { Store } from '../store/store.ts'
import { makeDomainBook, type DomainBook } from './participants.ts'

export async function readDomainBook(store: Store): Promise<DomainBook> {
  const [customers, own] = await Promise.all([store.customers.living(), store.tenants.own()])
  return makeDomainBook(customers, own.flatMap((tenant) => tenant.verifiedDomains))
}
