// The keys of the Bot Connector, asked for over real HTTP: what cannot be had is no fault of who signs with them, and nothing is waited for
// without end.
import type { ServerResponse } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import type { Log } from '../../api/log.ts'
import { anActivity, startFakeConnector } from '../testing/fakeConnector.fixture.ts'
import { openAdapter } from './adapter.ts'

const silent: Log = { info() {}, warn() {}, error() {} }

async function opened() {
  const connector = await startFakeConnector()
  onTestFinished(() => connector.close())
  const adapter = openAdapter(connector.config, silent, async () => {})
  const send = async (token: string): Promise<number> => (await adapter.handle({ method: 'POST', headers: { authorization: `Bearer ${token}` }, body: anActivity(connector.origin) })).status
  return { connector, send }
}

const json = (response: ServerResponse, body: unknown) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))

it.each<[string, (path: string, response: ServerResponse, origin: string) => void]>([
  ['refuses', (_, response) => void response.writeHead(500).end()],
  ['hangs up', (_, response) => void response.destroy()],
  ['leads elsewhere', (_, response) => void response.writeHead(302, { location: 'https://elsewhere.example/keys' }).end()],
  ['says that they lie elsewhere', (_, response) => json(response, { jwks_uri: 'https://elsewhere.example/keys' })],
  ['says nothing of where they lie', (_, response) => json(response, {})],
  ['is no document', (_, response) => void response.writeHead(200).end('<html>')],
  ['never ends', (path, response, origin) => (path === '/openid' ? json(response, { jwks_uri: `${origin}/keys` }) : void response.writeHead(200).end('x'.repeat(2 ** 21)))],
])('who has signed is asked to come again where the document of keys %s, and is let in when it is there', async (_, answer) => {
  const { connector, send } = await opened()
  connector.keys.answer = (path, response) => answer(path, response, connector.origin)
  expect(await send(await connector.token())).toBe(503)
  connector.keys.answer = null
  expect(await send(await connector.token())).toBe(200)
})

it('what drips is not waited for until it ends', async () => {
  const { connector, send } = await opened()
  connector.keys.answer = (_, response) => {
    response.writeHead(200)
    const dripping = setInterval(() => void response.write(' '), 200)
    response.once('close', () => clearInterval(dripping))
  }
  expect(await send(await connector.token())).toBe(503)
})

it('a stranger’s token makes nobody print anything', async () => {
  const { connector, send } = await opened()
  const printed: unknown[] = []
  const { error } = console
  console.error = (...given: unknown[]) => void printed.push(given)
  onTestFinished(() => {
    console.error = error
  })
  for (const wrong of [{ key: true }, { expired: true }, { audience: 'another' }, { issuer: 'https://elsewhere.example' }, { endless: true }] as const) expect(await send(await connector.token(wrong))).toBe(401)
  expect(await send(await connector.token())).toBe(200)
  expect(printed).toEqual([])
})
