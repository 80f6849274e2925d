// Between the product and the simulated Graph: tests that need an answer which the simulator does not give change it here, on its
// way. The requests in a batch are seen and changed one by one, like any other.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request and its answer, which may be changed. */
export interface GraphAnswer {
  readonly method: string
  /** With its query, decoded. */
  readonly path: string
  /** Of the request, names in lower case. */
  readonly sent: Readonly<Record<string, string | undefined>>
  status: number
  headers: Record<string, string>
  body: Record<string, unknown>
}

/** What was asked, and when it was answered, in milliseconds. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly from: number
  to: number
}

export interface GraphProxy {
  readonly origin: string
  /** Every request since the start or since it was emptied. */
  readonly asked: Asked[]
  /** Lets a function change answers from now on. @returns what ends that */
  change(hook: (answer: GraphAnswer) => void | Promise<void>): () => void
  close(): Promise<void>
}

interface Inner {
  id: string
  method: string
  url: string
  status: number
  headers?: Record<string, string>
  body?: Record<string, unknown>
}

const spoken = (path: string) => decodeURIComponent(path.replaceAll('+', ' '))
const lower = (headers: Record<string, string | string[] | undefined> = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
const hopByHop = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'content-encoding', 'transfer-encoding', 'keep-alive'])
const passedOn = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** The error of Graph in the form that it has on the wire. */
export const graphError = (code: string, message = 'Made by a test.') => ({ error: { code, message } })

/** @param target origin of the simulator */
export async function openGraphProxy(target: string): Promise<GraphProxy> {
  const hooks = new Set<(answer: GraphAnswer) => void | Promise<void>>()
  const asked: Asked[] = []
  const changed = async (answer: GraphAnswer) => {
    for (const hook of [...hooks]) await hook(answer)
    return answer
  }

  const server = createServer((request, response) => {
    void (async () => {
      const from = performance.now()
      const bytes = await bytesOf(request)
      const batch = request.url?.endsWith('/$batch') === true ? (JSON.parse(bytes.toString()) as { requests: Inner[] }).requests : null
      const sent = lower(request.headers)
      const notes = (batch ?? [{ method: request.method!, url: request.url! }]).map(({ method, url }): Asked => ({ method, path: spoken(url), from, to: Infinity }))
      asked.push(...notes)
      const upstream = await fetch(target + request.url!, { method: request.method!, headers: passedOn(sent), ...(bytes.length > 0 ? { body: new Uint8Array(bytes) } : {}) })
      const text = await upstream.text()
      const headers = passedOn(Object.fromEntries(upstream.headers))
      const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : null
      let status = upstream.status
      let out: unknown = json ?? text
      if (batch !== null && json !== null) {
        const answers = json.responses as Inner[]
        for (const inner of answers) {
          const asked = batch.find(({ id }) => id === inner.id)!
          const { status, headers, body } = await changed({
            method: asked.method, path: spoken(asked.url), sent: lower(asked.headers), status: inner.status, headers: lower(inner.headers), body: inner.body ?? {},
          })
          Object.assign(inner, { status, headers, body })
        }
      } else {
        const answer = await changed({ method: request.method!, path: spoken(request.url!), sent, status, headers, body: json ?? {} })
        status = answer.status
        if (json !== null || answer.status !== upstream.status) out = answer.body
      }
      for (const note of notes) note.to = performance.now()
      response.writeHead(status, headers).end(typeof out === 'string' ? out : JSON.stringify(out))
    })().catch((error: unknown) => {
      response.writeHead(502).end(String(error))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    change(hook) {
      hooks.add(hook)
      return () => hooks.delete(hook)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
