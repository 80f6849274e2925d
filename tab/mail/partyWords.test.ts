import { expect, test } from 'vitest'
import { addressWords, recipientWords, senderWords } from './partyWords.ts'

const party = (name: string | null) => ({ name, address: `${name ?? 'nameless'}@contoso.com`, side: 'customer' as const })

test('an outsider is a domain, and a missing sender is said', () => {
  expect(senderWords({ domain: 'fabrikam.com', side: 'outside' })).toBe('someone at fabrikam.com')
  expect(senderWords(null)).toBe('unknown sender')
  expect(senderWords(party(null))).toBe('nameless@contoso.com')
})

test('two recipients are named, the others are a number', () => {
  const none = { to: [], cc: [], bcc: [], others: 0 }
  expect(recipientWords({ ...none, to: [party('Ann')] })).toBe('to Ann')
  expect(recipientWords({ ...none, to: [party('Ann'), party('Bo')], cc: [party('Cy')], others: 2 })).toBe('to Ann, Bo, +3 others')
  expect(recipientWords({ ...none, others: 1 })).toBe('to 1 other')
  expect(recipientWords(none)).toBe('to nobody named')
})

test('a name cannot turn the address behind it around', () => {
  expect(addressWords({ name: '\u202emoc.osotnoc\u2069', address: 'kim@evil.example' })).toBe('moc.osotnoc <kim@evil.example>')
  expect(addressWords({ name: null, address: '\u202ekim@evil.example' })).toBe('kim@evil.example')
  expect(senderWords(party('\u2067Ann'))).toBe('Ann')
})

test('a domain beyond ASCII is read as people write it, with the raw form beside it', () => {
  expect(senderWords({ domain: 'xn--mller-kva.example', side: 'outside' })).toBe('someone at müller.example (xn--mller-kva.example)')
  expect(addressWords({ name: 'Kim', address: 'kim@xn--mller-kva.example' })).toBe('Kim <kim@müller.example (kim@xn--mller-kva.example)>')
  expect(senderWords({ name: null, address: 'kim@xn--pple-43d.com', side: 'customer' })).toBe('kim@аpple.com (kim@xn--pple-43d.com)')
})
