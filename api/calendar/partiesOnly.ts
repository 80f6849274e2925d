// Of some people, those at customers and at the MSP: who attends from elsewhere is nobody's business here.
import type { Store } from '../database/database.ts'
import { readDomainBook } from '../customers/domainBook.ts'
import { partyOf } from '../people/participants.ts'
import { normalAddress } from '../people/address.ts'

export async function partiesOnly<T extends { name: string | null; address: string }>(store: Store, people: readonly T[]): Promise<T[]> {
  const book = await readDomainBook(store)
  return people.filter(({ name, address }) => {
    const normal = normalAddress(address)
    return normal !== null && partyOf({ name, address: normal }, book) !== null
  })
}
