// Makes actors: the one place where (tenant, person), proven by a token or a signed activity, becomes somebody with a role.
// What cannot be known is denied.
import { AppError } from '../errors.ts'
import type { Actor, Role } from './model.ts'
import { roleSchema } from './model.ts'
import type { Audience } from '../mail/rows.ts'
import type { Store } from '../database/database.ts'

const strongestFirst: readonly Role[] = ['admin', 'member', 'viewer']
/** Roles in chat come from what sync read; older than this they are not believed. */
const rolesMaxAgeMilliseconds = 10 * 60_000

export interface ActorOptions {
  readonly store: Store
  readonly homeTenantId: string
  readonly now: () => Date
}

/** The strongest of some role names, in any case; null when none is Outpost's. */
export function strongestRole(names: readonly string[]): Role | null {
  const roles = names.flatMap((name) => roleSchema.safeParse(name.toLowerCase()).data ?? [])
  return strongestFirst.find((role) => roles.includes(role)) ?? null
}

async function make({ store, homeTenantId }: ActorOptions, tenantId: string, userId: string, role: Role | null): Promise<Actor> {
  if (tenantId !== homeTenantId || role === null) throw new AppError('noRole')
  const account = await store.accounts.get(tenantId, userId)
  return { tenantId, userId, role, addresses: account?.addresses ?? [] }
}

/** See Query.actorOfToken. */
export function actorOfToken(options: ActorOptions, tenantId: string, userId: string, roles: readonly string[]): Promise<Actor> {
  return make(options, tenantId, userId, strongestRole(roles))
}

/** See Query.actorOfActivity. */
export async function actorOfActivity(options: ActorOptions, tenantId: string, userId: string): Promise<Actor> {
  if (tenantId !== options.homeTenantId) throw new AppError('noRole')
  const { units, appRoleHolders } = options.store
  const [[unit], roles] = await Promise.all([units.ofStream([tenantId], 'appRoles'), appRoleHolders.rolesOf(tenantId, userId)])
  const age = unit?.lastSuccessAt ? options.now().getTime() - unit.lastSuccessAt.getTime() : Number.POSITIVE_INFINITY
  if (age > rolesMaxAgeMilliseconds) throw new AppError('rolesUnknown')
  return make(options, tenantId, userId, strongestRole(roles))
}

/**
 * Who sees which mail, in one place: administrators all matched mail; members and viewers mail in which an address of their
 * own takes part, and what lies in their own mailbox (a group or a blind copy brought it there).
 */
export function audienceOf(actor: Actor): Audience {
  return actor.role === 'admin' ? 'all' : [...actor.addresses, actor.userId]
}

/** Who may know the blind copies of a mail: administrators, and the person in whose mailbox the copy lies that names them. */
export const mayKnowBcc = (actor: Actor, copy: { readonly mailboxId: string }): boolean => actor.role === 'admin' || actor.userId === copy.mailboxId

/** @throws AppError `forbidden` unless the actor has one of these roles */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (!roles.includes(actor.role)) throw new AppError('forbidden')
}
