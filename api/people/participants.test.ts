// Whose an address is: a table of real-life addresses, and a property over invented ones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressCases, book } from './addresses.fixture.ts'
import { customerOf, makeDomainBook } from './participants.ts'

describe('customerOf: whose is an address', () => {
  it.each(addressCases)('%s → %s (%s)', (address, expected) => {
    expect(customerOf(address, book)?.customerId ?? null).toBe(expected)
  })

  it('an address at the longest matching domain belongs to that customer', () => {
    const nested = makeDomainBook([
      { _id: 'group', domains: ['contoso.com'], filterRevision: 0 },
      { _id: 'branch', domains: ['eu.contoso.com'], filterRevision: 0 },
    ], [])
    expect(customerOf('a@eu.contoso.com', nested)?.customerId).toBe('branch')
    expect(customerOf('a@x.eu.contoso.com', nested)?.customerId).toBe('branch')
    expect(customerOf('a@us.contoso.com', nested)?.customerId).toBe('group')
  })

  it('what lies below a customer’s domain matches, what only ends like it does not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,8}$/), (prefix) => {
        expect(customerOf(`a@${prefix}.contoso.com`, book)?.customerId).toBe('contoso')
        expect(customerOf(`a@${prefix}contoso.com`, book)).toBeNull()
        expect(customerOf(`a@contoso.com.${prefix}.example`, book)).toBeNull()
      }),
    )
  })
})

it('the version of the book changes with domains, own domains and revisions, and with nothing else', () => {
  const version = (domains: string[], filterRevision: number, own: string[]) => makeDomainBook([{ _id: 'c', domains, filterRevision }], own).version
  const first = version(['contoso.com'], 0, ['proseware.com'])
  expect(version(['contoso.com'], 0, ['proseware.com', 'proseware.com'])).toBe(first)
  expect(new Set([first, version(['contoso.com'], 1, ['proseware.com']), version(['fabrikam.com'], 0, ['proseware.com']), version(['contoso.com'], 0, [])]).size).toBe(4)
})
