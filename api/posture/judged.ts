// What is known of a customer's accounts, joined from the evidence. Pure.
import type { AccountDoc } from '../accounts/rows.ts'
import type { RegistrationDoc } from '../registrations/rows.ts'
import { labelOf } from '../roles/privileged.ts'
import type { RoleMemberDoc } from '../roles/rows.ts'
import type { FindingDoc } from './findingRows.ts'
import type { AccountRow, CheckId, Coverage, MfaAnswer, PrivilegedAccount, RoleHeld } from './model.ts'

/** What a reader must know of a stream to trust what is missing from it. */
export interface StreamState {
  readonly lastSuccessAt: Date | null
  readonly lastError: { readonly code: string; readonly message: string } | null
}

export interface Evidence {
  readonly accounts: readonly AccountDoc[]
  readonly registrations: readonly RegistrationDoc[]
  /** Active and, where they are known, eligible ones. */
  readonly roleMembers: readonly RoleMemberDoc[]
  /** State of the `mfa` and `roles` streams, by tenant id. */
  readonly mfa: ReadonlyMap<string, StreamState>
  readonly roles: ReadonlyMap<string, StreamState>
}

/** An account with its privileged roles and its MFA answer. */
export interface JudgedAccount {
  readonly account: AccountDoc
  readonly roles: readonly RoleHeld[]
  readonly mfa: MfaAnswer
  readonly readAt: Date | null
}

/** A rule of posture, about the accounts of a customer. */
export interface Check {
  readonly id: CheckId
  /**
   * Opens a finding for each account that fails, and resolves those that no longer do. What is unknown changes nothing: a failed
   * or missing read neither opens nor resolves.
   * @param before its findings so far
   * @param isRead whether accounts and roles of a tenant have been read; if not, that somebody or a role is missing says nothing
   */
  judge(customerId: string, judged: readonly JudgedAccount[], before: readonly FindingDoc[], isRead: (tenantId: string) => boolean, now: Date): Result
}

export interface Result {
  /** Findings that are new or changed. */
  readonly findings: FindingDoc[]
  readonly failing: number
  /** The population, and the accounts of open findings about which nothing can be read at the moment. */
  readonly of: number
  readonly unknown: number
  readonly state: 'none' | 'open' | 'resolved'
}

/**
 * Whether an account is able to do MFA: Microsoft's `isMfaCapable` (a strong method registered and allowed by policy).
 * No row in the report, or no report, is unknown: never yes, never no.
 */
export function mfaAnswer(registration: RegistrationDoc | undefined, stream: StreamState | undefined): MfaAnswer {
  if (registration !== undefined) {
    const methods = registration.methods
    if (registration.source === 'unreadable') return { capable: 'unknown', reason: 'Microsoft fails to answer about this account alone. Outpost asks again with each round.', methods }
    if (registration.source === 'methods') {
      const reason = registration.capable === true ? 'It has a method that counts as MFA. Read from the account itself, because the tenant has no report; whether policy allows the method is not known.' : 'It has no method that counts as MFA. Read from the account itself, because the tenant has no report.'
      return { capable: registration.capable === true ? 'yes' : 'no', reason, methods }
    }
    if (registration.capable === true) return { capable: 'yes', reason: 'A method that counts as MFA is registered and allowed.', methods }
    if (registration.capable === false) {
      const reason = registration.registered === true ? 'A method is registered, but policy does not allow it.' : 'No method that counts as MFA is registered.'
      return { capable: 'no', reason, methods }
    }
    return { capable: 'unknown', reason: 'Microsoft’s report has a row for this account, but does not say.', methods }
  }
  const reason =
    stream?.lastSuccessAt == null
      ? (stream?.lastError?.message ?? 'The registration report has not been read yet.')
      : stream.lastError === null
        ? 'Microsoft’s registration report has no row for this account.'
        : `Microsoft’s registration report had no row for this account when it was last read. ${stream.lastError.message}`
  return { capable: 'unknown', reason, methods: [] }
}

function held(member: RoleMemberDoc): RoleHeld | null {
  const listed = labelOf(member.roleTemplateId)
  return listed === null ? null : { ...listed, assignment: member.assignment, via: member.viaGroup, scope: member.scope }
}

/** Roles on our two lists, by tenant and member. */
function rolesByMember(members: readonly RoleMemberDoc[]): Map<string, RoleHeld[]> {
  const roles = new Map<string, RoleHeld[]>()
  for (const member of members) {
    const role = held(member)
    const key = memberKey(member)
    if (role !== null) roles.set(key, [...(roles.get(key) ?? []), role])
  }
  return roles
}

/** Joins accounts with their registration and the roles they hold, directly or through a group, active or eligible. */
export function judgeAccounts(evidence: Evidence): JudgedAccount[] {
  const registrations = new Map(evidence.registrations.map((row) => [row._id, row]))
  const roles = rolesByMember(evidence.roleMembers)
  return evidence.accounts.map((account) => {
    const registration = registrations.get(account._id)
    return {
      account,
      roles: sorted(roles.get(account._id) ?? []),
      mfa: mfaAnswer(registration, evidence.mfa.get(account.tenantId)),
      readAt: registration?.readAt ?? null,
    }
  })
}

