import { expect, test } from 'vitest'
import { suggestedDomains } from './suggestedDomains.ts'

test('offers verified domains of customers that nobody has yet', () => {
  const tenants = [
    { kind: 'msp' as const, verifiedDomains: ['litware.com', 'litware.onmicrosoft.com'] },
    { kind: 'customer' as const, verifiedDomains: ['fabrikam.com', 'contoso.de', 'contoso.com', 'contoso.onmicrosoft.com', 'litware.com'] },
  ]
  expect(suggestedDomains(tenants, [{ domains: ['fabrikam.com'] }])).toEqual(['contoso.com', 'contoso.de'])
  expect(suggestedDomains([], [])).toEqual([])
})
