// /simulator/*: the hand of the person who tries it out (docs/seams.md).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { changeAccount, changeTenant } from './accounts.ts'
import { ssoToken } from './entra.ts'
import { orderFault } from './faults.ts'
import { Refusal, readJson, sendJson } from './http.ts'
import { deleteMeeting, patchMeeting, postMeeting } from './meetings.ts'
import { bulkMail, deleteMail, moveMail, postMail } from './mail.ts'
import type { Simulation } from './simulation.ts'
import { completed, installationActivity, membersAddedActivity, messageActivity, person, remember, sendToBot, type Activity, type Posted } from './teams.ts'
import { truth } from './truth.ts'

type Body = Record<string, unknown>
type Control = (sim: Simulation, id: string, body: Body) => unknown

const SSO_FAULTS = ['signature', 'audience', 'tenant', 'issuer', 'expired', 'scope']
const ACTIVITY_FAULTS = ['signature', 'audience', 'issuer', 'expired', 'serviceurl', 'none']

function faultOf(body: Body, known: string[]): string | undefined {
  if (body.fault === undefined) return undefined
  if (!known.includes(body.fault as string)) throw new Refusal(400, `fault is one of ${known.join(', ')}.`)
  return body.fault as string
}

const shown = (p: Posted): unknown => ({ ...p.activity, where: p.where, conversationId: p.conversationId, ...(p.upn === null ? {} : { to: p.upn }) })

async function chat(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  const from = person(sim, body.from)
  const where = body.where === 'channel' ? 'channel' : 'personal'
  if (where === 'channel' && !sim.teams.installed) throw new Refusal(409, 'The bot is not in the channel. Add it there first.')
  const activity = messageActivity(sim, from, typeof body.text === 'string' ? body.text : '', where)
  const conversationId = activity.conversation?.id as string
  remember(sim, { where, conversationId, upn: where === 'personal' ? from.userPrincipalName : null }, false, activity)
  const before = sim.teams.posted.length
  const { status } = await sendToBot(sim, activity)
  // An alert that happens to be posted meanwhile is nobody's answer: it starts a thread of its own.
  const answers = sim.teams.posted.slice(before).filter((p) => p.fromBot && (p.conversationId === conversationId || p.upn === from.userPrincipalName))
  return { status, activities: answers.map(shown) }
}

async function installation(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  const action = String(body.action)
  if (!['add', 'remove', 'add-upgrade', 'remove-upgrade'].includes(action)) throw new Refusal(400, 'action is add, remove, add-upgrade or remove-upgrade.')
  sim.teams.installed = action === 'add' || action === 'add-upgrade' || action === 'remove-upgrade'
  if (action === 'add') await sendToBot(sim, membersAddedActivity(sim))
  const { status } = await sendToBot(sim, installationActivity(sim, action))
  sim.events.emit('change', 'channel')
  return { status }
}

function channel(sim: Simulation): unknown {
  const posted = sim.teams.posted.filter((p) => p.where === 'channel')
  const card = ({ activity, conversationId, postedAt, updatedAt, updates }: Posted): unknown => ({ activityId: activity.id, conversationId, activity, postedAt, updatedAt, updates })
  const isCard = (p: Posted): boolean => p.fromBot && ((p.activity.attachments as unknown[] | undefined)?.length ?? 0) > 0
  return { installed: sim.teams.installed, cards: posted.filter(isCard).map(card), activities: posted.map((p) => ({ ...(shown(p) as Body), fromBot: p.fromBot })) }
}

function environment(sim: Simulation): unknown {
  const { msp, bot } = sim.world
  return {
    OUTPOST_TENANT_ID: msp.id, OUTPOST_CLIENT_ID: msp.app.clientId, OUTPOST_BOT_ID: bot.clientId, OUTPOST_BOT_SECRET: bot.secret, OUTPOST_GRAPH_ORIGIN: sim.origin, OUTPOST_ENTRA_ORIGIN: sim.origin,
    OUTPOST_BOT_OPENID_URL: `${sim.origin}/botframework/openidconfiguration`, OUTPOST_PUBLIC_URL: sim.origin,
  }
}

