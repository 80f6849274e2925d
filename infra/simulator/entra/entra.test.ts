import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenOf, trial, type Trial } from '../simulator.fixture.ts'

const ROBIN = 'robin.rivet@proseware.com'
const NOBODY = '00000000-1111-4222-8333-444444444444'
let t: Trial
beforeAll(async () => { t = await trial() })
afterAll(() => t.close())

describe('tokens of applications, by MSAL', () => {
  it('carry the granted permissions as roles, and no such claim without any', async () => {
    const claims = decodeJwt(await t.token())
    const { msp, bot } = t.sim.world
    const issuer = `https://sts.windows.net/${msp.id}/`
    expect(claims).toMatchObject({ aud: 'https://graph.microsoft.com', iss: issuer, idtyp: 'app', ver: '1.0', roles: msp.app.permissions })
    const forBot = decodeJwt(await tokenOf(t.sim, msp.id, bot.clientId, bot.secret, 'https://api.botframework.com'))
    expect(forBot).toMatchObject({ aud: 'https://api.botframework.com', appid: bot.clientId })
    expect(forBot).not.toHaveProperty('roles')
  })

  it.each([
    ['a wrong secret', 7000215, (w: Trial['sim']['world']) => [w.msp.id, w.msp.app.clientId, 'wrong'] as const],
    ['the id of the secret instead of its value', 7000215, (w: Trial['sim']['world']) => [w.msp.id, w.msp.app.clientId, w.msp.app.secretId] as const],
    ['an unknown application', 700016, (w: Trial['sim']['world']) => [w.msp.id, w.tenants[1]?.app.clientId ?? '', 'x'] as const],
    ['an unknown tenant', 90002, (w: Trial['sim']['world']) => [NOBODY, w.msp.app.clientId, w.msp.app.secret] as const],
  ])('are refused for %s', async (_what, number, input) => {
    const error = await tokenOf(t.sim, ...input(t.sim.world)).catch((e: unknown) => e) as { errorNo?: unknown }
    expect(Number(error.errorNo)).toBe(number)
  })

  it('end with their secret: expired, then renewed', async () => {
    const { id, app } = t.sim.world.msp
    const old = await t.token()
    expect((await t.get('/organization', undefined, old)).status).toBe(200)
    await t.call('POST', `/simulator/tenants/${id}`, { secret: 'expire' })
    expect((await t.get('/organization', undefined, old)).status).toBe(401)
    expect(Number(((await t.token().catch((e: unknown) => e)) as { errorNo?: unknown }).errorNo)).toBe(7000222)
    const { clientSecret } = (await t.call<{ clientSecret: string }>('POST', `/simulator/tenants/${id}`, { secret: 'rotate' })).body
    expect(clientSecret).toBe(app.secret)
    expect((await t.get('/organization', undefined, await t.token())).status).toBe(200)
  })

  it('refuse another kind of scope, and obey faults', async () => {
    const { id, app } = t.sim.world.msp
    const ask = async (scope: string): Promise<[number, unknown]> => {
      const response = await fetch(`${t.origin}/${id}/oauth2/v2.0/token?client-request-id=x`, {
        method: 'POST', body: new URLSearchParams({ client_id: app.clientId, client_secret: app.secret, grant_type: 'client_credentials', scope }),
      })
      return [response.status, ((await response.json()) as { error_codes?: number[] }).error_codes?.[0]]
    }
    expect(await ask('User.Read')).toEqual([400, 70011])
    await t.call('POST', '/simulator/faults', { match: 'oauth2/v2.0/token', status: 401, code: '7000222', times: 1 })
    expect(await ask('https://graph.microsoft.com/.default')).toEqual([401, 7000222])
    expect(await ask('https://graph.microsoft.com/.default')).toEqual([200, undefined])
  })
})

describe('tokens of people', () => {
  const check = async (fault?: string): Promise<Record<string, unknown>> => {
    const { msp } = t.sim.world
    const { token } = (await t.call<{ token: string }>('POST', `/simulator/personas/${ROBIN}/token`, fault ? { fault } : undefined)).body
    const keys = createRemoteJWKSet(new URL(`${t.origin}/${msp.id}/discovery/v2.0/keys`))
    return (await jwtVerify(token, keys, { issuer: `https://login.microsoftonline.com/${msp.id}/v2.0`, audience: msp.app.clientId })).payload
  }

  it('are what Teams gives to a tab', async () => {
    const claims = { ver: '2.0', scp: 'access_as_user', tid: t.sim.world.msp.id, roles: ['Admin'], preferred_username: ROBIN }
    expect(await check()).toMatchObject(claims)
    expect(await check('scope')).toMatchObject({ scp: 'User.Read' })
  })

  it.each([
    ['signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'], ['audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED'], ['tenant', 'ERR_JWT_CLAIM_VALIDATION_FAILED'], ['expired', 'ERR_JWT_EXPIRED'],
  ])('can be faulty: %s', async (fault, code) => {
    await expect(check(fault)).rejects.toMatchObject({ code })
  })

  it('hold the role of a person by direct assignment or by a group, and none for the others', async () => {
    const personas = (await t.call<{ upn: string; role: string | null }[]>('GET', '/simulator/personas')).body
    expect(personas.map((p) => p.role)).toEqual(['Admin', 'Member', 'Viewer', null])
    for (const { upn, role } of personas) {
      const { token } = (await t.call<{ token: string }>('POST', `/simulator/personas/${upn}/token`)).body
      expect(decodeJwt(token).roles).toEqual(role === null ? undefined : [role])
    }
    const [{ upn, tenantId } = { upn: '', tenantId: '' }] = (await t.call<{ upn: string; tenantId: string; role: string | null }[]>('GET', '/simulator/personas')).body.filter((p) => p.role === null)
    await t.call('POST', '/simulator/accounts', { tenantId, action: 'giveOutpost', userPrincipalName: upn, outpost: 'Viewer' })
    expect(decodeJwt((await t.call<{ token: string }>('POST', `/simulator/personas/${upn}/token`)).body.token).roles).toEqual(['Viewer'])
    expect((await t.call('POST', '/simulator/accounts', { tenantId, action: 'giveOutpost', userPrincipalName: upn, outpost: 'Owner' })).status).toBe(400)
    expect((await t.call('POST', '/simulator/personas/nobody@proseware.com/token')).status).toBe(404)
    expect((await t.call('POST', `/simulator/personas/${personas[0]?.upn ?? ''}/token`, { fault: 'typo' })).status).toBe(400)
  })
})
