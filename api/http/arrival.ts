// When a request came, and what it is called in the log and in its answer.
import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'restify'

const arrivals = new WeakMap<Request, { requestId: string; at: number }>()

/** Takes the name that whoever stands before us has given it, or gives it one. */
export function arrive(req: Request, res: Response): void {
  const given = req.headers['x-request-id']
  const requestId = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
  arrivals.set(req, { requestId, at: performance.now() })
  res.header('X-Request-Id', requestId)
}

export const requestIdOf = (req: Request): string => arrivals.get(req)?.requestId ?? ''
export const millisecondsSince = (req: Request): number => Math.round((performance.now() - (arrivals.get(req)?.at ?? performance.now())) * 10) / 10
