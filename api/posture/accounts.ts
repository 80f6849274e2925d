// What is known of a customer's accounts, joined from the evidence. Pure.
import type { Coverage, MfaAnswer, PrivilegedAccount } from '../model/posture.ts'
import type { AccountDoc, RegistrationDoc, RoleMemberDoc } from '../model/evidence.ts'
import { privilegedRoleName } from './privilegedRoles.ts'

/** What a reader must know of a stream to trust what is missing from it. */
export interface StreamState {
  readonly lastSuccessAt: Date | null
  readonly lastError: { readonly message: string } | null
}

export interface Evidence {
  readonly accounts: readonly AccountDoc[]
  readonly registrations: readonly RegistrationDoc[]
  readonly roleMembers: readonly RoleMemberDoc[]
  /** State of the `mfa` and `roles` streams, by tenant id. */
  readonly mfa: ReadonlyMap<string, StreamState>
  readonly roles: ReadonlyMap<string, StreamState>
}

/** An account with its privileged roles and its MFA answer. */
export interface JudgedAccount {
  readonly account: AccountDoc
  readonly roles: readonly string[]
  readonly mfa: MfaAnswer
  readonly readAt: Date | null
}

/**
 * Whether an account is able to do MFA: Microsoft's `isMfaCapable` (a strong method registered and allowed by policy).
 * No row in the report, or no report, is unknown: never yes, never no.
 */
export function mfaAnswer(registration: RegistrationDoc | undefined, stream: StreamState | undefined): MfaAnswer {
  if (registration !== undefined) {
    const methods = registration.methods
    if (registration.capable === true) return { capable: 'yes', reason: 'A method that counts as MFA is registered and allowed.', methods }
    if (registration.capable === false) {
      const reason = registration.registered === true ? 'A method is registered, but policy does not allow it.' : 'No method that counts as MFA is registered.'
      return { capable: 'no', reason, methods }
    }
    return { capable: 'unknown', reason: 'Microsoft’s report has a row for this account, but does not say.', methods }
  }
  const reason =
    stream?.lastSuccessAt != null
      ? 'Microsoft’s registration report has no row for this account.'
      : (stream?.lastError?.message ?? 'The registration report has not been read yet.')
  return { capable: 'unknown', reason, methods: [] }
}

/** Joins accounts with their registration and their privileged roles. Direct members of roles only. */
export function judgeAccounts(evidence: Evidence): JudgedAccount[] {
  const registrations = new Map(evidence.registrations.map((row) => [row._id, row]))
  const roles = new Map<string, string[]>()
  for (const member of evidence.roleMembers) {
    const name = privilegedRoleName(member.roleTemplateId)
    if (name === null) continue
    const key = `${member.tenantId}|${member.memberId}`
    roles.set(key, [...(roles.get(key) ?? []), name])
  }
  return evidence.accounts.map((account) => {
    const registration = registrations.get(account._id)
    return {
      account,
      roles: (roles.get(account._id) ?? []).sort(),
      mfa: mfaAnswer(registration, evidence.mfa.get(account.tenantId)),
      readAt: registration?.readAt ?? null,
    }
  })
}

/** Enabled members: the population of MFA coverage. Unlicensed ones are in; guests and disabled accounts stand outside. */
export const enabledMembers = (judged: readonly JudgedAccount[]): JudgedAccount[] =>
  judged.filter(({ account }) => account.enabled && !account.guest)

/** Enabled accounts that hold a privileged role, guests included. */
export const privilegedHolders = (judged: readonly JudgedAccount[]): JudgedAccount[] =>
  judged.filter(({ account, roles }) => account.enabled && roles.length > 0)

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

/** Every account with a privileged role, disabled ones too, as the list of privileged accounts shows them: not capable first. */
export function privilegedList(judged: readonly JudgedAccount[]): PrivilegedAccount[] {
  const order = { no: 0, unknown: 1, yes: 2 }
  return judged
    .filter(({ roles }) => roles.length > 0)
    .map(({ account, roles, mfa }) => ({
      id: account.accountId,
      tenantId: account.tenantId,
      displayName: account.displayName,
      userPrincipalName: account.userPrincipalName,
      enabled: account.enabled,
      kind: account.guest ? ('guest' as const) : ('member' as const),
      roles: [...roles],
      mfa,
    }))
    .sort((a, b) => order[a.mfa.capable] - order[b.mfa.capable] || a.displayName.localeCompare(b.displayName))
}
