import { expect, it } from 'vitest'
import { connectionPatchSchema } from './model.ts'

const many = (count: number) => Array.from({ length: count }, (_, number) => `technician${String(number)}@proseware.com`)

it.each([
  ['mailboxes', { mailboxes: many(301) }],
  ['mailboxes as a text', { mailboxes: many(301).join(',') }],
  ['an address without an end', { mailboxes: [`${'a'.repeat(400)}@proseware.com`] }],
])('%s: no more than a tenant can have', (_, patch) => expect(connectionPatchSchema.safeParse(patch).success).toBe(false))

it('as many as it can have', () => expect(connectionPatchSchema.safeParse({ mailboxes: many(300), mailboxesBefore: many(300) }).success).toBe(true))
