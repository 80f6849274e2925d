// A door of its own for whoever runs Outpost: health and metrics, for copies that serve nobody else, and where people do not come.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Readiness } from '../http/model.ts'
import { contentType, type Metrics } from './metrics.ts'

export interface DoorOptions {
  readonly ready: () => Promise<Readiness>
  /** Null: this door has none. */
  readonly metrics: Pick<Metrics, 'read'> | null
}

/** Answers `GET /healthz`, `/readyz` and `/metrics`, and nothing else. It does not listen yet. */
export function createDoor({ ready, metrics }: DoorOptions): Server {
  const send = (res: ServerResponse, status: number, type: string, body: string) => {
    res.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    res.end(body)
  }
  const json = (res: ServerResponse, status: number, body: object) => send(res, status, 'application/json; charset=utf-8', JSON.stringify(body))

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.method === 'GET' ? (req.url ?? '').split('?')[0] : ''
    if (path === '/healthz') return json(res, 200, { status: 'alive' })
    if (path === '/readyz') {
      const readiness = await ready()
      return json(res, readiness.status === 'ready' ? 200 : 503, readiness)
    }
    if (path === '/metrics' && metrics !== null) return send(res, 200, contentType, await metrics.read())
    json(res, 404, { error: 'There is nothing here.' })
  }

  return createServer((req, res) => {
    answer(req, res).catch(() => res.destroy())
  })
}
