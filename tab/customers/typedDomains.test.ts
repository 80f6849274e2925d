import { expect, test } from 'vitest'
import { domainsIn } from './typedDomains.ts'

test('domains may be typed in any way', () => {
  expect(domainsIn(' contoso.com, contoso.de;contoso.fr\ncontoso.com ')).toEqual(['contoso.com', 'contoso.de', 'contoso.fr'])
  expect(domainsIn('')).toEqual([])
})
