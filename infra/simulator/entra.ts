// Microsoft Entra: tokens for applications and for people, and the keys to check them.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { takeFault } from './faults.ts'
import { Refusal, readBody, sendJson } from './http.ts'
import { lifetime, sign } from './keys.ts'
import { findTenant, type Simulation } from './simulation.ts'
import type { App, AppRole, Tenant, World } from './world/model.ts'
import { findUser } from './world/world.ts'

export const GRAPH = 'https://graph.microsoft.com'
export const BOT_CONNECTOR = 'https://api.botframework.com'
const TEAMS_WEB_CLIENT = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
const LOGIN = 'https://login.microsoftonline.com'
const PATH = /^\/([^/]+)\/(oauth2\/v2\.0\/token|discovery\/v2\.0\/keys|v2\.0\/\.well-known\/openid-configuration)$/

/** Answers a request that belongs to Entra; false when it is somebody else's. */
export async function entra(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> {
  const match = PATH.exec(path)
  if (!match) return false
  const [, name = '', what = ''] = match
  const tenant = findTenant(sim.world, decodeURIComponent(name))
  if (what.startsWith('discovery')) sendJson(res, 200, { keys: [{ ...sim.keys.entra.jwk, issuer: `${LOGIN}/{tenantid}/v2.0` }] })
  else if (what.startsWith('v2.0')) {
    if (tenant) sendJson(res, 200, openIdConfiguration(sim, tenant))
    else sendError(res, sim, 400, 'invalid_tenant', 90002, unknownTenant(name))
  } else if (req.method !== 'POST') sendError(res, sim, 400, 'invalid_request', 900561, 'The endpoint only accepts POST requests.')
  else await token(sim, req, res, path, name, tenant)
  return true
}

function openIdConfiguration(sim: Simulation, tenant: Tenant): Record<string, unknown> {
  const here = `${sim.origin}/${tenant.id}`
  return {
    token_endpoint: `${here}/oauth2/v2.0/token`, authorization_endpoint: `${here}/oauth2/v2.0/authorize`, jwks_uri: `${here}/discovery/v2.0/keys`,
    issuer: `${LOGIN}/${tenant.id}/v2.0`, id_token_signing_alg_values_supported: ['RS256'], response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'], scopes_supported: ['openid', 'profile', 'email', 'offline_access'], tenant_region_scope: 'EU',
  }
}

async function token(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string, name: string, tenant: Tenant | undefined): Promise<void> {
  const form = new URLSearchParams(await readBody(req))
  const fault = await takeFault(sim, `POST ${path}`)
  if (fault?.reset) return void res.destroy()
  if (fault?.status !== undefined) {
    const code = Number(/\d+/.exec(fault.code ?? '')?.[0] ?? 90033)
    const error = { 7000215: 'invalid_client', 7000222: 'invalid_client', 700016: 'unauthorized_client', 90002: 'invalid_request', 70011: 'invalid_scope' }[code]
    return sendError(res, sim, fault.status, error ?? 'temporarily_unavailable', code, fault.message ?? 'A transient error has occurred. Please try again.', fault.retryAfter)
  }
  // Texts and codes: Entra "Authentication and authorization error codes"; the product should look at the numbers only.
  if (!tenant) return sendError(res, sim, 400, 'invalid_request', 90002, unknownTenant(name))
  if (form.get('grant_type') !== 'client_credentials')
    return sendError(res, sim, 400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.')
  const clientId = form.get('client_id') ?? ''
  const app = tenant.app.clientId === clientId ? tenant.app : sim.world.bot.clientId === clientId && tenant === sim.world.msp ? sim.world.bot : undefined
  if (!app)
    return sendError(res, sim, 400, 'unauthorized_client', 700016, `Application with identifier '${clientId}' was not found in the directory '${tenant.name}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`)
  const resource = /^(https:\/\/graph\.microsoft\.com|https:\/\/api\.botframework\.com)\/\.default$/.exec(form.get('scope') ?? '')?.[1]
  if (resource === undefined)
    return sendError(res, sim, 400, 'invalid_scope', 70011, `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.`)
  if (form.get('client_secret') !== app.secret)
    return sendError(res, sim, 401, 'invalid_client', 7000215, `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`)
  if (app.secretTo <= sim.clock.now())
    return sendError(res, sim, 401, 'invalid_client', 7000222, `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`)
  sendJson(res, 200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: await appToken(sim, tenant, app, resource) }, { 'cache-control': 'no-store, no-cache' })
}

/** An application's v1.0 access token (access-token-claims-reference). No consent, no `roles` claim at all. */
export function appToken(sim: Simulation, tenant: Tenant, app: App, resource: string): Promise<string> {
  const roles = resource === GRAPH && app.permissions.length > 0 ? { roles: app.permissions } : {}
  return sign({
    aud: resource, iss: `https://sts.windows.net/${tenant.id}/`, ...lifetime(), appid: app.clientId, appidacr: '1', app_displayname: app.name, idp: `https://sts.windows.net/${tenant.id}/`,
    idtyp: 'app', oid: app.secretId, sub: app.secretId, tid: tenant.id, uti: randomUUID().slice(0, 22), ver: '1.0', wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
    // Not in a real token: with which secret it was got, so that a renewed secret ends it.
    'x-secret': app.secret.slice(0, 3), ...roles,
  }, sim.keys.entra)
}

function unknownTenant(name: string): string {
  return `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`
}

function sendError(res: ServerResponse, sim: Simulation, status: number, error: string, code: number, text: string, retryAfter?: number | string): void {
  const [trace, correlation] = [randomUUID(), randomUUID()]
  const timestamp = new Date(sim.clock.now()).toISOString().replace('T', ' ').slice(0, 19) + 'Z'
  sendJson(res, status, {
    error, error_description: `AADSTS${code}: ${text}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
    error_codes: [code], timestamp, trace_id: trace, correlation_id: correlation, error_uri: `${LOGIN}/error?code=${code}`,
  }, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) })
}

/** App roles that Entra puts into a person's token: own assignments and those of groups in which the person is a direct member. */
export function appRolesOf(world: World, userId: string): AppRole[] {
  const holds = world.outpost.assignments.filter((a) => a.principalId === userId || world.msp.groups.get(a.principalId)?.members.includes(userId))
  return [...new Set(holds.map((a) => a.role))]
}

export type SsoFault = 'signature' | 'audience' | 'tenant' | 'issuer' | 'expired' | 'scope'

/** The token that Teams hands to a tab for this person of the MSP (tab-sso-code), or a faulty one. */
export function ssoToken(sim: Simulation, upn: string, fault?: string): Promise<string> {
  const { msp } = sim.world
  const user = findUser(msp, upn)
  if (!user) throw new Refusal(404, 'There is no such person in the MSP.')
  const tenantId = fault === 'tenant' ? (sim.world.tenants[1] as Tenant).id : msp.id
  const roles = appRolesOf(sim.world, user.id)
  return sign({
    aud: fault === 'audience' ? sim.world.bot.clientId : msp.app.clientId,
    iss: fault === 'issuer' ? `https://sts.windows.net/${tenantId}/` : `${LOGIN}/${tenantId}/v2.0`,
    ...lifetime(3599, fault === 'expired'), azp: TEAMS_WEB_CLIENT, azpacr: '0', scp: fault === 'scope' ? 'User.Read' : 'access_as_user', oid: user.id, sub: user.id.replaceAll('-', ''),
    tid: tenantId, preferred_username: user.userPrincipalName, name: user.displayName, uti: randomUUID().slice(0, 22), ver: '2.0', ...(roles.length > 0 ? { roles } : {}),
  }, sim.keys.entra, fault === 'signature' ? sim.keys.rogue : sim.keys.entra)
}
