// Tokens of people, as Teams hands them to a tab.
import { Refusal } from '../http.ts'
import { lifetime, sign } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import { findUser } from '../world/accounts.ts'
import type { AppRole, Tenant, World } from '../world/model.ts'
import { LOGIN } from './entra.ts'

const TEAMS_WEB_CLIENT = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'

/** App roles that Entra puts into a person's token: own assignments and those of groups in which the person is a direct member. */
function appRolesOf(world: World, userId: string): AppRole[] {
  const holds = world.outpost.assignments.filter((a) => a.principalId === userId || world.msp.groups.get(a.principalId)?.members.includes(userId))
  return [...new Set(holds.map((a) => a.role))]
}

/** The token that Teams hands to a tab for this person of the MSP (tab-sso-code), or a faulty one. @param seconds how long it is good for */
export function ssoToken(sim: Simulation, upn: string, { fault, seconds }: { fault?: string | undefined; seconds?: number } = {}): Promise<string> {
  const { msp, bot, tenants } = sim.world
  const user = findUser(msp, upn)
  if (!user) throw new Refusal(404, 'There is no such person in the MSP.')
  const tenantId = fault === 'tenant' ? (tenants[1] as Tenant).id : msp.id
  const roles = appRolesOf(sim.world, user.id)
  return sign({
    aud: fault === 'audience' ? bot.clientId : msp.app.clientId,
    iss: fault === 'issuer' ? `https://sts.windows.net/${tenantId}/` : `${LOGIN}/${tenantId}/v2.0`,
    ...lifetime(seconds, fault === 'expired'),
    scp: fault === 'scope' ? 'User.Read' : 'access_as_user',
    azp: TEAMS_WEB_CLIENT, oid: user.id, tid: tenantId, preferred_username: user.userPrincipalName, name: user.displayName, ver: '2.0',
    ...(roles.length > 0 ? { roles } : {}),
  }, sim.keys.entra, fault === 'signature' ? sim.keys.rogue : sim.keys.entra)
}
