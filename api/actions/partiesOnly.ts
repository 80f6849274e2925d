// Of some people, those at customers and at the MSP: who attends from elsewhere is nobody's business here.
import type { Store } from '../store/store.ts'
import { readDomainBook } from '../sync/domainBook.ts'
import { partyOf } from '../sync/participants.ts'
import { normalAddress } from '../model/domain.ts'

export async function partiesOnly<T extends { name: string | null; address: string }>(store: Store, people: readonly T[]): Promise<T[]> {
  const book = await readDomainBook(store)
  return people.filter(({ name, address }) => {
    const normal = normalAddress(address)
    return normal !== null && partyOf({ name, address: normal }, book) !== null
  })
}