function clock(sim: Simulation, _id: string, body: Body): unknown {
  const by = typeof body.at === 'string' ? Date.parse(body.at) - sim.clock.now() : Number(body.advanceSeconds) * 1000
  if (Number.isNaN(by)) throw new Refusal(400, 'Say advanceSeconds or at.')
  sim.clock.move(by)
  return { now: new Date(sim.clock.now()).toISOString() }
}

const CONTROLS: readonly [RegExp, Control][] = [
  [/^GET environment$/, environment],
  [/^GET personas$/, (sim) => sim.world.personas.map(({ userId, role }) => {
    const user = sim.world.msp.users.get(userId)
    return { upn: user?.userPrincipalName, name: user?.displayName, role, tenantId: sim.world.msp.id, userId }
  })],
  [/^POST personas\/([^/]+)\/token$/, async (sim, upn, body) => ({ token: await ssoToken(sim, upn, faultOf(body, SSO_FAULTS)) })],
  [/^GET tenants$/, (sim) => sim.world.tenants.map((t) => ({
    tenantId: t.id, name: t.name, kind: t.kind, clientId: t.app.clientId, clientSecret: t.app.secret, clientSecretId: t.app.secretId, verifiedDomains: t.domains,
    mailboxes: [...t.mailboxes.keys()].map((id) => t.users.get(id)?.userPrincipalName), customer: t.customer,
  }))],
  [/^POST tenants\/([^/]+)$/, changeTenant],
  [/^POST chat$/, chat],
  [/^GET chats\/([^/]+)$/, (sim, upn) => {
    const { userPrincipalName } = person(sim, upn)
    return { activities: sim.teams.posted.filter((p) => p.upn === userPrincipalName).map((p) => ({ ...(shown(p) as Body), fromBot: p.fromBot })) }
  }],
  [/^GET channel$/, channel],
  [/^POST channel$/, installation],
  [/^POST activities$/, async (sim, _id, body) => {
    if (typeof body.activity !== 'object' || body.activity === null) throw new Refusal(400, 'activity is missing.')
    return sendToBot(sim, completed(sim, body.activity as Activity), faultOf(body, ACTIVITY_FAULTS))
  }],
  [/^POST mail$/, (sim, _id, body) => postMail(sim, body)],
  [/^POST mail\/bulk$/, (sim, _id, body) => bulkMail(sim, body)],
  [/^POST mail\/([^/]+)\/move$/, moveMail],
  [/^DELETE mail\/([^/]+)$/, (sim, id) => deleteMail(sim, id)],
  [/^POST meetings$/, (sim, _id, body) => postMeeting(sim, body)],
  [/^PATCH meetings\/([^/]+)$/, patchMeeting],
  [/^DELETE meetings\/([^/]+)$/, deleteMeeting],
  [/^POST accounts$/, (sim, _id, body) => changeAccount(sim, body)],
  [/^POST faults$/, (sim, _id, body) => { orderFault(sim, body); return { faults: sim.faults.list.length } }],
  [/^DELETE faults$/, (sim) => { sim.faults = { list: [], kill: null } }],
  [/^POST clock$/, clock],
  [/^GET requests$/, (sim) => sim.requests],
  [/^DELETE requests$/, (sim) => { sim.requests = [] }],
  [/^GET violations$/, (sim) => sim.violations],
  [/^DELETE violations$/, (sim) => { sim.violations = [] }],
  [/^GET truth$/, truth],
]

/** Answers a request to /simulator. */
export async function control(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
  const name = path.slice('/simulator/'.length)
  if (req.method === 'GET' && name === 'events') return events(sim, res)
  for (const [pattern, handle] of CONTROLS) {
    const match = pattern.exec(`${req.method ?? 'GET'} ${name}`)
    if (!match) continue
    try {
      const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams)
      const body = await handle(sim, decodeURIComponent(match[1] ?? ''), { ...query, ...(await readJson(req)) })
      return sendJson(res, body === undefined ? 204 : 200, body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return sendJson(res, error.status, { error: error.message })
    }
  }
  sendJson(res, 404, { error: 'The simulator has no such call; docs/seams.md lists them.' })
}

/** Tells the desk what to read again. */
function events(sim: Simulation, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  res.write(':\n\n')
  const tell = (type: string): void => void res.write(`data: ${JSON.stringify({ type })}\n\n`)
  sim.events.on('change', tell)
  res.on('close', () => sim.events.off('change', tell))
}
