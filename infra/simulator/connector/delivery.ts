// Activities on their way to the product, signed as the Bot Connector does.
import { BOT_CONNECTOR } from '../entra/entra.ts'
import { parsed } from '../http.ts'
import { lifetime, sign } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import type { Activity } from './conversations.ts'

/** Sends an activity to the product's bot with the connector's signature or a faulty one; 502 when nobody listens. */
export async function sendToBot(sim: Simulation, activity: Activity, fault?: string): Promise<{ status: number; body: unknown }> {
  const { bot } = sim.world
  const token = await sign({
    iss: fault === 'issuer' ? 'https://issuer.example' : BOT_CONNECTOR,
    aud: fault === 'audience' ? sim.world.msp.app.clientId : bot.clientId,
    serviceurl: fault === 'serviceurl' ? 'https://evil.example/' : activity.serviceUrl,
    ...lifetime(3600, fault === 'expired'),
  }, sim.keys.connector, fault === 'signature' ? sim.keys.rogue : sim.keys.connector)
  try {
    const response = await fetch(`${sim.product}/api/messages`, {
      method: 'POST', body: JSON.stringify(activity),
      headers: { 'content-type': 'application/json', ...(fault === 'none' ? {} : { authorization: `Bearer ${token}` }) },
    })
    const text = await response.text()
    return { status: response.status, body: parsed(text) ?? text }
  } catch {
    return { status: 502, body: 'The product cannot be reached.' }
  }
}
