// The check "privileged accounts are MFA capable": when a finding opens, when it resolves, and that unknown does neither.
import { describe, expect, it } from 'vitest'
import type { AccountDoc } from '../../accounts/rows.ts'
import type { RegistrationDoc } from '../../registrations/rows.ts'
import type { RoleMemberDoc } from '../../roles/rows.ts'
import type { FindingDoc } from '../findingRows.ts'
import { coverageOf, enabledMembers, judgeAccounts, memberList, mfaAnswer, privilegedHolders, privilegedList, type Evidence } from '../judged.ts'
import { privilegedAccountsMfaCapable } from './privilegedAccounts.ts'

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
const now = new Date('2026-01-02T03:04:05Z')
const readAt = new Date('2026-01-02T03:00:00Z')

const account = (id: string, change: Partial<AccountDoc> = {}): AccountDoc => ({
  _id: `t|${id}`, tenantId: 't', accountId: id, displayName: id, userPrincipalName: `${id}@contoso.com`, addresses: [], domains: [], enabled: true,
  guest: false, licences: [], reading: 1, ...change,
})
const row = (id: string, capable: boolean | null, registered: boolean | null = capable): RegistrationDoc => ({
  _id: `t|${id}`, tenantId: 't', accountId: id, capable, registered, methods: [], readAt, source: 'report', reading: 1,
})
const member = (id: string, roleTemplateId = globalAdministrator, change: Partial<RoleMemberDoc> = {}): RoleMemberDoc => ({
  _id: `t|${roleTemplateId}|${id}`, tenantId: 't', roleTemplateId, roleName: 'as the tenant calls it', memberId: id, memberKind: 'user', memberName: null,
  assignment: 'active', viaGroup: null, scope: 'tenant', reading: 1, ...change,
})
const read = { lastSuccessAt: readAt, lastError: null }
const evidence = (change: Partial<Evidence>): Evidence => ({
  accounts: [], registrations: [], roleMembers: [], mfa: new Map([['t', read]]), roles: new Map([['t', read]]), ...change,
})
const check = (given: Evidence, before: FindingDoc[] = [], isRead = true) => privilegedAccountsMfaCapable.judge('c', judgeAccounts(given), before, () => isRead, now)
const opened = (id: string): FindingDoc =>
  check(evidence({ accounts: [account(id)], registrations: [row(id, false)], roleMembers: [member(id)] })).findings[0]!

describe('a finding opens', () => {
  it('for an enabled account with a privileged role that is not capable', () => {
    const outcome = check(evidence({ accounts: [account('a'), account('b')], registrations: [row('a', false), row('b', true)], roleMembers: [member('a'), member('b')] }))
    expect(outcome).toMatchObject({ failing: 1, of: 2, unknown: 0, state: 'open' })
    expect(outcome.findings).toMatchObject([{ accountId: 'a', state: 'open', openedAt: now }])
  })

  it.each([
    ['without a privileged role', evidence({ accounts: [account('a')], registrations: [row('a', false)] })],
    ['with a role that Microsoft does not label', evidence({ accounts: [account('a')], registrations: [row('a', false)], roleMembers: [member('a', directoryReaders)] })],
    ['that is disabled', evidence({ accounts: [account('a', { enabled: false })], registrations: [row('a', false)], roleMembers: [member('a')] })],
    ['without a row in the report', evidence({ accounts: [account('a')], roleMembers: [member('a')] })],
    ['whose row does not say', evidence({ accounts: [account('a')], registrations: [row('a', null)], roleMembers: [member('a')] })],
    ['of another tenant with the same id', evidence({ accounts: [account('a', { _id: 'u|a', tenantId: 'u' })], registrations: [row('a', false)], roleMembers: [member('a')] })],
  ])('not for an account %s', (_, given) => {
    expect(check(given)).toMatchObject({ findings: [], state: 'none' })
  })

  it('once: the next judging changes nothing', () => {
    const given = evidence({ accounts: [account('a')], registrations: [row('a', false)], roleMembers: [member('a')] })
    expect(check(given, [opened('a')])).toMatchObject({ findings: [], failing: 1, state: 'open' })
  })

  it('again when the account loses its method', () => {
    const resolved: FindingDoc = { ...opened('a'), state: 'resolved', resolvedAt: readAt }
    const outcome = check(evidence({ accounts: [account('a')], registrations: [row('a', false)], roleMembers: [member('a')] }), [resolved])
    expect(outcome.findings).toMatchObject([{ _id: resolved._id, state: 'open', resolvedAt: null }])
  })
})

describe('a finding resolves', () => {
  it.each([
    ['the account becomes capable', evidence({ accounts: [account('a')], registrations: [row('a', true)], roleMembers: [member('a')] }), /capable/],
    ['it loses the role', evidence({ accounts: [account('a')], registrations: [row('a', false)] }), /no privileged role/],
    ['it is disabled', evidence({ accounts: [account('a', { enabled: false })], registrations: [row('a', false)], roleMembers: [member('a')] }), /disabled/],
    ['it is deleted', evidence({}), /no longer exists/],
  ])('when %s', (_, given, reason) => {
    const outcome = check(given, [opened('a')])
    expect(outcome).toMatchObject({ state: 'resolved', failing: 0, findings: [{ state: 'resolved', resolvedAt: now }] })
    expect(outcome.findings[0]!.reason).toMatch(reason)
  })

  it.each([
    ['its row is missing from the report', evidence({ accounts: [account('a')], roleMembers: [member('a')] }), true],
    ['its row does not say', evidence({ accounts: [account('a')], registrations: [row('a', null)], roleMembers: [member('a')] }), true],
    ['the roles could not be read', evidence({ accounts: [account('a')], registrations: [row('a', false)] }), false],
    ['the accounts could not be read, or the tenant is not connected any more', evidence({}), false],
  ])('not when %s', (_, given, isRead) => {
    expect(check(given, [opened('a')], isRead)).toMatchObject({ findings: [], state: 'open', failing: 1, of: 1 })
  })
})

