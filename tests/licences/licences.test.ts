// Licences: seats as Microsoft counts them, and names for people.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Holder, HolderList, Licences } from '../../api/licences/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ graph: 'proxied' })
})
afterAll(() => house?.close())

const id = async (name: string) => (await house.customer(name)).id

/** Page by page. */
async function holders(customerId: string, limit = 100): Promise<Holder[]> {
  const all: Holder[] = []
  for (let after = ''; ; ) {
    const page = await house.get<HolderList>(`/customers/${customerId}/licences/holders?limit=${limit}&after=${encodeURIComponent(after)}`, 'Viewer')
    all.push(...page.items)
    expect([page.of, page.found]).toEqual([page.found, page.of])
    if (page.next === null) break
    after = page.next
  }
  return all
}

describe('licences', () => {
  it.each(['Contoso', 'Fabrikam', 'Tailspin Toys'])('of %s: seats add up, and holders are counted as Microsoft counts them', async (name) => {
    const customerId = await id(name)
    const { items } = await house.get<Licences>(`/customers/${customerId}/licences`, 'Viewer')
    const accounts = await holders(customerId)
    expect(items.length).toBeGreaterThan(2)
    for (const sku of items) {
      expect(sku.free).toBe(sku.bought - sku.used)
      expect(accounts.filter((account) => account.licences.includes(sku.name)).length).toBe(sku.used)
    }
  })

  it('come with who holds them by name, page by page, and those that a search finds', async () => {
    const customerId = await id('Contoso')
    const [all, small] = [await holders(customerId), await holders(customerId, 3)]
    expect(all.length).toBeGreaterThan(6)
    expect(small).toEqual(all)
    expect(all.map(({ displayName }) => displayName)).toEqual(all.map(({ displayName }) => displayName).sort((a, b) => a.localeCompare(b)))
    const [first] = all
    const page = await house.get<HolderList>(`/customers/${customerId}/licences/holders?search=${encodeURIComponent(first!.displayName.toUpperCase())}`)
    expect(page.items.map((one) => one.id)).toContain(first!.id)
    expect([page.found, page.of]).toEqual([page.items.length, all.length])
    expect((await house.as('Admin', 'GET', `/customers/${customerId}/licences/holders?after=nobody`)).status).toBe(400)
  })

  it('are named, or shown by part number; suspended, overused and unknown ones are said as such', async () => {
    const all = (await Promise.all(['Contoso', 'Fabrikam', 'Tailspin Toys'].map(async (name) => house.get<Licences>(`/customers/${await id(name)}/licences`)))).flatMap(({ items }) => items)
    expect(all).toContainEqual(expect.objectContaining({ partNumber: 'SPE_E3', name: 'Microsoft 365 E3' }))
    expect(all.some((sku) => sku.name === sku.partNumber)).toBe(true)
    expect(all).toContainEqual(expect.objectContaining({ partNumber: 'O365_BUSINESS_PREMIUM', state: 'suspended', bought: 0, suspended: 4 }))
    expect(all).toContainEqual(expect.objectContaining({ partNumber: 'EXCHANGESTANDARD', state: 'warning', bought: 3, warning: 3 }))
    expect(all).toContainEqual(expect.objectContaining({ partNumber: 'SPE_E3', state: 'overused' }))
  })
})

describe('licences that are hard to name', () => {
  it('have a name for people when they are no longer bought, and without Teams; never an id', async () => {
    const path = `/customers/${await id('Contoso')}/licences`
    const before = await house.get<Licences>(path)
    const heldBefore = await holders(await id('Contoso'))
    const held = before.items.find(({ partNumber }) => partNumber === 'SPB')!
    const end = house.graph().change((answer) => {
      if (!answer.path.includes('/subscribedSkus')) return
      const skus = answer.body.value as { skuId: string; skuPartNumber: string }[]
      answer.body.value = [...skus.filter(({ skuId }) => skuId !== held.skuId), { ...skus[0], skuId: '7d3c1f58-9a40-4c0e-8b2f-5a6e1d90c4b8', skuPartNumber: 'Microsoft_365_Business_Premium_(no Teams)' }]
    })
    await house.synced('licences')
    const { items } = await house.get<Licences>(path)
    const accounts = await holders(await id('Contoso'))
    end()
    expect(items.map(({ name }) => name)).toContain('Microsoft 365 Business Premium (no Teams)')
    expect(items.map(({ skuId }) => skuId)).not.toContain(held.skuId)
    expect(accounts).toEqual(heldBefore)
    expect(JSON.stringify(accounts.map(({ licences }) => licences))).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    await house.synced('licences')
    expect((await house.get<Licences>(path)).items).toEqual(before.items)
  })
})
