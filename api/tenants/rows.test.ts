// The sealed secret of a tenant is read where it is needed, and nowhere else.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '../database/database.fixture.ts'
import { Tenants, type SealedTenantDoc } from './rows.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('no reading of tenants carries it, but the one that is asked for it', async () => {
  const tenants = test.db(Tenants)
  const of = (id: string, customerId: string | null): SealedTenantDoc => ({
    _id: id, name: id, customerId, clientId: 'c', secret: { nonce: 'n', cipher: 's', tag: 't' } as never, mailboxes: [], verifiedDomains: ['proseware.com'],
    connectedAt: new Date(), secretExpiresAt: null, revision: 1,
  })
  await tenants.insert(of('own', null))
  await tenants.insert(of('customers', 'contoso'))
  const read = [...(await tenants.all()), ...(await tenants.own()), ...(await tenants.ofCustomer('contoso')), await tenants.get('own')]
  expect(read).toHaveLength(5)
  for (const one of read) expect(Object.keys(one!).sort()).toEqual(['_id', 'clientId', 'connectedAt', 'customerId', 'mailboxes', 'name', 'revision', 'secretExpiresAt', 'verifiedDomains'])
  expect(await tenants.getSealed('own')).toHaveProperty('secret')
})
