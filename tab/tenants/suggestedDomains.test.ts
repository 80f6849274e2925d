import { expect, test } from 'vitest'
import { domainsIn, suggestedDomains } from './suggestedDomains.ts'

test('offers verified domains of customers that nobody has yet', () => {
  const tenants = [
    { kind: 'msp' as const, verifiedDomains: ['litware.com', 'litware.onmicrosoft.com'] },
    { kind: 'customer' as const, verifiedDomains: ['fabrikam.com', 'contoso.de', 'contoso.com', 'contoso.onmicrosoft.com', 'litware.com'] },
  ]
  expect(suggestedDomains(tenants, [{ domains: ['fabrikam.com'] }])).toEqual(['contoso.com', 'contoso.de'])
  expect(suggestedDomains([], [])).toEqual([])
})

test('domains may be typed in any way', () => {
  expect(domainsIn(' contoso.com, contoso.de;contoso.fr\ncontoso.com ')).toEqual(['contoso.com', 'contoso.de', 'contoso.fr'])
  expect(domainsIn('')).toEqual([])
})
