import type { Licences } from '../../api/licences/model.ts'
import type { Question } from '../client/loading.ts'
import { json, segment } from '../client/request.ts'

export const licencesOf = (customerId: string): Question<Licences> => ({
  key: ['licences', customerId],
  ask: (signal) => json<Licences>(`/customers/${segment(customerId)}/licences`, { signal }),
  watch: { kinds: ['licences', 'tenants'], customerId },
})
