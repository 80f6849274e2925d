// Every request to Graph passes here: known, allowed, not too many at once, answered, and both sides held against the description.
import { randomUUID } from 'node:crypto'
import { GRAPH } from '../entra/entra.ts'
import { headersOf, takeFault } from '../faults.ts'
import { Refusal } from '../http.ts'
import { verify } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import type { Mailbox } from '../world/mail/mailbox.ts'
import type { Tenant } from '../world/model.ts'
import { BATCH, batch } from './batch.ts'
import type { Call, GraphAnswer, GraphRequest } from './call.ts'
import { describe, problemsOf, type Match, type Operation } from './description.ts'
import { graphError, unknown } from './errors.ts'
import { mailboxOf } from './mail/mailbox.ts'
import { parsePrefer } from './prefer.ts'
import { requestProblems } from './requests.ts'
import { handlers, perMailbox } from './subjects.ts'

const ERROR_SCHEMA = 'microsoft.graph.ODataErrors.ODataError'

/** `reset` says that a fault wants the connection cut. */
export interface Answer extends GraphAnswer { tenantId: string | null; reset: boolean }

interface Sender { tenant: Tenant; roles: string[] }

/** Answers one request to Graph; `inherited` is the sender of a batch. */
export async function answer(sim: Simulation, request: GraphRequest, inherited?: Sender): Promise<Answer> {
  const { method, path, search, headers, body } = request
  const report = (kind: 'request' | 'response', problems: string[]): void => {
    for (const problem of problems) sim.violations.push({ kind, method, path, problem })
  }
  const match = describe(method, path)
  if (!match) report('request', ['no operation of Graph is described for this path'])
  else report('request', requestProblems(match.operation, search, headers))
  if (match?.operation.template === BATCH) report('request', problemsOf('x.batchRequest', body))

  const answered = await serve(sim, request, match, inherited)
  const schema = answered.status < 300 ? match?.operation.answers[String(answered.status)] : ERROR_SCHEMA
  report('response', schema === undefined ? [`no answer ${answered.status} is described`] : problemsOf(schema, answered.body))
  return { ...answered, headers: { 'content-type': 'application/json', ...answered.headers } }
}

async function serve(sim: Simulation, request: GraphRequest, match: Match | null, inherited: Sender | undefined): Promise<Answer> {
  const { method, path, search, headers } = request
  let tenant: Tenant | null = null
  let reset = false
  const ordered = async (): Promise<void> => {
    const fault = await takeFault(sim, `${method} /v1.0${path}?${[...search].map((pair) => pair.join('=')).join('&')}`)
    if (!fault) return
    const { status = 503, code, message = 'Please retry again later.' } = fault
    reset = fault.reset
    throw graphError(status, code || (status === 429 ? 'TooManyRequests' : 'serviceNotAvailable'), message, headersOf(fault))
  }
  try {
    const gated = match !== null && match.operation.template in perMailbox
    if (!gated) await ordered()
    const sender = inherited ?? (await authenticate(sim, headers.authorization))
    tenant = sender.tenant
    if (!match) throw unknown(`${method} ${path}`)
    const { operation, params } = match
    if (operation.template !== BATCH) allow(operation, sender.roles)
    const isBatch = operation.template === BATCH
    const handler = isBatch ? batch : handlers[operation.template]
    if (!handler || method !== (isBatch ? 'POST' : 'GET')) throw unknown(`${method} ${operation.template}`)
    const call: Call = {
      sim, tenant, params, path, request,
      query: Object.fromEntries(search),
      prefer: parsePrefer(headers.prefer),
      answer: (inner) => answer(sim, inner, sender),
    }
    // A slow answer keeps its place in the mailbox's queue.
    const body = gated ? await atMostFour(mailboxOf(call), () => ordered().then(() => handler(call))) : await handler(call)
    const { applied } = call.prefer
    return { status: 200, body, headers: applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {}, tenantId: tenant.id, reset }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const innerError = { date: new Date(sim.clock.now()).toISOString().slice(0, 19), 'request-id': randomUUID() }
    const body = { error: { code: error.code, message: error.message, innerError } }
    return { status: error.status, body, headers: error.headers, tenantId: tenant?.id ?? null, reset }
  }
}

async function authenticate(sim: Simulation, header: string | undefined): Promise<Sender> {
  const refuse = (message: string): Refusal => graphError(401, 'InvalidAuthenticationToken', message)
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) throw refuse('Access token is empty.')
  const claims = await verify(token, sim.keys.entra, GRAPH).catch(() => {
    throw refuse('Access token validation failure.')
  })
  const tenant = sim.world.tenants.find((t) => t.id === claims.tid && t.app.clientId === claims.appid)
  // A token got with a secret that has since expired or been replaced is refused, so that its holder notices at once.
  if (!tenant || tenant.app.secretTo <= sim.clock.now() || claims['x-secret'] !== tenant.app.secret.slice(0, 3))
    throw refuse('Access token has expired or is not yet valid.')
  // In Microsoft's cloud a withdrawn consent shows when the token ends; here at once, so that nobody has to wait an hour.
  const roles = ((claims.roles ?? []) as string[]).filter((r) => tenant.app.permissions.includes(r))
  return { tenant, roles }
}

function allow({ template, permissions }: Operation, roles: string[]): void {
  if (permissions.length === 0) throw unknown(`the permission for ${template}`)
  if (permissions.some((all) => all.every((p) => roles.includes(p)))) return
  if (template in perMailbox) throw graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
  throw graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

/** Exchange answers no more than four requests of one app to one mailbox at once (throttling-limits, Outlook service). */
async function atMostFour(mailbox: Mailbox, handle: () => unknown): Promise<unknown> {
  if (mailbox.inFlight >= 4)
    throw graphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', { 'retry-after': '1' })
  mailbox.inFlight++
  try {
    // Long enough for requests sent together to meet.
    await new Promise((resolve) => setTimeout(resolve, 2))
    return await handle()
  } finally {
    mailbox.inFlight--
  }
}
