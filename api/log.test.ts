// There is no way to log an address, a subject or a token by accident.
import { expect, it } from 'vitest'
import { id } from './log.ts'

it.each(['kim@contoso.com', 'Offer for Q1', 'x'.repeat(201), 'Kim <kim@contoso.com>', 'line\nbreak', 'grüße'])('%s is not let in', (text) => {
  expect(id(text)).toBe('redacted')
})

it.each(['11111111-1111-4111-8111-111111111111', 'sync.done', 'secretExpired', '-', '/api/v1/customers/:id'])('%s is an identifier', (text) => {
  expect(id(text)).toBe(text)
})
