// Directory roles in words, apart by whose list they are on.
import type { PrivilegedAccount, RoleHeld } from '../../api/posture/model.ts'

export const labelWords: Record<RoleHeld['label'], string> = {
  privileged: 'Privileged (Microsoft’s label)',
  highImpact: 'High impact (our list)',
}

/** How a role is held: "can be activated through PIM · through group Helpdesk · limited scope"; empty when plainly assigned. */
export function holdingWords({ assignment, via, scope }: RoleHeld): string {
  return [
    ...(assignment === 'eligible' ? ['can be activated through PIM'] : []),
    ...(via === null ? [] : [`through group ${via}`]),
    ...(scope === 'limited' ? ['limited scope'] : []),
  ].join(' · ')
}

/** What an account is, when it is not an enabled member: "guest, disabled". */
export function kindWords({ kind, enabled }: Pick<PrivilegedAccount, 'kind' | 'enabled'>): string {
  return [...(kind === 'guest' ? ['guest'] : []), ...(kind === 'servicePrincipal' ? ['service principal'] : []), ...(kind === 'unknown' ? ['not an account that is known'] : []), ...(enabled ? [] : ['disabled'])].join(', ')
}

/** What is known of an account's roles, for the list of all accounts; empty when none of them is privileged. */
export const privilegedWords = (privileged: boolean | null): string => (privileged === null ? 'roles unknown' : privileged ? 'privileged' : '')

/** Accounts that hold a role with this label, each with those roles alone: who holds both kinds stands in both groups. */
export function withLabel(accounts: readonly PrivilegedAccount[], label: RoleHeld['label']): PrivilegedAccount[] {
  return accounts.map((account) => ({ ...account, roles: account.roles.filter((role) => role.label === label) })).filter(({ roles }) => roles.length > 0)
}

/** The line that stands where roles that can be activated could not be read. */
export const eligibilityWords = (reason: string | null): string => `Roles that can be activated through PIM: unknown${reason === null ? '' : ` — ${reason}`}`
