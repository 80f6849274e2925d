import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { isWeak } from './masterKey.ts'

it.each([
  ['zeros', Buffer.alloc(32)],
  ['one byte', Buffer.alloc(32, 0xff)],
  ['a word over and over', Buffer.alloc(32, 'outpost')],
  ['sixteen bytes twice', Buffer.concat([Buffer.from('00f1e2d3c4b5a69788796a5b4c3d2e1f', 'hex'), Buffer.from('00f1e2d3c4b5a69788796a5b4c3d2e1f', 'hex')])],
  ['counting', Buffer.from(Array.from({ length: 32 }, (_, at) => at))],
  ['counting down', Buffer.from(Array.from({ length: 32 }, (_, at) => 255 - at))],
  ['a sentence', Buffer.from('correct horse battery staple 12!')],
])('%s is no key', (_what, key) => {
  expect(key).toHaveLength(32)
  expect(isWeak(key)).toBe(true)
})

it('what is drawn is one', () => {
  for (let i = 0; i < 2_000; i++) expect(isWeak(randomBytes(32))).toBe(false)
})
