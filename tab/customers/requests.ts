import type { Customer, CustomerInput, CustomerPatch } from '../../api/customers/model.ts'
import type { CustomerList, CustomerRow } from '../../api/overview/model.ts'
import type { PagedQuestion, Question } from '../client/loading.ts'
import { json, query, segment } from '../client/request.ts'

interface Choice {
  search?: string
  archived?: boolean
}

const page = (choice: Choice, after: string | null, signal: AbortSignal) => json<CustomerList>(`/customers${query({ ...choice, after })}`, { signal })

/** The customers that match a search, with what has been read of them. */
export const customersFound = (search: string): PagedQuestion<CustomerList> => ({
  key: ['customers', 'found', search],
  ask: (after, signal) => page({ search }, after, signal),
  watch: { kinds: ['customers', 'messages', 'posture', 'tenants'] },
})

export const customersListed = (archived: boolean): PagedQuestion<CustomerList> => ({
  key: ['customers', 'listed', archived],
  ask: (after, signal) => page({ archived }, after, signal),
  watch: { kinds: ['customers'] },
})

/** Every customer, archived or not, page after page: for a choice among all of them. */
export const everyCustomer = (archived: boolean): Question<CustomerRow[]> => ({
  key: ['customers', 'every', archived],
  ask: async (signal) => {
    const all: CustomerRow[] = []
    for (let after: string | null = null; ; ) {
      const { items, next }: CustomerList = await page({ archived }, after, signal)
      all.push(...items)
      after = next
      if (after === null) return all
    }
  },
  watch: { kinds: ['customers'] },
})

export const oneCustomer = (customerId: string): Question<Customer> => ({
  key: ['customer', customerId],
  ask: (signal) => json<Customer>(`/customers/${segment(customerId)}`, { signal }),
  watch: { kinds: ['customers', 'tenants'], customerId },
})

export const addCustomer = (body: CustomerInput): Promise<Customer> => json<Customer>('/customers', { method: 'POST', body })

export const changeCustomer = (customerId: string, body: CustomerPatch): Promise<Customer> =>
  json<Customer>(`/customers/${segment(customerId)}`, { method: 'PATCH', body })
