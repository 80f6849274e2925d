// Behind a forward proxy: Graph, Entra and the Bot Connector are reached through it and in no other way.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { connectTenants } from '../../scripts/house.ts'
import { certificate, openForwardProxy, type ForwardProxy } from '../house/forwardProxy.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let proxy: ForwardProxy
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
  proxy = await openForwardProxy(house.origin)
})
afterAll(async () => {
  await house?.close()
  await proxy?.close()
})

const hosts = ['graph', 'login', 'keys', 'connector'].map((name) => `${name}.microsoft.example`)
const [graph, login, keys, connector] = hosts
/** Microsoft under names that only the proxy knows. */
const microsoft = (scheme: 'http' | 'https') => ({
  OUTPOST_GRAPH_ORIGIN: `${scheme}://${graph}`, OUTPOST_ENTRA_ORIGIN: `${scheme}://${login}`, OUTPOST_BOT_OPENID_URL: `${scheme}://${keys}/botframework/openidconfiguration`, OUTPOST_BOT_SERVICE_ORIGINS: `${scheme}://${connector}`,
})
async function startWith(environment: Record<string, string>) {
  await house.stopProduct()
  proxy.passed.length = 0
  proxy.proofs.length = 0
  await house.startProduct(environment)
}
const help = (serviceUrl: string) => {
  const activity = { text: 'help', serviceUrl }
  return house.simulator<{ status: number }>('POST', '/activities', { activity })
}
const statuses = async () => (await house.get<TenantList>('/tenants')).items.map(({ status }) => status)
const different = () => [...new Set(proxy.passed)].sort()

it('https goes through tunnels: tokens, Graph, the keys of both, and what the bot sends', async () => {
  await startWith({ ...microsoft('https'), HTTPS_PROXY: proxy.origin.replace('//', '//user:secret@'), NODE_EXTRA_CA_CERTS: certificate })
  await connectTenants(house.origin)
  await house.synced()
  expect(await statuses()).toEqual(['connected', 'connected'])
  expect(await help(`https://${connector}/`)).toMatchObject({ status: 200 })
  expect(different()).toEqual(hosts.map((host) => `CONNECT ${host}:443`).sort())
  expect([...new Set(proxy.proofs)]).toEqual([`Basic ${Buffer.from('user:secret').toString('base64')}`])
})

it('http goes through it in absolute form, by the variables in lower case too', async () => {
  await startWith({ ...microsoft('http'), http_proxy: proxy.origin })
  await house.synced()
  expect(await statuses()).toEqual(['connected', 'connected'])
  expect(await help(`http://${connector}/`)).toMatchObject({ status: 200 })
  expect(different()).toEqual([`GET ${graph}`, `GET ${keys}`, `GET ${login}`, `POST ${connector}`, `POST ${login}`].sort())
})

it('what NO_PROXY names is reached without it, and a proxy for https is none for http', async () => {
  for (const environment of [{ HTTP_PROXY: proxy.origin, NO_PROXY: 'localhost, 127.0.0.1' }, { HTTPS_PROXY: proxy.origin }]) {
    await startWith(environment)
    await house.synced()
    expect(await statuses()).toEqual(['connected', 'connected'])
    expect(await help(house.origin)).toMatchObject({ status: 200 })
    expect(proxy.passed).toEqual([])
  }
})

it('a proxy that is away is an outage, in words', async () => {
  await startWith({ ...microsoft('https'), HTTPS_PROXY: 'http://127.0.0.1:9', NODE_EXTRA_CA_CERTS: certificate })
  const { clientId, clientSecret, tenantId, mailboxes } = (await house.simulator<Record<string, unknown>[]>('GET', '/tenants'))[0]!
  const { status, body } = await house.as('Admin', 'POST', '/tenants/test', { clientId, clientSecret, tenantId, mailboxes })
  // The keys of people's sign-in lie behind it as well.
  expect({ status, code: (body as { error: { code: string } }).error.code }).toEqual({ status: 503, code: 'serviceUnavailable' })
  await startWith({})
  await house.synced()
})
