// Every request to Graph passes here: known, allowed, not too many at once, answered, and both sides held against the description.
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { GRAPH } from '../entra.ts'
import { takeFault } from '../faults.ts'
import { Refusal } from '../http.ts'
import { verify } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import type { Mailbox, Tenant } from '../world/model.ts'
import { batch } from './batch.ts'
import { calendarHandlers } from './calendar.ts'
import type { Call, GraphAnswer, GraphRequest, Handler } from './call.ts'
import { describe, problemsOf, type Operation } from './description.ts'
import { directoryHandlers } from './directory.ts'
import { graphError, unknown } from './errors.ts'
import { mailboxOf, mailHandlers } from './mail.ts'
import { objectHandlers } from './objects.ts'
import { parsePrefer, requestProblems } from './query.ts'
import { roleHandlers } from './roles.ts'

const perMailbox: Record<string, Handler> = { ...mailHandlers, ...calendarHandlers }
const handlers: Record<string, Handler> = { ...perMailbox, ...directoryHandlers, ...objectHandlers, ...roleHandlers, '/$batch': batch }
const ERROR_SCHEMA = 'microsoft.graph.ODataErrors.ODataError'
/** Where the permission table is known to be incomplete (graph-openapi: one attachment has no entry, one message lacks ReadWrite). */
const MORE_PERMISSIONS: Record<string, string[]> = {
  '/users/{user-id}/messages/{message-id}': ['Mail.ReadWrite'],
  '/users/{user-id}/events/{event-id}': ['Calendars.ReadWrite'],
  '/users/{user-id}/messages/{message-id}/attachments/{attachment-id}': ['Mail.Read', 'Mail.ReadWrite'],
}

/** Answers one request to Graph; `reset` says that a fault wants the connection cut. `inherited` is the sender of a batch. */
export async function answer(sim: Simulation, request: GraphRequest, inherited?: string): Promise<GraphAnswer & { tenantId: string | null; reset: boolean }> {
  const { method, path, search, headers } = request
  const matched = describe(method, path)
  const where = matched?.operation.template ?? path
  const violation = (kind: 'request' | 'response', problem: string): void => {
    sim.violations.push({ kind, method, path, problem })
    // Templates hold no personal data; the path might.
    if (kind === 'response') console.error(`simulator: answer to ${method} ${matched?.operation.template ?? '(unknown path)'} does not fit Graph's description: ${problem}`)
  }
  if (!matched) violation('request', 'no operation of Graph is described for this path')
  else {
    for (const problem of requestProblems(matched.operation, search, headers)) violation('request', problem)
    if (where === '/$batch') for (const problem of problemsOf('x.batchRequest', request.body)) violation('request', problem)
  }

  let tenant: Tenant | null = null
  let reset = false
  let status = 200
  let body: unknown
  let more: Record<string, string> = {}
  const ordered = async (): Promise<void> => {
    const fault = await takeFault(sim, `${method} /v1.0${path}?${[...search].map((pair) => pair.join('=')).join('&')}`)
    if (fault) {
      reset = fault.reset
      throw graphError(fault.status ?? 503, fault.code ?? (fault.status === 429 ? 'TooManyRequests' : 'serviceNotAvailable'), fault.message ?? 'Please retry again later.',
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) })
    }
  }
  // A slow answer keeps its place in the mailbox's queue.
  const gated = where in perMailbox
  try {
    if (!gated) await ordered()
    const bearer = inherited ?? headers.authorization
    const sender = await authenticate(sim, bearer)
    tenant = sender.tenant
    if (!matched) throw unknown(`${method} ${path}`)
    const { operation, params } = matched
    if (operation.template !== '/$batch') allow(operation, sender.roles)
    const handler = handlers[operation.template]
    if (!handler || method !== (operation.template === '/$batch' ? 'POST' : 'GET')) throw unknown(`${method} ${operation.template}`)
    const call: Call = {
      sim, tenant, operation, params, path, query: Object.fromEntries(search), prefer: parsePrefer(headers.prefer), request,
      answer: (inner) => answer(sim, inner, bearer),
    }
    body = gated ? await atMostFour(mailboxOf(call), async () => {
      await ordered()
      return handler(call)
    }) : await handler(call)
    if (call.prefer.applied.length > 0 && operation.parameters.some((p) => p.name === 'Prefer')) more = { 'preference-applied': call.prefer.applied.join(', ') }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const id = randomUUID()
    const innerError = { date: new Date(sim.clock.now()).toISOString().slice(0, 19), 'request-id': id, 'client-request-id': headers['client-request-id'] ?? id }
    ;({ status, headers: more } = error)
    body = { error: { code: error.code, message: error.message, innerError } }
  }
  const schema = status < 300 ? matched?.operation.answers[String(status)] : ERROR_SCHEMA
  if (schema === undefined) violation('response', `no answer ${status} is described`)
  else for (const problem of problemsOf(schema, body)) violation('response', problem)
  return { status, body, reset, tenantId: tenant?.id ?? null, headers: { 'content-type': 'application/json;odata.metadata=minimal;charset=utf-8', ...more } }
}