/** Enabled members: the population of MFA coverage. Unlicensed ones are in; guests and disabled accounts stand outside. */
export const enabledMembers = (judged: readonly JudgedAccount[]): JudgedAccount[] =>
  judged.filter(({ account }) => account.enabled && !account.guest)

const sorted = (roles: RoleHeld[]): RoleHeld[] => [...roles].sort((a, b) => b.label.localeCompare(a.label) || a.name.localeCompare(b.name))

const isPrivileged = (roles: readonly RoleHeld[]): boolean => roles.some(({ label }) => label === 'privileged')

/** Enabled accounts that hold a role that Microsoft labels privileged, active or eligible, guests included. */
export const privilegedHolders = (judged: readonly JudgedAccount[]): JudgedAccount[] =>
  judged.filter(({ account, roles }) => account.enabled && isPrivileged(roles))

/** n of N with the unknown ones apart. */
export function coverageOf(population: readonly JudgedAccount[]): Coverage {
  const count = (answer: MfaAnswer['capable']) => population.filter(({ mfa }) => mfa.capable === answer).length
  const times = population.flatMap(({ readAt }) => (readAt === null ? [] : [readAt.getTime()]))
  return {
    capable: count('yes'),
    notCapable: count('no'),
    unknown: count('unknown'),
    of: population.length,
    asOf: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
  }
}

const notCapableFirst = { no: 0, unknown: 1, yes: 2 }

/**
 * The accounts behind the coverage: not capable first, then unknown, then capable; within each privileged ones first, then by name.
 * @param roles state of the `roles` streams: where they were never read, that an account holds none is unknown
 */
export function memberList(judged: readonly JudgedAccount[], roles: Evidence['roles']): AccountRow[] {
  const rolesRead = (tenantId: string) => roles.get(tenantId)?.lastSuccessAt != null
  const privilegedFirst = ({ privileged }: AccountRow) => (privileged === true ? 0 : privileged === null ? 1 : 2)
  return enabledMembers(judged)
    .map(({ account, roles: held, mfa }) => ({
      id: account.accountId,
      tenantId: account.tenantId,
      displayName: account.displayName,
      userPrincipalName: account.userPrincipalName,
      privileged: isPrivileged(held) || (rolesRead(account.tenantId) ? false : null),
      mfa,
    }))
    .sort(
      (a, b) =>
        notCapableFirst[a.mfa.capable] - notCapableFirst[b.mfa.capable] ||
        privilegedFirst(a) - privilegedFirst(b) ||
        a.displayName.localeCompare(b.displayName) ||
        a.id.localeCompare(b.id),
    )
}

/** Everybody who holds a role on either list, disabled accounts and service principals too: not capable first. */
export function privilegedList(judged: readonly JudgedAccount[], members: readonly RoleMemberDoc[]): PrivilegedAccount[] {
  const accounts = judged
    .filter(({ roles }) => roles.length > 0)
    .map(({ account, roles, mfa }): PrivilegedAccount => ({
      id: account.accountId,
      tenantId: account.tenantId,
      displayName: account.displayName,
      userPrincipalName: account.userPrincipalName,
      enabled: account.enabled,
      kind: account.guest ? 'guest' : 'member',
      roles: [...roles],
      mfa,
    }))
    .sort((a, b) => notCapableFirst[a.mfa!.capable] - notCapableFirst[b.mfa!.capable] || a.displayName.localeCompare(b.displayName))
  const known = new Set(judged.map(({ account }) => account._id))
  return [...accounts, ...holdersWithoutAccount(members.filter((member) => !known.has(memberKey(member))))]
}

const memberKey = ({ tenantId, memberId }: RoleMemberDoc): string => `${tenantId}|${memberId}`

/**
 * Service principals, to which MFA does not apply, and whoever is no account that is known: a role can outlive its holder, and roles
 * can be read before accounts. That they hold a role is worth knowing all the same.
 */
function holdersWithoutAccount(members: readonly RoleMemberDoc[]): PrivilegedAccount[] {
  const others = members.filter(({ memberKind }) => memberKind !== 'group')
  const holders = new Map(others.map((member) => [memberKey(member), member]))
  return [...rolesByMember(others)].map(([key, held]) => {
    const { memberId, tenantId, memberKind, memberName } = holders.get(key)!
    const isApp = memberKind === 'servicePrincipal'
    return {
      id: memberId, tenantId, displayName: isApp ? (memberName ?? '') : 'Unknown holder', userPrincipalName: '', enabled: true, kind: isApp ? ('servicePrincipal' as const) : ('unknown' as const),
      roles: sorted(held),
      mfa: isApp ? null : { capable: 'unknown' as const, reason: 'Who this is was not read: it was deleted, or its account has not been read yet.', methods: [] },
    }
  })
}
