// Who may call /simulator: the desk and programs of this machine. Not a web page that a developer has open: a browser lets any page
// send a form to 127.0.0.1, and a page whose name was made to resolve to 127.0.0.1 (DNS rebinding) read the answers as well.
import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../http.ts'

/**
 * Throws Refusal 403 for a call to another name than the simulator's own or from another origin, and 415 for a body that is not
 * said to be JSON: a form of another page cannot say that.
 * @param origin of the simulator; localhost is another name for it
 */
export function checkCaller(origin: string, headers: IncomingHttpHeaders): void {
  const { host } = new URL(origin)
  const own = [host, host.replace('127.0.0.1', 'localhost')]
  if (!own.includes(headers.host ?? '')) throw new Refusal(403, `The simulator answers only to its own address, ${origin}.`)
  if (headers.origin !== undefined && !own.some((name) => headers.origin === `http://${name}`))
    throw new Refusal(403, 'The simulator takes no calls from pages of other origins.')
  const sent = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (sent && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) throw new Refusal(415, 'Send the body as JSON, with Content-Type: application/json.')
}
