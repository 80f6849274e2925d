import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openVault } from './vault.ts'

const key = randomBytes(32)

it('gives back what it sealed, for any secret', () => {
  const vault = openVault(key)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (secret, tenant) => vault.open(tenant, vault.seal(tenant, secret)) === secret))
})

it('seals the same secret differently each time, and never as itself', () => {
  const vault = openVault(key)
  const [a, b] = [vault.seal('t', 'open-sesame'), vault.seal('t', 'open-sesame')]
  expect(a.data).not.toBe(b.data)
  expect(Buffer.from(a.data, 'base64').toString('utf8')).not.toContain('sesame')
})

it.each([
  ['another tenant', (sealed: ReturnType<ReturnType<typeof openVault>['seal']>) => openVault(key).open('u', sealed)],
  ['another key', (sealed) => openVault(randomBytes(32)).open('t', sealed)],
  ['altered data', (sealed) => openVault(key).open('t', { ...sealed, data: Buffer.from('altered').toString('base64') })],
  ['a shortened tag', (sealed) => openVault(key).open('t', { ...sealed, tag: sealed.tag.slice(0, 8) })],
] as [string, (sealed: ReturnType<ReturnType<typeof openVault>['seal']>) => string][])('does not open for %s', (_, open) => {
  const sealed = openVault(key).seal('t', 'open-sesame')
  expect(() => open(sealed)).toThrow(/OUTPOST_MASTER_KEY/)
})
