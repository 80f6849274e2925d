// Signing in: the tab's single sign-on token and the bot's signed activities are checked completely; each fault answers 401.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

const me = (authorization?: string) => fetch(`${house.origin}/api/v1/me`, authorization === undefined ? {} : { headers: { Authorization: authorization } })

describe('the tab’s token', () => {
  it.each(['signature', 'audience', 'tenant', 'issuer', 'expired', 'scope'])('with a wrong %s answers 401', async (fault) => {
    const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`, { fault })
    const response = await me(`Bearer ${token}`)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated', message: expect.stringContaining('Open Outpost again') as string } })
  })

  it.each([['no header', undefined], ['no token', 'Bearer '], ['another scheme', 'Basic YTpi'], ['nonsense', 'Bearer a.b.c'], ['an unsigned token', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`]])(
    '%s answers 401', async (_, header) => {
      expect((await me(header)).status).toBe(401)
    },
  )

  it('of a person without a role answers 403 with the way on', async () => {
    const { status, body } = await house.as('none', 'GET', '/customers')
    expect(status).toBe(403)
    expect(body).toMatchObject({ error: { code: 'noRole', message: expect.stringContaining('Ask an administrator') as string } })
  })

  it('that is right says who it is, with the addresses of the directory', async () => {
    const { upn, userId, tenantId, name } = house.personas.Admin
    expect(await house.get('/me')).toMatchObject({ userId, tenantId, name, role: 'admin', addresses: expect.arrayContaining([upn]) as string[] })
  })
})

describe('the bot’s endpoint', () => {
  const send = (fault: string | undefined, change: object = {}) => {
    const { tenantId, userId } = house.personas.Admin
    const activity = {
      type: 'message', id: `1${Math.random()}`, channelId: 'msteams', serviceUrl: `${house.origin}/`, text: 'help', from: { id: '29:x', aadObjectId: userId },
      recipient: { id: `28:${house.environment().OUTPOST_BOT_ID}` }, conversation: { id: 'a:x', conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } }, ...change,
    }
    return house.simulator<{ status: number }>('POST', '/activities', { activity, ...(fault === undefined ? {} : { fault }) })
  }

  it.each(['signature', 'audience', 'issuer', 'expired', 'serviceurl', 'none'])('an activity with a wrong %s answers 401', async (fault) => {
    expect((await send(fault)).status).toBe(401)
  })

  it('a well signed activity from another tenant answers 401', async () => {
    const other = '99999999-9999-4999-8999-999999999999'
    expect((await send(undefined, { conversation: { id: 'a:x', conversationType: 'personal', tenantId: other }, channelData: { tenant: { id: other } } })).status).toBe(401)
  })

  it('a well signed activity of ours is taken', async () => {
    expect((await send(undefined)).status).toBeLessThan(300)
  })
})

it('the description of the API is public and complete', async () => {
  const document = (await (await fetch(`${house.origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> }
  expect(Object.keys(document.paths).sort()).toEqual([
    '/audit', '/audit.csv', '/channels', '/channels/{id}', '/customers', '/customers/{id}', '/customers/{id}/accounts', '/customers/{id}/licences',
    '/customers/{id}/licences/holders', '/customers/{id}/meetings', '/customers/{id}/messages', '/customers/{id}/posture', '/me', '/meetings/{id}', '/messages/{id}/body', '/security', '/security.csv', '/tenants', '/tenants/test',
    '/tenants/{id}', '/tenants/{id}/sync', '/tenants/{id}/unmatched',
  ])
})

it('health is told without signing in', async () => {
  expect((await fetch(`${house.origin}/healthz`)).status).toBe(200)
  expect((await fetch(`${house.origin}/readyz`)).status).toBe(200)
})

it('an unknown path answers in the common form', async () => {
  const response = await fetch(`${house.origin}/api/v1/nothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'notFound' } })
})
