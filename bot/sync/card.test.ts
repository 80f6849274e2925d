import { describe, expect, it } from 'vitest'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, evil, freshnessOf, many, neitherNoneNorZero, never, says } from '../testing/cards.fixture.ts'
import { syncCard } from './card.ts'

lintCards({
  sync: syncCard({ tenants: many(30, () => ({ name: hostile, streams: many(9, () => ({ ...freshnessOf('mail'), lastError: { code: 'x', message: hostile, at: '2026-11-20T13:00:00Z' } })) })), errors: true, admin: true, customer: null, assumed: null }, context),
  syncOfCustomer: syncCard({ tenants: [{ name: hostile, streams: [freshnessOf('mail')] }], errors: false, admin: false, customer: evil, assumed: 'customer' }, context),
  noSync: syncCard({ tenants: [], errors: true, admin: false, customer: null, assumed: null }, context),
})

describe('sync', () => {
  it('sync: what was not read, its error in a private chat alone', () => {
    const tenants = [{ name: 'MSP', streams: [freshnessOf('mail'), freshnessOf('roles', { current: 3, lastError: null })] }]
    says(syncCard({ tenants, errors: true, admin: true, customer: null, assumed: null }, context), 'MSP', '1 of 2 kinds of data read at the last try', '2 of 3 mailboxes', 'robin@msp.example', 'admin')
    never(syncCard({ tenants, errors: false, admin: false, customer: null, assumed: null }, context), 'robin@')
  })
  it('sync: the worst tenants first, so that none that is not read hides behind those that are', () => {
    const well = many(12, (index) => ({ name: `Well ${String(index)}`, streams: [freshnessOf('mail', { current: 3 })] }))
    const ill = [{ name: 'Ill', streams: [freshnessOf('mail'), freshnessOf('mfa', { current: 3 })] }, { name: 'Worse', streams: [freshnessOf('mail'), freshnessOf('mfa')] }]
    const card = syncCard({ tenants: [...well, ...ill], errors: true, admin: true, customer: null, assumed: null }, context)
    expect(JSON.stringify(card)).toMatch(/Worse.*Ill.*Well 0.*Well 5/)
    says(card, 'The worst 8 of 14 tenants.')
  })
})

neitherNoneNorZero((more) => ({ sync: syncCard({ tenants: [{ name: 'Proseware', streams: [freshnessOf('mail', more)] }], errors: true, admin: true, customer: null, assumed: null }, context) }))
