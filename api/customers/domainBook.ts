// The customer filter as it is at this moment. A round can be long, so it asks anew for each page: what was purged since it began
// must not come back with it.
import type { Database } from '../database/collection.ts'
import { makeDomainBook, type DomainBook } from '../people/participants.ts'
import { Tenants } from '../tenants/rows.ts'
import { Customers } from './rows.ts'

export async function readDomainBook(db: Database): Promise<DomainBook> {
  const [customers, own] = await Promise.all([db(Customers).matches(), db(Tenants).own()])
  return makeDomainBook(customers, own.flatMap((tenant) => tenant.verifiedDomains))
}

/**
 * Writes a page by the filter, and again as long as the filter has changed meanwhile: a purge that came between the question and
 * the write has not seen what was written.
 * @param write must remove what another filter kept before
 */
export async function writeFiltered(db: Database, write: (book: DomainBook) => Promise<void>): Promise<void> {
  let book = await readDomainBook(db)
  for (;;) {
    await write(book)
    const { version } = book
    book = await readDomainBook(db)
    if (book.version === version) return
  }
}
