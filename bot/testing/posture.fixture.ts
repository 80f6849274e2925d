// For tests: accounts with roles, and a customer's posture.
import type { AccountList, AccountRow, Posture, PrivilegedAccount } from '../../api/posture/model.ts'
import { hostile } from './cardLint.fixture.ts'
import { freshnessOf, many } from './cards.fixture.ts'

export const account = (more: Partial<PrivilegedAccount> = {}): PrivilegedAccount => ({
  id: 'a1', tenantId: 't', displayName: 'Robin Sample', userPrincipalName: 'robin@contoso.com', enabled: true, kind: 'member', mfa: { capable: 'no', reason: '', methods: [] },
  roles: [{ name: 'Global Administrator', label: 'privileged', assignment: 'active', via: null, scope: 'tenant' }], ...more,
})
const helper = account({ id: 'a2', displayName: 'Kim Kettle', mfa: { capable: 'unknown', reason: '', methods: [] }, roles: [{ name: 'Exchange Administrator', label: 'highImpact', assignment: 'eligible', via: 'Mail people', scope: 'limited' }] })
const app = account({ id: 'a3', displayName: 'Backup app', kind: 'servicePrincipal', mfa: null })
export const posture = (more: Partial<Posture> = {}): Posture => ({
  customerId: 'c1', tenants: 1, mfaUnknown: null, privilegedMfaUnknown: null, mfa: { capable: 7, notCapable: 2, unknown: 1, of: 10, asOf: '2026-11-20T10:00:00Z' }, privilegedMfa: { capable: 1, notCapable: 2, unknown: 0, of: 3, asOf: '2026-11-20T09:00:00Z' },
  outside: { guests: 1, disabled: 4 }, privilegedAccounts: [account(), helper, app], eligibility: 'known', eligibilityReason: null, securityDefaults: [], findings: [], freshness: [freshnessOf('mfa')], ...more,
})
export const lacking = (of: number, more: Partial<AccountRow> = {}): AccountList => ({
  items: many(Math.min(of, 10), (index) => ({
    id: String(index), tenantId: 't', displayName: `Lacking ${String(index)}`, userPrincipalName: 'l@contoso.com', privileged: index === 0,
    mfa: { capable: 'no', reason: '', methods: [] }, ...more,
  })),
  of, next: null,
})
export const guest = account({ id: 'a4', displayName: 'Gale Guest', kind: 'guest' })
export const noPim = { eligibility: 'unknown', eligibilityReason: 'The permission RoleEligibilitySchedule.Read.Directory is missing.' } as const
export const manyAccounts = many(30, (index) => account({ id: String(index), displayName: `${hostile} ${String(index)}`, roles: many(6, () => ({ ...account().roles[0]!, name: hostile, via: hostile })) }))
