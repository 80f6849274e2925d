// Roles that are held in other ways than by an account for the whole tenant.
import { roleOf, ROLE_TEMPLATES } from './directory.ts'
import type { Grant, Group, Tenant, User } from './model.ts'
import type { Random } from './random.ts'

const DAY = 86_400_000

/**
 * Adds them to a customer's tenant with accounts that it has already: nothing else of the world depends on them. Labelled roles
 * go to accounts that are capable of MFA, so that a tenant without findings stays one.
 */
export function furtherRoles(tenant: Tenant, random: Random, start: number): void {
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
