import { describe, expect, it } from 'vitest'
import { licenceName } from './names.ts'
import { products } from './products.ts'

const nobodys = '7d3c1f58-9a40-4c0e-8b2f-5a6e1d90c4b7'

describe('a licence', () => {
  it.each([
    ['a known product', '05e9a617-0261-4cee-bb44-138d3ef5d965', 'SPE_E3', 'Microsoft 365 E3'],
    ['a known product that is no longer bought', 'CBDC14AB-d96c-4c30-b9f4-6ada7cdc1d46', null, 'Microsoft 365 Business Premium'],
    ['a variant without Teams', '00e1ec7b-e4a3-40d1-9441-b69b597ab222', 'Microsoft_365_Business_Premium_(no Teams)', 'Microsoft 365 Business Premium (no Teams)'],
    ['the same by its part number alone, as Microsoft also spells it', nobodys, 'Microsoft_365_ Business_ Premium_(no Teams)', 'Microsoft 365 Business Premium (no Teams)'],
    ['a part number whose name says nothing', nobodys, 'Office_365_w/o_Teams_Bundle_Business_Premium', 'Microsoft 365 Business Premium EEA (no Teams)'],
    ['a new product whose part number spells its name', nobodys, 'Microsoft_Teams_Rooms_Hologram_(no_Teams)', 'Microsoft Teams Rooms Hologram (no Teams)'],
    ['a product that nobody has heard of', nobodys, 'HOLOGRAM_SUITE_BETA', 'HOLOGRAM_SUITE_BETA'],
    ['the same, no longer bought', nobodys, null, 'Unknown product'],
    ['no part number', nobodys, '', 'Unknown product'],
  ])('%s', (_, skuId, partNumber, name) => {
    expect(licenceName(skuId, partNumber)).toBe(name)
  })
})

it('the list is whole: an id once, a part number and a name everywhere', () => {
  const ids = products.flatMap(({ skuId }) => (skuId === null ? [] : [skuId]))
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  for (const { partNumber, name } of products) expect([partNumber, name]).not.toContain('')
  for (const { name } of products) expect(name).not.toContain('_')
})
