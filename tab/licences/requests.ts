import type { HolderList, Licences } from '../../api/licences/model.ts'
import type { PagedQuestion, Question } from '../client/loading.ts'
import { json, query, segment } from '../client/request.ts'

export const licencesOf = (customerId: string): Question<Licences> => ({
  key: ['licences', customerId],
  ask: (signal) => json<Licences>(`/customers/${segment(customerId)}/licences`, { signal }),
  watch: { kinds: ['licences', 'tenants'], customerId },
})

/** Who holds them, those that a search finds. */
export const holdersOf = (customerId: string, search: string): PagedQuestion<HolderList> => ({
  key: ['holders', customerId, search],
  ask: (after, signal) => json<HolderList>(`/customers/${segment(customerId)}/licences/holders${query({ search, after })}`, { signal }),
  watch: { kinds: ['licences', 'tenants'], customerId },
})