describe('coverage', () => {
  const given = evidence({
    accounts: [account('yes'), account('no'), account('silent'), account('guest', { guest: true }), account('off', { enabled: false })],
    registrations: [row('yes', true), row('no', false), row('guest', true), row('off', true)],
    roleMembers: [member('no'), member('guest'), member('off')],
  })

  it('counts enabled members; guests and disabled accounts stand outside; no row is unknown and stays inside', () => {
    expect(coverageOf(enabledMembers(judgeAccounts(given)))).toEqual({ capable: 1, notCapable: 1, unknown: 1, of: 3, asOf: readAt.toISOString() })
  })

  it('counts enabled holders of privileged roles, guests included', () => {
    expect(coverageOf(privilegedHolders(judgeAccounts(given)))).toMatchObject({ capable: 1, notCapable: 1, of: 2 })
  })

  it('lists privileged accounts, disabled ones too, not capable first', () => {
    const list = privilegedList(judgeAccounts(given), given.roleMembers)
    expect(list.map(({ id }) => id)).toEqual(['no', 'guest', 'off'])
    expect(list[0]!.roles).toEqual([{ name: 'Global Administrator', label: 'privileged', assignment: 'active', via: null, scope: 'tenant' }])
  })

  it('says how a role is held, keeps the two lists apart, and names service principals, to which MFA does not apply', () => {
    const exchange = '29232cdf-9323-42fd-ade2-1d097af3e4de'
    const members = [
      member('yes', globalAdministrator, { assignment: 'eligible', viaGroup: 'Admins' }), member('no', exchange, { scope: 'limited' }),
      member('app', globalAdministrator, { memberKind: 'servicePrincipal', memberName: 'Backup' }),
    ]
    const list = privilegedList(judgeAccounts({ ...given, roleMembers: members }), members)
    expect(list).toMatchObject([
      { id: 'no', roles: [{ name: 'Exchange Administrator', label: 'highImpact', scope: 'limited' }] },
      { id: 'yes', roles: [{ name: 'Global Administrator', label: 'privileged', assignment: 'eligible', via: 'Admins' }] },
      { id: 'app', displayName: 'Backup', kind: 'servicePrincipal', mfa: null },
    ])
    // high impact alone is not in the privileged coverage
    expect(coverageOf(privilegedHolders(judgeAccounts({ ...given, roleMembers: members })))).toMatchObject({ capable: 1, of: 1 })
  })

  it('lists its accounts: not capable, unknown, capable; within each privileged ones first, then by name', () => {
    const more = [account('ann'), account('zoe'), account('bob', { displayName: 'Ann' }), account('kim')]
    const rows = [row('ann', false), row('zoe', false), row('bob', true), row('kim', true)]
    const accounts = [...given.accounts, ...more]
    const all = { ...given, accounts, registrations: [...given.registrations, ...rows], roleMembers: [member('zoe'), member('kim')] }
    const list = memberList(judgeAccounts(all), all.roles)
    expect(list.map(({ id, privileged, mfa }) => [id, privileged, mfa.capable])).toEqual([
      ['zoe', true, 'no'], ['ann', false, 'no'], ['no', false, 'no'], ['silent', false, 'unknown'],
      ['kim', true, 'yes'], ['bob', false, 'yes'], ['yes', false, 'yes'],
    ])
  })

  it('where roles were never read, that an account holds none is unknown', () => {
    const list = memberList(judgeAccounts(given), new Map([['t', { lastSuccessAt: null, lastError: null }]]))
    expect(list.map(({ id, privileged }) => [id, privileged])).toEqual([['no', true], ['silent', null], ['yes', null]])
    expect(memberList(judgeAccounts(given), new Map()).map(({ privileged }) => privileged)).toEqual([true, null, null])
  })

  it('of nobody is 0 of 0 with no date', () => {
    expect(coverageOf([])).toEqual({ capable: 0, notCapable: 0, unknown: 0, of: 0, asOf: null })
  })
})

describe('the reason of an unknown answer', () => {
  it.each([
    ['the report was never read', undefined, 'The registration report has not been read yet.'],
    ['the report is refused', { lastSuccessAt: null, lastError: { code: 'x', message: 'Consent is missing.' } }, 'Consent is missing.'],
    [
      'the report had no row and cannot be read any more',
      { ...read, lastError: { code: 'x', message: 'Consent is missing.' } },
      'Microsoft’s registration report had no row for this account when it was last read. Consent is missing.',
    ],
    ['the report has no row', read, 'Microsoft’s registration report has no row for this account.'],
  ])('%s', (_, stream, reason) => {
    expect(mfaAnswer(undefined, stream)).toEqual({ capable: 'unknown', reason, methods: [] })
  })

  it('registered but not allowed is named as such', () => {
    expect(mfaAnswer(row('a', false, true), read).reason).toMatch(/policy does not allow/)
  })
})
