import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { pauseAfter, unitsOf } from './schedule.ts'

it('does as Microsoft asks', () => {
  expect(pauseAfter(new AppError('throttled', { retryAfterSeconds: 17 }), 9, 120, 0)).toBe(17)
})

it('doubles from two seconds to five minutes, spread by chance', () => {
  const pauses = [1, 2, 3, 8, 50].map((attempts) => pauseAfter(new AppError('serviceUnavailable'), attempts, 120, 0.5))
  expect(pauses).toEqual([2, 4, 8, 256, 300])
})

it('does not hammer where a person has to act', () => {
  expect(pauseAfter(new AppError('secretExpired'), 1, 5, 0)).toBe(30)
})

it('reads mailboxes of the list alone, and app roles of the home tenant alone', () => {
  const streams = (tenant: Parameters<typeof unitsOf>[0]) => unitsOf(tenant, 'home').map((unit) => unit._id)
  expect(streams({ _id: 'home', customerId: null, mailboxes: ['a@proseware.com'] })).toEqual([
    'home|organization', 'home|accounts', 'home|mfa', 'home|roles', 'home|eligibility', 'home|licences', 'home|appRoles', 'home|mail|a@proseware.com',
    'home|calendar|a@proseware.com',
  ])
  expect(streams({ _id: 'other', customerId: 'c', mailboxes: [] })).toEqual([
    'other|organization', 'other|accounts', 'other|mfa', 'other|roles', 'other|eligibility', 'other|licences',
  ])
})
