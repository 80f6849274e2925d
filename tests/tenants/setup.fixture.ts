// Connecting the tenants of a tiny house, in which a test may change what Graph answers.
import { afterAll, beforeAll } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { openHouse, type Answer, type House } from '../house/house.fixture.ts'

export interface Simulated {
  tenantId: string
  name: string
  kind: 'msp' | 'customer'
  clientId: string
  clientSecret: string
  clientSecretId: string
  mailboxes: string[]
}
/** Of the file that is running. */
export let house: House
export let msp: Simulated
export let customer: Simulated

/** Opens the house before the tests of the file that calls this, and closes it after them. */
export function useSetup(): void {
  beforeAll(async () => {
    house = await openHouse({ world: 'tiny', graph: 'proxied' })
    const tenants = await house.simulator<Simulated[]>('GET', '/tenants')
    msp = tenants.find((tenant) => tenant.kind === 'msp')!
    customer = tenants.find((tenant) => tenant.kind === 'customer')!
  })
  afterAll(() => house?.close())
}

export type Tested = Answer<{ message?: string; error: { code: string; message: string; problems?: { field: string; message: string }[] } }>
export const test = (change: object = {}) => {
  const { tenantId, clientId, clientSecret, mailboxes } = msp
  return house.as('Admin', 'POST', '/tenants/test', { tenantId, clientId, clientSecret, mailboxes, ...change }) as Promise<Tested>
}
export const ofCustomer = async () => {
  const { tenantId, clientId, clientSecret } = customer
  return { tenantId, clientId, clientSecret, customerId: (await house.customer(customer.name)).id, mailboxes: [] }
}
export const tenants = async () => (await house.get<TenantList>('/tenants')).items
export const tenant = async () => (await tenants()).find((one) => one.id === msp.tenantId)!
