// Of some people, those at customers and at the MSP: who attends from elsewhere is nobody's business here.
import { readDomainBook } from '../customers/domainBook.ts'
import type { Database } from '../database/collection.ts'
import { normalAddress } from '../people/address.ts'
import { partyOf } from '../people/participants.ts'

export async function partiesOnly<T extends { name: string | null; address: string }>(db: Database, people: readonly T[]): Promise<T[]> {
  const book = await readDomainBook(db)
  return people.filter(({ name, address }) => {
    const normal = normalAddress(address)
    return normal !== null && partyOf({ name, address: normal }, book) !== null
  })
}
