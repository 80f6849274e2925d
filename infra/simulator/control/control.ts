// /simulator/*: the hand of the person who tries it out (docs/seams.md).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { orderFault } from '../faults.ts'
import { Refusal, readJson, sendJson, type Body } from '../http.ts'
import { reset } from '../reset.ts'
import type { Simulation } from '../simulation.ts'
import { changeAccount } from './accounts.ts'
import { checkCaller } from './caller.ts'
import { bulkMail, deleteMail, moveMail, postMail } from './mail.ts'
import { deleteMeeting, patchMeeting, postMeeting } from './meetings.ts'
import { activity, channel, chat, chatOf, installation } from './teams.ts'
import { changeTenant, tenants } from './tenants.ts'
import { environment, moveClock, personas, personToken, productAt } from './trial.ts'
import { truth } from './truth.ts'

type Control = (sim: Simulation, id: string, body: Body) => unknown

const CONTROLS: readonly [RegExp, Control][] = [
  [/^GET environment$/, environment],
  [/^PUT product$/, productAt],
  [/^GET personas$/, personas],
  [/^POST personas\/([^/]+)\/token$/, personToken],
  [/^GET tenants$/, tenants],
  [/^POST tenants\/([^/]+)$/, changeTenant],
  [/^POST chat$/, chat],
  [/^GET chats\/([^/]+)$/, chatOf],
  [/^GET channel$/, channel],
  [/^POST channel$/, installation],
  [/^POST activities$/, activity],
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
  [/^POST clock$/, moveClock],
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
  try {
    checkCaller(sim.origin, req.headers)
    if (req.method === 'GET' && name === 'events') return events(sim, res)
    for (const [pattern, handle] of CONTROLS) {
      const match = pattern.exec(`${req.method ?? 'GET'} ${name}`)
      if (!match) continue
      const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams)
      const body = await handle(sim, decodeURIComponent(match[1] ?? ''), { ...query, ...(await readJson(req)) })
      return sendJson(res, body === undefined ? 204 : 200, body)
    }
    throw new Refusal(404, 'The simulator has no such call; docs/seams.md lists them.')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    sendJson(res, error.status, { error: error.message })
  }
}

/** Tells the desk what to read again. */
function events(sim: Simulation, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  res.write(':\n\n')
  const tell = (type: string): void => void res.write(`data: ${JSON.stringify({ type })}\n\n`)
  sim.events.on('change', tell)
  res.on('close', () => sim.events.off('change', tell))
}
