// The words of the simulated Microsoft 365: a tenant, put together of its parts, and what is there beside the tenants.
import type { Accounts } from './accounts.ts'
import type { App, Applications } from './applications.ts'
import type { Groups } from './groups.ts'
import type { Licences } from './licences.ts'
import type { Mailboxes } from './mail/mailbox.ts'
import type { Policies } from './policies.ts'
import type { Roles } from './roles.ts'

export interface Customer { name: string; aliases: string[]; domains: string[] }

/** Each part stands in the file of its subject. */
export interface Tenant extends Accounts, Applications, Groups, Licences, Mailboxes, Policies, Roles {
  id: string; name: string; kind: 'msp' | 'customer'
  /** Verified domains; the first is the default one. */
  domains: string[]
  customer: Customer | null
}

export type AppRole = 'Admin' | 'Member' | 'Viewer'
export interface AppRoleAssignment { id: string; role: AppRole; principalId: string; principalType: 'User' | 'Group' }

export interface World {
  start: number
  tenants: Tenant[]; msp: Tenant; bot: App
  /** Outpost in the MSP's tenant: its service principal, the ids of its app roles, and who holds them. */
  outpost: { servicePrincipalId: string; roleIds: Record<AppRole, string>; assignments: AppRoleAssignment[] }
  personas: { userId: string; role: AppRole | null }[]
  team: { id: string; name: string; groupId: string; channelId: string; channelName: string }
}
