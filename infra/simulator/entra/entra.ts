// Microsoft Entra: tokens for applications, and the keys to check them.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { headersOf, takeFault, type Fault } from '../faults.ts'
import { sendJson } from '../http.ts'
import { lifetime, sign } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import type { App } from '../world/applications.ts'
import type { Tenant } from '../world/model.ts'
import { findTenant } from '../world/tenants.ts'

export const GRAPH = 'https://graph.microsoft.com'
export const BOT_CONNECTOR = 'https://api.botframework.com'
export const LOGIN = 'https://login.microsoftonline.com'
const PATH = /^\/([^/]+)\/(oauth2\/v2\.0\/token|discovery\/v2\.0\/keys|v2\.0\/\.well-known\/openid-configuration)$/

/** Entra "Authentication and authorization error codes"; the product should look at the numbers only. */
const ERRORS: Record<number, [status: number, error: string, text: string]> = {
  70003: [400, 'unsupported_grant_type', 'The app requested an unsupported grant type.'],
  70011: [400, 'invalid_scope', "The provided value for the input parameter 'scope' is not valid."],
  90002: [400, 'invalid_request', 'Tenant not found. Check to make sure you have the correct tenant ID.'],
  700016: [400, 'unauthorized_client', 'The application was not found in the directory of the tenant.'],
  7000215: [401, 'invalid_client', 'Invalid client secret provided. Ensure the secret being sent is the client secret value, not its ID.'],
  7000222: [401, 'invalid_client', 'The provided client secret keys are expired.'],
}

/** Answers a request that belongs to Entra; false when it is somebody else's. */
export async function entra(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> {
  const [, name, what = ''] = PATH.exec(path) ?? []
  if (name === undefined) return false
  const tenant = findTenant(sim.world, decodeURIComponent(name))
  if (what.startsWith('oauth2')) await token(sim, req, res, path, tenant)
  else if (what.startsWith('discovery')) sendJson(res, 200, { keys: [sim.keys.entra.jwk] })
  else if (tenant) sendJson(res, 200, openIdConfiguration(sim, tenant))
  else sendError(sim, res, 90002)
  return true
}

function openIdConfiguration(sim: Simulation, tenant: Tenant): Record<string, unknown> {
  const here = `${sim.origin}/${tenant.id}`
  return {
    token_endpoint: `${here}/oauth2/v2.0/token`, authorization_endpoint: `${here}/oauth2/v2.0/authorize`,
    jwks_uri: `${here}/discovery/v2.0/keys`, issuer: `${LOGIN}/${tenant.id}/v2.0`, id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token'], subject_types_supported: ['pairwise'],
  }
}

async function token(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string, tenant: Tenant | undefined): Promise<void> {
  const form = new URLSearchParams(await text(req))
  const fault = await takeFault(sim, `POST ${path}`)
  if (fault?.reset) return void res.destroy()
  if (fault) return sendError(sim, res, Number(/\d+/.exec(fault.code ?? '')?.[0] ?? 90033), fault)
  if (!tenant) return sendError(sim, res, 90002)
  if (form.get('grant_type') !== 'client_credentials') return sendError(sim, res, 70003)
  const { msp, bot } = sim.world
  const app = [tenant.app, ...(tenant === msp ? [bot] : [])].find((a) => a.clientId === form.get('client_id'))
  if (!app) return sendError(sim, res, 700016)
  const resource = [GRAPH, BOT_CONNECTOR].find((r) => `${r}/.default` === form.get('scope'))
  if (resource === undefined) return sendError(sim, res, 70011)
  if (form.get('client_secret') !== app.secret) return sendError(sim, res, 7000215)
  if (app.secretTo <= sim.clock.now()) return sendError(sim, res, 7000222)
  sendJson(res, 200, { token_type: 'Bearer', expires_in: 3599, access_token: await appToken(sim, tenant, app, resource) })
}

/** An application's v1.0 access token (access-token-claims-reference). No consent, no `roles` claim at all. */
function appToken(sim: Simulation, tenant: Tenant, app: App, resource: string): Promise<string> {
  return sign({
    aud: resource, iss: `https://sts.windows.net/${tenant.id}/`, ...lifetime(), appid: app.clientId, idtyp: 'app', tid: tenant.id, ver: '1.0',
    // Not in a real token: with which secret it was got, so that a renewed secret ends it.
    'x-secret': app.secret.slice(0, 3),
    ...(resource === GRAPH && app.permissions.length > 0 ? { roles: app.permissions } : {}),
  }, sim.keys.entra)
}

function sendError(sim: Simulation, res: ServerResponse, code: number, fault?: Fault): void {
  const [status, error, message] = ERRORS[code] ?? [503, 'temporarily_unavailable', 'A transient error has occurred. Please try again.']
  const timestamp = new Date(sim.clock.now()).toISOString().replace('T', ' ').slice(0, 19) + 'Z'
  const about = { error_codes: [code], timestamp, trace_id: randomUUID(), correlation_id: randomUUID() }
  const body = { error, error_description: `AADSTS${code}: ${fault?.message ?? message}`, ...about }
  sendJson(res, fault?.status ?? status, body, fault && headersOf(fault))
}
