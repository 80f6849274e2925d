// /simulator/*: the hand of the person who tries it out (docs/seams.md).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { changeAccount, changeTenant } from './accounts.ts'
import { ssoToken } from './entra.ts'
import { orderFault } from './faults.ts'
import { Refusal, readJson, sendJson, textOf, type Body } from './http.ts'
import { deleteMeeting, patchMeeting, postMeeting } from './meetings.ts'
import { bulkMail, deleteMail, moveMail, postMail } from './mail.ts'
import { reset } from './reset.ts'
import type { Simulation } from './simulation.ts'
import {
  completed, guestActivity, installationActivity, membersAddedActivity, messageActivity, person, remember, sendToBot, type Activity, type Posted,
} from './teams.ts'
import { truth } from './truth.ts'

type Control = (sim: Simulation, id: string, body: Body) => unknown

const SSO_FAULTS = ['signature', 'audience', 'tenant', 'issuer', 'expired', 'scope']
const ACTIVITY_FAULTS = ['signature', 'audience', 'issuer', 'expired', 'serviceurl', 'none']

function faultOf({ fault }: Body, known: string[]): string | undefined {
  if (fault !== undefined && !known.includes(fault as string)) throw new Refusal(400, `fault is one of ${known.join(', ')}.`)
  return fault as string | undefined
}

const shown = ({ activity, fromBot, where, conversationId, upn }: Posted): unknown =>
  ({ ...activity, fromBot, where, conversationId, ...(upn === null ? {} : { to: upn }) })

async function chat(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  const from = person(sim, body.from)
  const where = body.where === 'channel' ? 'channel' : 'personal'
  if (where === 'channel' && !sim.teams.installed) throw new Refusal(409, 'The bot is not in the channel. Add it there first.')
  const activity = messageActivity(sim, from, textOf(body.text) ?? '', where)
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
  if (action === 'addGuest' || action === 'removeGuest') return changeGuest(sim, textOf(body.name) ?? 'Gale Guest', action === 'addGuest')
  if (!/^(add|remove)(-upgrade)?$/.test(action)) throw new Refusal(400, 'action is add, remove, add-upgrade, remove-upgrade, addGuest or removeGuest.')
  // An upgrade takes the old version away and leaves the new one.
  sim.teams.installed = action !== 'remove'
  if (action === 'add') await sendToBot(sim, membersAddedActivity(sim))
  const { status } = await sendToBot(sim, installationActivity(sim, action))
  sim.events.emit('change', 'channel')
  return { status }
}

async function changeGuest(sim: Simulation, name: string, joins: boolean): Promise<unknown> {
  sim.teams.guests = [...sim.teams.guests.filter((one) => one !== name), ...(joins ? [name] : [])]
  // The bot hears of a team only while it is there.
  const { status } = sim.teams.installed ? await sendToBot(sim, guestActivity(sim, name, joins)) : { status: 200 }
  sim.events.emit('change', 'channel')
  return { status }
}

function channel(sim: Simulation): unknown {
  const posted = sim.teams.posted.filter((p) => p.where === 'channel')
  const cards = posted.filter((p) => p.fromBot && ((p.activity.attachments as unknown[] | undefined)?.length ?? 0) > 0)
    .map(({ activity, conversationId, postedAt, updatedAt, updates }) => (
      { activityId: activity.id, conversationId, activity, postedAt, updatedAt, updates }))
  return { installed: sim.teams.installed, guests: sim.teams.guests, cards, activities: posted.map(shown) }
}

/** Where the product is reached: it may choose its port after the simulator has started, and another one at its next start. */
function productAt(sim: Simulation, _id: string, { origin }: Body): unknown {
  if (!URL.canParse(String(origin))) throw new Refusal(400, 'origin must be an origin such as http://127.0.0.1:3978.')
  sim.product = new URL(String(origin)).origin
  return {}
}

function environment({ origin, world: { msp, bot } }: Simulation): unknown {
  return {
    OUTPOST_TENANT_ID: msp.id,
    OUTPOST_CLIENT_ID: msp.app.clientId,
    OUTPOST_BOT_ID: bot.clientId,
    OUTPOST_BOT_SECRET: bot.secret,
    OUTPOST_GRAPH_ORIGIN: origin,
    OUTPOST_ENTRA_ORIGIN: origin,
    OUTPOST_BOT_OPENID_URL: `${origin}/botframework/openidconfiguration`,
    OUTPOST_PUBLIC_URL: origin,
  }
}

const personas = ({ world: { msp, personas } }: Simulation): unknown => personas.map(({ userId, role }) => {
  const user = msp.users.get(userId)
  return { upn: user?.userPrincipalName, name: user?.displayName, role, tenantId: msp.id, userId }
})

const tenants = ({ world }: Simulation): unknown => world.tenants.map(({ id, name, kind, app, domains, mailboxes, users, customer }) => ({
  tenantId: id, name, kind, clientId: app.clientId, clientSecret: app.secret, clientSecretId: app.secretId, verifiedDomains: domains,
  mailboxes: [...mailboxes.keys()].map((owner) => users.get(owner)?.userPrincipalName), customer,
}))

function clock(sim: Simulation, _id: string, body: Body): unknown {
  const by = typeof body.at === 'string' ? Date.parse(body.at) - sim.clock.now() : Number(body.advanceSeconds) * 1000
  if (Number.isNaN(by)) throw new Refusal(400, 'Say advanceSeconds or at.')
  sim.clock.move(by)
  return { now: new Date(sim.clock.now()).toISOString() }
}

const CONTROLS: readonly [RegExp, Control][] = [
  [/^GET environment$/, environment],
  [/^PUT product$/, productAt],
  [/^GET personas$/, personas],
  [/^POST personas\/([^/]+)\/token$/, async (sim, upn, body) => ({ token: await ssoToken(sim, upn, faultOf(body, SSO_FAULTS)) })],
  [/^GET tenants$/, tenants],
  [/^POST tenants\/([^/]+)$/, changeTenant],
  [/^POST chat$/, chat],
  [/^GET chats\/([^/]+)$/, (sim, upn) => {
    const { userPrincipalName } = person(sim, upn)
    return { activities: sim.teams.posted.filter((p) => p.upn === userPrincipalName).map(shown) }
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
  [/^DELETE mail\/([^/]+)$/, deleteMail],
  [/^POST meetings$/, (sim, _id, body) => postMeeting(sim, body)],
  [/^PATCH meetings\/([^/]+)$/, patchMeeting],
  [/^DELETE meetings\/([^/]+)$/, deleteMeeting],
  [/^POST accounts$/, (sim, _id, body) => changeAccount(sim, body)],
  [/^POST faults$/, (sim, _id, body) => orderFault(sim, body)],
  [/^DELETE faults$/, (sim) => { sim.faults = { list: [], kill: null } }],
  [/^POST clock$/, clock],
  [/^GET requests$/, (sim) => sim.requests],
  [/^DELETE requests$/, (sim) => { sim.requests = [] }],
  [/^GET violations$/, (sim) => sim.violations],
  [/^DELETE violations$/, (sim) => { sim.violations = [] }],
  [/^GET truth$/, truth],
  [/^POST reset$/, (sim, _id, body) => reset(sim, body)],
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
