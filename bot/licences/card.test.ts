import { describe, expect, it } from 'vitest'
import type { Licences } from '../../api/licences/model.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, contoso, evil, freshnessOf, many, neitherNoneNorZero, says } from '../testing/cards.fixture.ts'
import { licencesCard } from './card.ts'

const sku = { tenantId: 't', skuId: 's', partNumber: 'SPE_E3', name: 'Microsoft 365 E3', bought: 25, used: 20, free: 5, warning: 0, suspended: 0, state: 'ok' } as const
const licences = (items: Licences['items'] = [sku], more = {}): Licences => ({ customerId: 'c1', items, freshness: [freshnessOf('licences', more)] })

lintCards({
  licences: licencesCard({ customer: evil, licences: licences(many(30, () => ({ ...sku, name: hostile, free: -2, warning: 3, suspended: 1 }))), errors: true, assumed: null }, context),
  noLicences: licencesCard({ customer: evil, licences: licences([]), errors: false, assumed: null }, context),
})

describe('licences', () => {
  it('seats bought, used, free; warnings first and in words', () => {
    const card = licencesCard({ customer: contoso, licences: licences([sku, { ...sku, name: 'Visio', bought: 2, used: 4, free: -2, warning: 1, suspended: 3 }]), errors: true, assumed: null }, context)
    says(card, '2 licences, 1 with a warning.', '20 of 25 used · 5 free', '4 of 2 used · none free', '2 seats more assigned than bought, 3 seats suspended, 1 seat runs out unless renewed.', 'customer%2Fc1%2Flicences')
    const text = JSON.stringify(card)
    expect(text.indexOf('Visio')).toBeLessThan(text.indexOf('Microsoft 365 E3'))
  })
  it('none is not the same as not read', () => {
    says(licencesCard({ customer: contoso, licences: licences([]), errors: true, assumed: null }, context), 'This customer has no licences.')
    says(licencesCard({ customer: contoso, licences: licences([], { of: 0, current: 0, asOf: null }), errors: true, assumed: null }, context), 'they have not been read')
  })
})

neitherNoneNorZero((more) => ({ licences: licencesCard({ customer: contoso, licences: licences([], more), errors: true, assumed: null }, context) }))
