// A line a request of the API. Requests that were one too many are counted instead: whoever sends them would fill the log as well.
import type { Request, Response } from 'restify'
import { id, type Log } from '../log.ts'
import { millisecondsSince, requestIdOf } from './arrival.ts'

const limitedMilliseconds = 10_000

export function openRequestLog(log: Log): (req: Request, res: Response, route: { path?: string } | null) => void {
  let limited = 0
  return (req, res, route) => {
    if (!req.path().startsWith('/api/')) return
    if (res.statusCode !== 429) {
      log.info('http', { request: id(requestIdOf(req)), method: id(req.method ?? '-'), route: id(route?.path ?? '-'), status: res.statusCode, milliseconds: millisecondsSince(req) })
      return
    }
    limited += 1
    if (limited > 1) return
    const tell = () => {
      log.warn('http.limited', { requests: limited })
      limited = 0
    }
    setTimeout(tell, limitedMilliseconds).unref()
  }
}
