// Directory roles: who holds one, for the whole tenant or in other ways.
import type { Accounts, User } from './accounts.ts'
import type { Applications } from './applications.ts'
import type { Group, Groups } from './groups.ts'
import type { Random } from './random.ts'

const DAY = 86_400_000

/** Template ids of directory roles are the same in every tenant (Entra: permissions-reference). */
export const ROLE_TEMPLATES: Record<string, string> = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  'Exchange Administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'Teams Administrator': '69091246-20e8-4a56-aa4d-066075b2a7a8',
  'Directory Writers': '9360feb5-f418-4baa-8175-e2a00bac4301',
}

/** An activated role with its direct members for the whole tenant: accounts, groups and service principals. */
export interface DirectoryRole { id: string; templateId: string; name: string; members: string[] }
/** A role held in another way: within an administrative unit, of the tenant's own making, or by eligibility. */
export interface Grant { roleId: string; principalId: string; scope: string; from: number; to: number | null }
/** Somebody who can become a member of a group through PIM for Groups. */
export interface Joinable { groupId: string; principalId: string; from: number }

/** Of a tenant: active grants beside the members of `roles`, and those that must be activated first. */
export interface Roles {
  roles: DirectoryRole[]; customRole: { id: string; name: string } | null
  granted: Grant[]; eligible: Grant[]
  joinable: Joinable[]
}

/** The activated role of that name; activates it when it is the first time. */
export function roleOf(tenant: Roles, random: Random, name: string): DirectoryRole {
  const templateId = ROLE_TEMPLATES[name]
  if (templateId === undefined) throw new Error(`unknown role ${name}`)
  let role = tenant.roles.find((r) => r.templateId === templateId)
  if (!role) tenant.roles.push((role = { id: random.guid(), templateId, name, members: [] }))
  return role
}

/**
 * Adds roles that are held in other ways to a customer's tenant with accounts that it has already: nothing else of the world depends on them. Labelled roles
 * go to accounts that are capable of MFA, so that a tenant without findings stays one.
 */
export function furtherRoles(tenant: Accounts & Groups & Applications & Roles, random: Random, start: number): void {
  const capable = [...tenant.users.values()].filter((u) => u.accountEnabled && u.registration?.capable === true)
  const people = capable.filter((u) => u.jobTitle !== null && !u.jobTitle.includes('Manag'))
  const [helper, eligible, printer, joining] = people as [User, User, User, User]
  const guest = [...tenant.users.values()].find((u) => u.userType === 'Guest') as User
  const partner = capable.find((u) => u.userType === 'Guest') as User
  const branch = `/administrativeUnits/${random.guid()}`
  const grant = (roleId: string, { id }: { id: string }, scope = '/', to: number | null = null): Grant => (
    { roleId, principalId: id, scope, from: start - 60 * DAY, to })
  const template = (name: string): string => ROLE_TEMPLATES[name] as string

  const connector = { id: random.guid(), appId: random.guid(), name: 'HR Connector' }
  tenant.servicePrincipals.set(connector.id, connector)
  roleOf(tenant, random, 'Directory Writers').members.push(connector.id)
  // Holds its role through the group, where v1.0 does not list it.
  const alarm = { id: random.guid(), appId: random.guid(), name: 'Alarm Collector' }
  tenant.servicePrincipals.set(alarm.id, alarm)
  const team = [...tenant.groups.values()].find((g) => g.roleAssignable) as Group
  team.members.push(alarm.id)
  tenant.joinable.push({ groupId: team.id, principalId: joining.id, from: start - 30 * DAY })
  // A guest's role for the whole tenant has not Microsoft's label; the labelled one of another ends at the branch.
  roleOf(tenant, random, 'Teams Administrator').members.push(guest.id)
  tenant.customRole = { id: random.guid(), name: 'Printer keeper' }
  tenant.granted.push(grant(template('Helpdesk Administrator'), helper, branch), grant(template('User Administrator'), partner, branch))
  tenant.granted.push(grant(tenant.customRole.id, printer))
  tenant.eligible.push(grant(template('Global Administrator'), eligible, '/', start + 180 * DAY))
}
