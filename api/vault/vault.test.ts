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

it('opens with an older key what that has sealed, and seals with the newest', () => {
  const newer = randomBytes(32)
  const before = openVault(key).seal('t', 'open-sesame')
  const vault = openVault(newer, [key])
  expect([vault.open('t', before), vault.isNewest(before)]).toEqual(['open-sesame', false])
  const after = vault.seal('t', 'open-sesame')
  expect(vault.isNewest(after)).toBe(true)
  expect([openVault(newer).opens('t', after), openVault(key).opens('t', after), openVault(newer).opens('t', before)]).toEqual([true, false, false])
})

it('opens what a release has sealed that did not name its key, with whichever fits', () => {
  const { v, nonce, data, tag } = openVault(key).seal('t', 'open-sesame')
  const unnamed = { v, nonce, data, tag }
  expect(openVault(randomBytes(32), [key]).open('t', unnamed)).toBe('open-sesame')
  expect(openVault(key).isNewest(unnamed)).toBe(false)
  expect(openVault(randomBytes(32)).opens('t', unnamed)).toBe(false)
})

it('names a key without telling it', () => {
  const { key: name } = openVault(key).seal('t', 'x')
  expect(name).toMatch(/^[0-9a-f]{16}$/)
  expect(key.toString('hex')).not.toContain(name)
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
