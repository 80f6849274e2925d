// What Microsoft refuses is said by what was asked and says what to do, and what it asks to wait is waited.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import type { UnitDoc } from '../../api/sync/units.ts'
import { graphError, type GraphAnswer } from '../house/graphProxy.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
let own: string
const ends: (() => void)[] = []
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', graph: 'proxied' })
  own = house.personas.Admin.tenantId
})
afterEach(() => ends.splice(0).forEach((end) => end()))
afterAll(() => house?.close())

const tenant = async (): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find(({ id }) => id === own)!
const stream = async (name: string) => (await tenant()).streams.find((one) => one.stream === name)!
const units = () => house.db.collection<UnitDoc>('units')
const unit = async (name: UnitDoc['stream']) => (await units().findOne({ tenantId: own, stream: name }))!
/** From now on what matches is refused. */
function refuse(path: RegExp, status: number, code: string, headers: Record<string, string> = {}) {
  ends.push(house.graph().change((answer: GraphAnswer) => {
    if (!path.test(answer.path)) return
    Object.assign(answer, { status, body: graphError(code) })
    Object.assign(answer.headers, headers)
  }))
}
/** Asks for a round, and waits until a stream has failed in it. */
async function failure(name: UnitDoc['stream']) {
  const before = Date.now() - 1
  await house.as('Admin', 'POST', `/tenants/${own}/sync`)
  return until(`${name} fails`, async () => {
    const { lastError } = await stream(name)
    return lastError !== null && Date.parse(lastError.at) > before ? lastError : null
  })
}
const heal = async (name: UnitDoc['stream']) => {
  ends.splice(0).forEach((end) => end())
  await units().updateMany({ tenantId: own, stream: name }, { $set: { dueAt: new Date(0), lastError: null, attempts: 0 } })
  await house.synced(name)
  expect((await tenant()).status).toBe('connected')
}

describe('a refusal', () => {
  it.each<[string, UnitDoc['stream'], RegExp, number, string, string, RegExp, Tenant['status']]>([
    ['of a list of roles that names somebody who is gone', 'roles', /roleDefinitions/, 404, 'Request_ResourceNotFound', 'objectGone', /^The directory names a group, an application or an account/, 'serviceError'],
    ['of a list that the tenant does not have', 'licences', /subscribedSkus/, 404, 'Request_ResourceNotFound', 'objectGone', /^Microsoft does not find what Outpost reads here\./, 'serviceError'],
    ['of an item that is gone', 'calendar', /calendarView/, 404, 'ErrorItemNotFound', 'gone', /no longer there/, 'serviceError'],
    ['of a mailbox that is being moved', 'calendar', /calendarView/, 403, 'ErrorMailboxMoveInProgress', 'mailboxMoving', /being moved/, 'serviceError'],
    ['of a mailbox that is full', 'calendar', /calendarView/, 403, 'ErrorQuotaExceeded', 'mailboxFull', /^This mailbox is full/, 'configurationError'],
    ['of a tenant that is blocked', 'organization', /organization/, 403, 'TenantBlocked', 'tenantBlocked', /^Microsoft has blocked this tenant/, 'authenticationError'],
    ['that nobody knows', 'licences', /subscribedSkus/, 403, 'SomethingNew', 'refused', /does not know \(code SomethingNew\)/, 'serviceError'],
    ['of a permission, which is named', 'licences', /subscribedSkus/, 403, 'Authorization_RequestDenied', 'consentMissing', /^Admin consent is missing for Directory\.Read\.All\./, 'permissionError'],
  ])('%s says so, and the tenant is not green', async (_, name, path, status, word, code, words, badge) => {
    refuse(path, status, word)
    const error = await failure(name)
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) as string })
    expect(error.message).not.toMatch(name === 'calendar' ? /permission/ : /mailbox/)
    expect((await tenant()).status).toBe(badge)
    await heal(name)
  })
})

describe('mail is read in another way', () => {
  const send = (subject: string) =>
    house.simulator<{ id: string }>('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject })
  const subjects = async () => (await house.mailWith('Contoso')).map(({ subject }) => subject)
  /** The simulated Exchange has no plain list: its answer is made of a delta that begins anew. */
  const lists = () =>
    ends.push(house.graph().change(async (answer) => {
      if (!/\/messages\?/.test(answer.path)) return
      const delta = answer.path.replace('/messages?', '/messages/delta?').replace(/&\$orderby=\w+/, '')
      const response = await fetch(new URL(delta, house.origin), { headers: { authorization: answer.sent.authorization!, prefer: answer.sent.prefer! } })
      const { value } = (await response.json()) as { value: object[] }
      Object.assign(answer, { status: response.status, body: { value } })
    }))

  it('of a full mailbox, whose changes Exchange does not tell, as a list; and as before when there is room again', async () => {
    const { id } = await send('before it was full')
    await house.synced('mail')
    refuse(/(mailFolders|messages)\/delta/i, 403, 'ErrorQuotaExceeded')
    lists()
    await send('while it is full')
    await house.synced('mail')
    expect(await subjects()).toEqual(expect.arrayContaining(['before it was full', 'while it is full']))
    expect((await tenant()).streams.filter(({ stream, lastError }) => stream === 'mail' && /full/.test(lastError?.message ?? ''))).toHaveLength(1)
    expect((await tenant()).status).not.toBe('connected')
    await house.simulator('DELETE', `/mail/${id}`)
    await house.synced('mail')
    expect(await subjects()).not.toContain('before it was full')
    await heal('mail')
    expect(await subjects()).toContain('while it is full')
  })

  it('where Exchange refuses to filter by time, without a filter', async () => {
    refuse(/messages\/delta\?.*\$filter=receivedDateTime/, 400, 'ErrorInvalidUrlQuery')
    await house.db.collection('bookmarks').deleteMany({ container: { $ne: 'folders' } })
    await send('without a filter')
    await house.synced('mail')
    expect(await subjects()).toEqual(expect.arrayContaining(['without a filter', 'while it is full']))
    expect((await tenant()).status).toBe('connected')
  })
})

describe('waiting', () => {
  it('grows where Microsoft asks for no wait again and again', async () => {
    refuse(/calendarView/, 429, 'ApplicationThrottled', { 'retry-after': '0' })
    house.graph().asked.length = 0
    await failure('calendar')
    await until('it has been tried four times', async () => (await unit('calendar')).attempts >= 4, 60)
    const times = house.graph().asked.filter(({ path }) => path.includes('/calendarView')).map(({ from }) => from)
    const gaps = times.slice(1).map((time, index) => time - times[index]!)
    // Two, four and eight seconds, less a quarter by chance.
    for (const [index, least] of [1_400, 2_900, 5_900].entries()) expect(gaps[index]).toBeGreaterThan(least)
    await heal('calendar')
  })

  it('a day is waited when Microsoft asks for a day, is said, and is not shortened by Sync now', async () => {
    refuse(/calendarView/, 429, 'ApplicationThrottled', { 'retry-after': '86400' })
    const { message } = await failure('calendar')
    expect(message).toBe('Microsoft asks Outpost to slow down. It asks to wait for 24 hours. Outpost does so, and goes on by itself.')
    expect((await tenant()).status).toBe('throttled')
    const { dueAt } = await unit('calendar')
    expect(dueAt.getTime() - Date.now()).toBeGreaterThan(86_000_000)
    await house.as('Admin', 'POST', `/tenants/${own}/sync`)
    expect((await unit('calendar')).dueAt).toEqual(dueAt)
    await heal('calendar')
  })
})
