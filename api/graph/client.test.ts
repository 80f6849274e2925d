// Answers that are no answers: what the connection or something on the way made of them. Over HTTP, through Microsoft's client.
import { createServer, type RequestListener } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { openClock } from '../clock.ts'
import { openGraph } from './client.ts'

let close: () => void = () => undefined
afterEach(() => close())

async function graphThatAnswers(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const { port } = server.address() as { port: number }
  const options = { origin: `http://127.0.0.1:${port}`, tokens: { get: () => Promise.resolve('token') }, clock: openClock(), neededFor: () => null }
  return openGraph(options, { tenantId: 't', clientId: 'c', clientSecret: 's' }, { mostBytes: 1_000 })
}

const json = { 'Content-Type': 'application/json' }
const html = { 'Content-Type': 'text/html' }
const cases: [string, RequestListener, object][] = [
  ['a body that is cut off', (_, res) => res.writeHead(200, { ...json, 'Content-Length': '100' }).write('{"value":[', () => res.destroy()), { code: 'serviceUnavailable' }],
  ['a body that ends too early', (_, res) => res.writeHead(200, json).end('{"value":['), { code: 'serviceUnavailable' }],
  ['a page of a proxy', (_, res) => res.writeHead(200, html).end('<html>Sign in</html>'), { code: 'serviceUnavailable' }],
  ['no body', (_, res) => res.writeHead(200, json).end(), { code: 'serviceUnavailable' }],
  ['429 without a body', (_, res) => res.writeHead(429, { 'Retry-After': '7' }).end(), { code: 'throttled', retryAfterSeconds: 7 }],
  ['503 as a web page', (_, res) => res.writeHead(503, { ...html, 'Retry-After': '7' }).end('<html>Busy</html>'), { code: 'serviceUnavailable', retryAfterSeconds: 7 }],
  ['a way to somebody else', (_, res) => res.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end(), { code: 'serviceUnavailable' }],
  ['more than is wanted', (_, res) => res.writeHead(200, json).end(`{"value":"${'x'.repeat(2_000)}"}`), { code: 'listEndless', retryAfterSeconds: 600 }],
  ['400 without a body', (_, res) => res.writeHead(400).end(), { code: 'graphUnexpected' }],
]

it.each(cases)('%s', async (_, answer, expected) => {
  const graph = await graphThatAnswers(answer)
  await expect(graph.get('/users')).rejects.toMatchObject(expected)
})