const checked = new WeakMap<Simulation, Map<string, JWTPayload>>()

async function authenticate(sim: Simulation, header: string | undefined): Promise<{ tenant: Tenant; roles: string[] }> {
  const refuse = (message: string): Refusal => graphError(401, 'InvalidAuthenticationToken', message,
    { 'www-authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"' })
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) throw refuse('Access token is empty.')
  const known = checked.get(sim) ?? new Map<string, JWTPayload>()
  checked.set(sim, known)
  let claims = known.get(token)
  try {
    claims ??= await verify(token, sim.keys.entra, GRAPH)
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'ERR_JWT_EXPIRED') throw refuse('Lifetime validation failed, the token is expired.')
    throw refuse(code === 'ERR_JWT_CLAIM_VALIDATION_FAILED' ? 'Access token validation failure. Invalid audience.' : 'CompactToken parsing failed with error code: 80049217')
  }
  known.set(token, claims)
  if ((claims.exp ?? 0) * 1000 < Date.now()) throw refuse('Lifetime validation failed, the token is expired.')
  const tenant = sim.world.tenants.find((t) => t.id === claims.tid)
  // A token got with a secret that has since expired or been replaced is refused, so that its holder notices at once.
  if (!tenant || (tenant.app.clientId === claims.appid && (tenant.app.secretTo <= sim.clock.now() || claims['x-secret'] !== tenant.app.secret.slice(0, 3))))
    throw refuse('Access token has expired or is not yet valid.')
  // In Microsoft's cloud a withdrawn consent shows when the token ends; here at once, so that nobody has to wait an hour.
  const roles = (claims.roles as string[] | undefined ?? []).filter((r) => tenant.app.permissions.includes(r))
  return { tenant, roles }
}

function allow(operation: Operation, roles: string[]): void {
  const any = [...operation.permissions, ...(MORE_PERMISSIONS[operation.template] ?? [])]
  if (any.length === 0) throw unknown(`the permission for ${operation.template}`)
  if (any.some((p) => roles.includes(p))) return
  if (/\/(mailFolders|messages|calendar|events|contacts)/i.test(operation.template)) throw graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
  if (operation.template.startsWith('/policies') || operation.template.startsWith('/identity')) throw graphError(403, 'AccessDenied', 'You cannot perform the requested operation, required scopes are missing in the token.')
  throw graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

/** Exchange answers no more than four requests of one app to one mailbox at once (throttling-limits, Outlook service). */
async function atMostFour(mailbox: Mailbox, handle: () => unknown): Promise<unknown> {
  if (mailbox.inFlight >= 4) throw graphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', { 'retry-after': '1' })
  mailbox.inFlight++
  try {
    // Long enough for requests sent together to meet.
    await new Promise((resolve) => setTimeout(resolve, 2))
    return await handle()
  } finally {
    mailbox.inFlight--
  }
}
