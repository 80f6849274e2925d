// Faults that the person trying it out, or a test, orders.
import { Refusal, textOf, type Body } from './http.ts'

export interface Fault {
  match: RegExp
  times: number
  delayMs: number
  reset: boolean
  status?: number
  code?: string
  message?: string
  retryAfter?: number | string
}

/** `tokenGeneration` is raised to make every delta token older than it unknown. */
export interface Faulty {
  faults: { list: Fault[]; kill: { pid: number; remaining: number } | null }
  tokenGeneration: number
  /** Process ids that may be killed: those of which the program that started the simulator has told it. */
  readonly killable: Set<number>
}

/** Takes an order of POST /simulator/faults. Without `times` a fault stays until all are removed. */
export function orderFault(sim: Faulty, body: Body): void {
  if (body.expireDeltaTokens === true) sim.tokenGeneration++
  if (body.kill !== undefined) {
    const { pid, atRequest } = body.kill as { pid?: unknown; atRequest?: unknown }
    if (!sim.killable.has(pid as number)) throw new Refusal(400, 'kill.pid must be the id of a product that the trial has started.')
    if (!Number.isInteger(atRequest) || (atRequest as number) < 1) throw new Refusal(400, 'kill.atRequest must be 1 or more.')
    sim.faults.kill = { pid: pid as number, remaining: atRequest as number }
  }
  if (body.status === undefined && body.delayMs === undefined && body.reset !== true) return
  try {
    const match = new RegExp(textOf(body.match) ?? '.')
    sim.faults.list.push({ times: Infinity, delayMs: 0, ...body, match, reset: body.reset === true })
  } catch {
    throw new Refusal(400, 'match is not a regular expression.')
  }
}

/** The fault for this request, if there is one, after its delay. `target` is "METHOD /path?query". */
export async function takeFault(sim: Faulty, target: string): Promise<Fault | null> {
  const path = target.split('?')[0] as string
  const fault = sim.faults.list.find((f) => f.times > 0 && (f.match.test(path) || f.match.test(target)))
  if (!fault) return null
  fault.times--
  if (fault.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  return fault.reset || fault.status !== undefined ? fault : null
}

export const headersOf = ({ retryAfter }: Fault): Record<string, string> => (retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) })

/** Counts a Graph request; true when it was the one at which the product had to die. */
export function killNow(sim: Faulty): boolean {
  const kill = sim.faults.kill
  if (!kill || --kill.remaining > 0) return false
  sim.faults.kill = null
  try {
    process.kill(kill.pid, 'SIGKILL')
  } catch {
    // It is gone already, which is what was asked for.
  }
  return true
}

/** The fault that is ordered for a single token or activity, one of those known; throws Refusal 400. */
export function faultOf({ fault }: Body, known: string[]): string | undefined {
  if (fault !== undefined && !known.includes(fault as string)) throw new Refusal(400, `fault is one of ${known.join(', ')}.`)
  return fault as string | undefined
}
