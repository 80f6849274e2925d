// What a trial needs: where everything is, who is there, and what time it is.
import { ssoToken } from '../entra/people.ts'
import { faultOf } from '../faults.ts'
import { Refusal, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'

const SSO_FAULTS = ['signature', 'audience', 'tenant', 'issuer', 'expired', 'scope']

/** Where the product is reached: it may choose its port after the simulator has started, and another one at its next start. */
export function productAt(sim: Simulation, _id: string, { origin }: Body): unknown {
  if (!URL.canParse(String(origin))) throw new Refusal(400, 'origin must be an origin such as http://127.0.0.1:3978.')
  sim.product = new URL(String(origin)).origin
  return {}
}

/** What the product's variables must say (docs/seams.md). */
export function environment({ origin, world: { msp, bot } }: Simulation): unknown {
  return {
    OUTPOST_TENANT_ID: msp.id,
    OUTPOST_CLIENT_ID: msp.app.clientId,
    OUTPOST_BOT_ID: bot.clientId,
    OUTPOST_BOT_SECRET: bot.secret,
    OUTPOST_GRAPH_ORIGIN: origin,
    OUTPOST_ENTRA_ORIGIN: origin,
    OUTPOST_BOT_OPENID_URL: `${origin}/botframework/openidconfiguration`,
    OUTPOST_BOT_SERVICE_ORIGINS: origin,
    OUTPOST_PUBLIC_URL: origin,
  }
}

/** The people of the MSP who play a part, and their role in Outpost. */
export const personas = ({ world: { msp, personas } }: Simulation): unknown => personas.map(({ userId, role }) => {
  const user = msp.users.get(userId)
  return { upn: user?.userPrincipalName, name: user?.displayName, role, tenantId: msp.id, userId }
})

/** A token for one of them. */
export const personToken = async (sim: Simulation, upn: string, body: Body): Promise<unknown> => ({
  token: await ssoToken(sim, upn, { fault: faultOf(body, SSO_FAULTS), seconds: Number(body.seconds ?? 3599) }),
})

/** Moves Microsoft's clock. */
export function moveClock(sim: Simulation, _id: string, body: Body): unknown {
  const by = typeof body.at === 'string' ? Date.parse(body.at) - sim.clock.now() : Number(body.advanceSeconds) * 1000
  if (Number.isNaN(by)) throw new Refusal(400, 'Say advanceSeconds or at.')
  sim.clock.move(by)
  return { now: new Date(sim.clock.now()).toISOString() }
}
