// Accounts of a tenant.
import { ChangeLog } from './changes.ts'
import type { Random } from './random.ts'
import { registration, type Registration } from './registrations.ts'

export interface User {
  id: string; userPrincipalName: string
  displayName: string
  mail: string | null; proxyAddresses: string[]
  accountEnabled: boolean
  userType: 'Member' | 'Guest'
  jobTitle: string | null
  registration: Registration | null
  /** Ids of the SKUs that are assigned. */
  licences: string[]
}

/** Of a tenant: its accounts by id, and what delta queries tell of them. */
export interface Accounts { users: Map<string, User>; userLog: ChangeLog }

export interface NewUser {
  upn: string; name: string; job?: string
  mail?: string | null; aliases?: string[]
  enabled?: boolean; guest?: boolean; registration?: Registration | null
}

/** Adds an account to the tenant and to its change log. */
export function addUser(tenant: Accounts, random: Random, at: number, user: NewUser): User {
  const mail = user.mail === undefined ? user.upn : user.mail
  const made: User = {
    id: random.guid(), userPrincipalName: user.upn, displayName: user.name, mail, proxyAddresses: mail === null ? [] : [`SMTP:${mail}`, ...(user.aliases ?? [])],
    accountEnabled: user.enabled ?? true, userType: user.guest ? 'Guest' : 'Member', jobTitle: user.job ?? null,
    registration: user.registration === undefined ? registration([], at) : user.registration, licences: [],
  }
  tenant.users.set(made.id, made)
  tenant.userLog.record(made.id)
  return made
}

/** An account by object id or, in any case, by user principal name. */
export function findUser(tenant: Accounts, idOrUpn: string): User | undefined {
  const byId = tenant.users.get(idOrUpn.toLowerCase())
  if (byId) return byId
  const upn = idOrUpn.toLowerCase()
  for (const user of tenant.users.values()) if (user.userPrincipalName.toLowerCase() === upn) return user
  return undefined
}
