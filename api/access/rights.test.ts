// Who hears of a change that names nobody: whoever may look at what changed.
import { describe, expect, it } from 'vitest'
import { changeSchema, type Change } from '../changes/model.ts'
import { roleSchema, type Role } from './model.ts'
import { hearingOf } from './rights.ts'

const everybody: Role[] = ['admin', 'member', 'viewer']
const hears: Record<Change['kind'], Role[]> = {
  messages: ['admin'], meetings: ['admin'], posture: everybody, licences: everybody, customers: everybody, tenants: ['admin'], channels: ['admin'],
}
const listening = (role: Role) => hearingOf({ tenantId: 't', userId: 'u', role, addresses: [] }, (key) => key)

describe('A change that names nobody', () => {
  it.each(changeSchema.shape.kind.options)('of %s is heard by those who may look at it', (kind) => {
    expect(roleSchema.options.filter((role) => listening(role)({ kind, audience: null }))).toEqual(hears[kind])
  })

  it('of a kind that nobody has given a right to is no change by its type, and is not heard where a later release tells of one', () => {
    // @ts-expect-error a kind has a right
    const told: Parameters<ReturnType<typeof hearingOf>>[0] = { kind: 'tickets', audience: null }
    expect(listening('viewer')(told)).toBe(false)
  })
})
