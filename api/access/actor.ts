// Makes actors: the one place where (tenant, person), proven by a token or a signed activity, becomes somebody with a role.
// What cannot be known is denied.
import { AppError } from '../errors.ts'
import { roleSchema, type Actor, type Role } from './model.ts'

const strongestFirst: readonly Role[] = ['admin', 'member', 'viewer']
/** Roles in chat come from what sync read; older than this they are not believed. */
const rolesMaxAgeMilliseconds = 10 * 60_000

/** What the directory of the home tenant says of people, as sync read it. */
export interface People {
  /** Lower-case addresses of a person; empty when it is not known. */
  addressesOf(tenantId: string, userId: string): Promise<readonly string[]>
  /** Outpost's roles that a person holds, and when they were last read; null: never. */
  rolesOf(tenantId: string, userId: string): Promise<{ readonly roles: readonly string[]; readonly readAt: Date | null }>
}

export interface ActorOptions {
  readonly people: People
  readonly homeTenantId: string
  readonly now: () => Date
}

/** The strongest of some role names, in any case; null when none is Outpost's. */
export function strongestRole(names: readonly string[]): Role | null {
  const roles = names.flatMap((name) => roleSchema.safeParse(name.toLowerCase()).data ?? [])
  return strongestFirst.find((role) => roles.includes(role)) ?? null
}

async function make({ people, homeTenantId }: ActorOptions, tenantId: string, userId: string, role: Role | null): Promise<Actor> {
  if (tenantId !== homeTenantId || role === null) throw new AppError('noRole')
  return { tenantId, userId, role, addresses: await people.addressesOf(tenantId, userId) }
}

/**
 * The person behind a verified sign-in token.
 * @param roles the token's `roles` claim
 * @throws AppError `noRole`
 */
export const actorOfToken = (options: ActorOptions, tenantId: string, userId: string, roles: readonly string[]): Promise<Actor> =>
  make(options, tenantId, userId, strongestRole(roles))

/** A round that read the roles may have begun a little before it was noted, and a role that was just given may not show yet. */
const readingMilliseconds = 60_000

/**
 * Whether somebody has lost the role that their token proved, by the directory as it was read since the token was made. As long as it
 * has not been, the token counts.
 * @param issuedAt when the token was made
 */
export async function hasLostRole({ people }: ActorOptions, { tenantId, userId, role }: Actor, issuedAt: Date): Promise<boolean> {
  const { roles, readAt } = await people.rolesOf(tenantId, userId)
  if (readAt === null || readAt.getTime() - readingMilliseconds < issuedAt.getTime()) return false
  const today = strongestRole(roles)
  return today === null || strongestFirst.indexOf(today) > strongestFirst.indexOf(role)
}

/**
 * The person behind a signed activity, by object id: role from the app-role assignments that sync read at most 10 minutes ago,
 * addresses from the directory.
 * @throws AppError `noRole` (also for another tenant), `rolesUnknown`, `rolesNeverRead` before the home tenant is connected
 */
export async function actorOfActivity(options: ActorOptions, tenantId: string, userId: string): Promise<Actor> {
  if (tenantId !== options.homeTenantId) throw new AppError('noRole')
  const { roles, readAt } = await options.people.rolesOf(tenantId, userId)
  if (readAt === null) throw new AppError('rolesNeverRead')
  if (options.now().getTime() - readAt.getTime() > rolesMaxAgeMilliseconds) throw new AppError('rolesUnknown')
  return make(options, tenantId, userId, strongestRole(roles))
}
