import { expect, it } from 'vitest'
import { streams } from './subjects.ts'
import { unitsOf } from './sync/stream.ts'

it('reads mailboxes of the list alone, and app roles of the home tenant alone', () => {
  const units = (tenant: { _id: string; customerId: string | null; mailboxes: string[] }) =>
    unitsOf(streams, { clientId: 'c', ...tenant }, 'home').map((unit) => unit._id).filter((id) => /\|(mail|calendar|appRoles)\b/.test(id))
  expect(units({ _id: 'home', customerId: null, mailboxes: ['a@proseware.com'] })).toEqual(['home|mail|a@proseware.com', 'home|calendar|a@proseware.com', 'home|appRoles'])
  expect(units({ _id: 'other', customerId: 'c', mailboxes: [] })).toEqual([])
})
