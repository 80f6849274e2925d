// Domains of a customer: which can be one, and in which form they are kept. And what is read of a customer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../../api/customers/model.ts'
import { connectTenants } from '../../scripts/house.ts'
import { openHouse, type Answer, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
  await connectTenants(house.origin)
})
afterAll(() => house?.close())

describe('domains of a customer', () => {
  const create = (domains: string[]) => {
    const answer = house.as('Admin', 'POST', '/customers', { name: `Customer ${Math.random()}`, domains })
    return answer as Promise<Answer<{ domains: string[]; error: { message: string } }>>
  }

  it.each([
    ['gmail.com', /mail service that anybody can use/],
    ['outlook.com', /mail service that anybody can use/],
    ['onmicrosoft.com', /anybody can/],
    ['co.uk', /public suffix/],
    ['com', /is not a domain/],
    ['kim@wingtip.example', /is not a domain/],
    ['https://wingtip.example', /is not a domain/],
    ['proseware.com', /your own tenant/],
    ['mail.proseware.com', /your own tenant/],
    ['contoso.com', /already belongs to Contoso/],
    ['CONTOSO.com.', /already belongs to Contoso/],
  ])('%s is refused with a reason', async (domain, reason) => {
    const { status, body } = await create([domain])
    expect(status).toBe(400)
    expect(body.error.message).toMatch(reason)
  })

  it('are kept in one form', async () => {
    const { body } = await create(['Wingtip.EXAMPLE', 'wingtip.example.', 'wingtip-münchen.example'])
    expect(body.domains).toEqual(['wingtip.example', 'xn--wingtip-mnchen-osb.example'])
  })
})

it('an archived customer says that nothing of it is read', async () => {
  const { id, sources } = await house.customer('Contoso')
  expect(sources).toHaveLength(2)
  await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: true })
  expect(await house.get<Customer>(`/customers/${id}`)).toMatchObject({ archived: true, sources: [] })
})
