// What Outpost reads in a tenant, the application permission that each needs, and what it costs to go without. docs/permissions.md
// says the same; a test holds them together.
import type { Feature, Tenant } from './model.ts'
import type { Subject } from '../graph/resource.ts'

type Kind = Tenant['kind']

export interface FeatureRow {
  /** For people. */
  readonly name: string
  /** The permission to ask for. */
  readonly permission: string
  /** Any of these serves as well. */
  readonly orElse: readonly string[]
  /** What is read with it, for people. */
  readonly read: string
  /** What it costs to go without, for people. */
  readonly without: string
  /** Where it is read; `required` is what a tenant cannot be connected without. */
  readonly kinds: Readonly<Partial<Record<Kind, 'required' | 'optional'>>>
  /** What of Graph is refused without it. */
  readonly subjects: readonly Subject[]
}

const everywhere = (need: 'required' | 'optional') => ({ msp: need, customer: need })

/** In the order in which people read them. */
export const features: readonly FeatureRow[] = [
  {
    name: 'Accounts, roles and licences',
    permission: 'Directory.Read.All',
    orElse: [],
    read: 'organisation, domains, accounts with their addresses, directory roles and their members, licences, the expiry of Outpost’s own secret, who holds a role in Outpost',
    without: 'nothing of the tenant can be read',
    kinds: everywhere('required'),
    subjects: ['organization', 'accounts', 'user', 'group', 'role', 'licences', 'application'],
  },
  {
    name: 'Mail',
    permission: 'Mail.Read',
    orElse: [],
    read: 'mail of the listed mailboxes',
    without: 'there is no mail',
    kinds: { msp: 'required' },
    subjects: ['mail', 'folder'],
  },
  {
    name: 'Meetings',
    permission: 'Calendars.Read',
    orElse: [],
    read: 'meetings of the listed mailboxes',
    without: 'there are no meetings',
    kinds: { msp: 'required' },
    subjects: ['calendar'],
  },
  {
    name: 'MFA registration',
    permission: 'AuditLog.Read.All',
    orElse: [],
    read: 'MFA registration details',
    without: 'it stays unknown who can do multi-factor authentication',
    kinds: everywhere('optional'),
    subjects: ['report'],
  },
  {
    name: 'MFA without Entra ID P1',
    permission: 'UserAuthenticationMethod.Read.All',
    orElse: [],
    read: 'method types of privileged accounts where the registration report is not available',
    without: 'in a tenant without Entra ID P1 it stays unknown which privileged accounts can do multi-factor authentication',
    kinds: everywhere('optional'),
    subjects: ['methods'],
  },
  {
    name: 'Roles through PIM',
    permission: 'RoleManagement.Read.Directory',
    orElse: ['RoleEligibilitySchedule.Read.Directory'],
    read: 'roles that can be activated through PIM',
    without: 'roles that can be activated through PIM stay unknown',
    kinds: everywhere('optional'),
    subjects: ['eligibility'],
  },
  {
    name: 'Groups through PIM',
    permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    orElse: [],
    read: 'who can become a member of a group with a role (PIM for Groups)',
    without: 'who can become a member of a group with a role (PIM for Groups) stays unknown',
    kinds: everywhere('optional'),
    subjects: ['groupEligibility'],
  },
]

const told = ({ name, permission, read, without }: FeatureRow) => ({ name, permission, read, without })
const isGranted = ({ permission, orElse }: FeatureRow, granted: readonly string[]) => [permission, ...orElse].some((name) => granted.includes(name))

/**
 * What Outpost would read in a tenant, with whether it may.
 * @param granted permissions in the tenant's token, and those that a probe has shown to work
 */
export function featuresOf(kind: Kind, granted: readonly string[]): Feature[] {
  return features.flatMap((row) => {
    const need = row.kinds[kind]
    return need === undefined ? [] : [{ ...told(row), required: need === 'required', granted: isGranted(row, granted) }]
  })
}

/** The permission that a call about this needs, and whether Outpost can do without; null where none is known. */
export function permissionFor(subject: Subject): { permission: string; optional: boolean; without: string } | null {
  const row = features.find(({ subjects }) => subjects.includes(subject))
  // Optional in one kind of tenant is optional in the other too.
  return row === undefined ? null : { permission: row.permission, optional: row.kinds.msp === 'optional', without: row.without }
}
