// Accounts as Graph gives them: whole, as a change that names a part, and as nobody would expect them.
import type { User } from '@microsoft/microsoft-graph-types'
import { describe, expect, it } from 'vitest'
import type { Graph } from '../graph/graph.ts'
import type { Changed } from '../graph/page.ts'
import { completeAccounts } from './graph.ts'
import { accountDoc } from './stream.ts'

const whole = {
  id: 'k', displayName: 'Kim Kettle', userPrincipalName: 'kim@contoso.com', mail: 'kim.kettle@contoso.com', proxyAddresses: ['SMTP:kim.kettle@contoso.com', 'x500:/o=x'],
  accountEnabled: false, userType: 'Guest', assignedLicenses: [{ skuId: 's1' }],
} satisfies Changed<User>
const stored = accountDoc('t', whole, undefined, 1)
/** What Graph says, whatever its types promise. */
const odd = (item: object) => item as Changed<User>

describe('an item of a delta', () => {
  it.each(Object.keys(whole).filter((name) => name !== 'id' && !['userPrincipalName', 'mail', 'proxyAddresses'].includes(name)))('that says only %s leaves everything else as it is stored', (name) => {
    const item = odd({ id: 'k', [name]: whole[name as keyof typeof whole] })
    expect(accountDoc('t', item, stored, 2)).toEqual({ ...stored, reading: 2 })
  })

  it('that says nothing changes nothing: neither enabled nor guest nor licences', () => {
    expect(accountDoc('t', odd({ id: 'k' }), stored, 2)).toEqual({ ...stored, reading: 2 })
    expect(stored).toMatchObject({ enabled: false, guest: true, licences: ['s1'], addresses: ['kim@contoso.com', 'kim.kettle@contoso.com'] })
  })

  it('that says null takes away what was stored', () => {
    const item = odd({ id: 'k', displayName: null, assignedLicenses: null, userType: null })
    expect(accountDoc('t', item, stored, 2)).toMatchObject({ displayName: '', licences: [], guest: false, enabled: false })
  })

  it('that names a new address replaces all addresses by those of the whole account', () => {
    const item = { ...whole, userPrincipalName: 'kim@fabrikam.com', mail: null, proxyAddresses: ['smtp:kim@contoso.com'] }
    expect(accountDoc('t', item, stored, 2)).toMatchObject({ addresses: ['kim@fabrikam.com', 'kim@contoso.com'], domains: ['fabrikam.com'] })
  })
})

describe('odd values', () => {
  it.each([
    ['no UPN', { userPrincipalName: null }, { userPrincipalName: '', domains: [], addresses: ['kim.kettle@contoso.com'] }],
    ['no proxy addresses', { proxyAddresses: null }, { addresses: ['kim@contoso.com', 'kim.kettle@contoso.com'] }],
    ['a proxy address that is no string', { proxyAddresses: [null, 7, 'smtp:k@contoso.com'] }, { addresses: ['kim@contoso.com', 'kim.kettle@contoso.com', 'k@contoso.com'] }],
    ['a list that is none', { proxyAddresses: 'smtp:k@contoso.com', assignedLicenses: {} }, { licences: [], addresses: ['kim@contoso.com', 'kim.kettle@contoso.com'] }],
    ['a licence that is none', { assignedLicenses: [null, {}, { skuId: 3 }, { skuId: 's2' }] }, { licences: ['s2'] }],
    ['a name that is a number', { displayName: 12, mail: 5 }, { displayName: '', addresses: ['kim@contoso.com', 'kim.kettle@contoso.com'] }],
  ])('%s makes an account all the same', (_, change, expected) => {
    expect(accountDoc('t', odd({ ...whole, ...change }), undefined, 1)).toMatchObject({ accountId: 'k', ...expected })
  })
})

describe('what is asked for once more', () => {
  async function askedOf(items: object[], known: string[]) {
    const asked: string[] = []
    const batch = (requests: { path: string }[]) => {
      asked.push(...requests.map(({ path }) => /\/users\/(\w+)/.exec(path)![1]!))
      return Promise.resolve(requests.map(() => ({ ok: true as const, body: whole })))
    }
    await completeAccounts({ batch } as unknown as Graph, items as Changed<User>[], new Set(known))
    return asked
  }

  it('is nothing of an account that is stored, unless only a part of its addresses is named', async () => {
    const items = [{ id: 'a' }, { id: 'b', accountEnabled: true }, { id: 'c', mail: null }, { id: 'd', userPrincipalName: 'x@y.z' }, { ...whole, id: 'e' }]
    expect(await askedOf(items, ['a', 'b', 'c', 'd', 'e'])).toEqual(['c', 'd'])
  })

  it('is the whole of a new account that lacks what every account has', async () => {
    expect(await askedOf([whole, { ...whole, id: 'n', accountEnabled: undefined }, { ...whole, id: 'p', proxyAddresses: undefined }], [])).toEqual(['n'])
  })
})
