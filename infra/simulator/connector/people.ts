// The people of the team, as the bot knows them.
import { Refusal } from '../http.ts'
import type { Simulation } from '../simulation.ts'
import { findUser, type User } from '../world/accounts.ts'
import { seeded } from '../world/random.ts'

/** The id that the bot knows a person by, and the id of their chat with it. */
export function peopleIds(sim: Simulation, user: User): { mri: string; conversationId: string } {
  const random = seeded(sim.seed, 'teams', user.id)
  return { mri: `29:1${random.token(60)}`, conversationId: `a:1${random.token(60)}` }
}

/** The person with that Teams id, object id or conversation. */
export function personOf(sim: Simulation, id: string): User | undefined {
  for (const user of sim.world.msp.users.values()) {
    if (user.id === id) return user
    const ids = peopleIds(sim, user)
    if (ids.mri === id || ids.conversationId === id) return user
  }
  return undefined
}

/** A person of the MSP; throws Refusal 404 when there is none. */
export function person(sim: Simulation, upn: unknown): User {
  const user = typeof upn === 'string' ? findUser(sim.world.msp, upn) : undefined
  if (!user) throw new Refusal(404, 'There is no such person in the MSP.')
  return user
}

/** Somebody from elsewhere who was invited to the team. */
export const guest = (sim: Simulation, name: string): Record<string, unknown> => ({ id: `29:1${seeded(sim.seed, 'guest', name).token(60)}`, name })

/** The members of the team, as the connector lists them (bots/how-to/get-teams-context). */
export function teamMembers(sim: Simulation): Record<string, unknown>[] {
  const { msp } = sim.world
  const own = [...msp.users.values()].filter(({ jobTitle, accountEnabled }) => jobTitle !== null && accountEnabled)
  return [
    ...own.map((user) => ({
      id: peopleIds(sim, user).mri, name: user.displayName, objectId: user.id, userPrincipalName: user.userPrincipalName, tenantId: msp.id, userRole: 'user',
    })),
    ...sim.teams.guests.map((name) => ({ ...guest(sim, name), tenantId: msp.id, userRole: 'guest' })),
  ]
}
