import { expect, test } from 'vitest'
import type { PrivilegedAccount, RoleHeld } from '../../api/posture/model.ts'
import { holdingWords, kindWords, privilegedWords, withLabel } from './roleWords.ts'

const plain: RoleHeld = { name: 'Global Administrator', label: 'privileged', assignment: 'active', via: null, scope: 'tenant' }

test('how a role is held is said only where it is special', () => {
  expect(holdingWords(plain)).toBe('')
  expect(holdingWords({ ...plain, assignment: 'eligible', via: 'Helpdesk', scope: 'limited' })).toBe('can be activated through PIM · through group Helpdesk · limited scope')
})

test('guests, service principals and disabled accounts are marked', () => {
  expect(kindWords({ kind: 'member', enabled: true })).toBe('')
  expect(kindWords({ kind: 'guest', enabled: false })).toBe('guest, disabled')
  expect(kindWords({ kind: 'servicePrincipal', enabled: true })).toBe('service principal')
})

test('roles that were not read are unknown, not unprivileged', () => {
  expect([true, null, false].map(privilegedWords)).toEqual(['privileged', 'roles unknown', ''])
})

test('an account with roles of both kinds stands in both groups', () => {
  const account: PrivilegedAccount = { id: '1', tenantId: 't', displayName: 'Ann', userPrincipalName: 'ann@contoso.com', enabled: true, kind: 'member', mfa: null, roles: [plain, { ...plain, name: 'Teams Administrator', label: 'highImpact' }] }
  expect(withLabel([account], 'privileged').map(({ roles }) => roles.map(({ name }) => name))).toEqual([['Global Administrator']])
  expect(withLabel([account], 'highImpact').map(({ roles }) => roles.map(({ name }) => name))).toEqual([['Teams Administrator']])
  expect(withLabel([{ ...account, roles: [plain] }], 'highImpact')).toEqual([])
})
