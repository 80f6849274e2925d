import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { trial, type Item, type Trial } from '../../simulator.fixture.ts'
import { occurrences, type Meeting } from '../../world/calendar/meetings.ts'
import { makeWorld } from '../../world/world.ts'
import { wallOf } from '../../world/calendar/zones.ts'

const ROBIN = 'robin.rivet@proseware.com'
const MIKA = 'mika.marble@proseware.com'
const UTC = 'outlook.timezone="UTC", IdType="ImmutableId"'
const SELECT = 'iCalUId,subject,start,end,isAllDay,isCancelled,type,sensitivity,seriesMasterId,organizer,attendees'
const DAY = 86_400_000
const BERLIN = 'W. Europe Standard Time'

interface Truth {
  id: string; iCalUId: string; start: string; end: string
  isAllDay: boolean; isCancelled: boolean; type: string; sensitivity: string
  canaries: string[]; expectedCustomers: string[] | null
}
interface Time { dateTime: string; timeZone: string }
type Times = Item & { start: Time; end: Time; isAllDay: boolean; iCalUId: string; subject: string; type: string }
let t: Trial

beforeAll(async () => { t = await trial('small', undefined, 1) })
afterAll(() => t.close())
afterEach(() => expect(t.sim.violations).toEqual([]))

const view = (upn: string, from: number | string, to: number | string, more = `&$select=${SELECT}&$orderby=start/dateTime`): string => {
  const [a, b] = [from, to].map((at) => new Date(at).toISOString())
  return `/users/${upn}/calendarView?startDateTime=${a as string}&endDateTime=${b as string}${more}`
}
const events = async (path: string, prefer = `${UTC}, odata.maxpagesize=50`): Promise<Times[]> => (await t.readAll(path, prefer)).items as Times[]
const utc = (time: { dateTime: string }): number => Date.parse(`${time.dateTime.slice(0, 19)}Z`)
const meetings = async (upn: string): Promise<Truth[]> => {
  const truth = (await t.call<{ tenants: { mailboxes: { upn: string; meetings: Truth[] }[] }[] }>('GET', '/simulator/truth')).body
  return truth.tenants[0]?.mailboxes.find((m) => m.upn === upn)?.meetings ?? []
}
const post = async (body: Record<string, unknown>): Promise<{ ids: string[]; iCalUId: string }> => {
  const answer = await t.call<{ ids: string[]; iCalUId: string }>('POST', '/simulator/meetings', { mailbox: ROBIN, ...body })
  expect(answer.status).toBe(200)
  return answer.body
}

describe('the calendar of the world', () => {
  it('shows exactly what the truth says, page by page, in the order asked for', async () => {
    const [from, to] = [t.sim.world.start - 10 * DAY, t.sim.world.start + 20 * DAY]
    const { items, pages } = await t.readAll(view(ROBIN, from, to), `${UTC}, odata.maxpagesize=7`)
    expect(Math.max(...pages.map((p) => p.value.length))).toBe(7)
    const shown = items as Times[]
    // An all-day event is shown at midnight in whatever zone is asked for, and stands where its own zone's midnight is.
    const timed = shown.filter((e) => !e.isAllDay).map((e) => utc(e.start))
    expect(timed).toEqual([...timed].sort((a, b) => a - b))
    // All-day events touch the window by their own zone's midnight; those of the world lie well inside it.
    const expected = (await meetings(ROBIN)).filter((m) => Date.parse(m.start) < to && Date.parse(m.end) > from)
    const line = (m: { id: string; iCalUId: string; type: string }, ...times: number[]): string => [m.id, m.iCalUId, m.type, ...times].join()
    const lines = expected.map((m) => line(m, Date.parse(m.start), Date.parse(m.end)))
    expect(shown.map((e) => line(e, utc(e.start), utc(e.end))).sort()).toEqual(lines.sort())
    expect(expected.length).toBeGreaterThanOrEqual(40)
  })

  it('has every kind of meeting in every technician’s calendar', async () => {
    for (const upn of [ROBIN, MIKA]) {
      const all = await meetings(upn)
      const some = (test: (m: Truth) => boolean): void => expect(all.some(test)).toBe(true)
      for (const type of ['singleInstance', 'occurrence', 'exception']) some((m) => m.type === type)
      for (const kind of ['normal', 'personal', 'private', 'confidential']) some((m) => m.sensitivity === kind)
      some((m) => m.isAllDay && m.expectedCustomers?.length === 1)
      some((m) => m.isCancelled && m.type === 'singleInstance')
      some((m) => m.isCancelled && m.type === 'exception')
      some((m) => m.expectedCustomers?.length === 0)
      some((m) => m.expectedCustomers?.length === 2)
      expect(all.every((m) => m.type !== 'seriesMaster')).toBe(true)
    }
  })

  it('shows one meeting to all who hold it, under one iCalUId and as many ids', async () => {
    const [a, b] = [await meetings(ROBIN), await meetings(MIKA)]
    const both = a.filter((m) => b.some((n) => n.iCalUId === m.iCalUId))
    expect(both.length).toBeGreaterThan(3)
    for (const m of both) expect(b.find((n) => n.iCalUId === m.iCalUId)).toMatchObject({ start: m.start, canaries: m.canaries })
    expect(a.filter((m) => b.some((n) => n.id === m.id))).toEqual([])
    expect(new Set(a.map((m) => m.iCalUId)).size).toBe(a.length)
  })

  it('plants its canaries: in every body, and in the subject of what is hidden', async () => {
    for (const m of (await meetings(ROBIN)).slice(0, 25)) {
      const shown = (await t.get<Times & { body: { content: string }; bodyPreview: string }>(`/users/${ROBIN}/events/${m.id}`, UTC)).body
      expect(shown.body.content).toContain(m.canaries[0])
      const hidden = m.expectedCustomers?.length === 0 || m.sensitivity !== 'normal'
      expect(m.canaries.some((c) => shown.subject.includes(c))).toBe(hidden)
      expect(m.canaries.some((c) => shown.bodyPreview.includes(c))).toBe(hidden)
      for (const c of m.canaries.filter((x) => x.startsWith('st'))) expect(JSON.stringify([shown.organizer, shown.attendees])).toContain(c)
    }
  })

  it('keeps its series on the wall clock over a change of it: only the world’s start decides whether it comes', () => {
    const mailbox = [...makeWorld('small', 1, Date.parse('2026-03-25T05:06:07Z')).msp.mailboxes.values()][0]?.()
    const review = [...(mailbox?.calendar().values() ?? [])].find((m) => m.subject === 'Weekly review' && m.timeZone === BERLIN) as Meeting
    const starts = occurrences(review).filter((o) => o.type === 'occurrence').map((o) => o.start)
    expect(new Set(starts.map((at) => wallOf(at, BERLIN) % DAY)).size).toBe(1)
    const [winter, summer] = [...new Set(starts.map((at) => at % DAY))] as [number, number]
    expect(winter - summer).toBe(3_600_000)
  })

  it('has three in the smallest world and a hundred in the large one', () => {
    const start = Date.parse('2026-03-04T05:06:07Z')
    const near = (name: 'tiny' | 'large'): number => {
      const calendar = [...makeWorld(name, 5, start).msp.mailboxes.values()][0]?.().calendar()
      return [...(calendar?.values() ?? [])].flatMap((m) => occurrences(m, start - 10 * DAY, start + 20 * DAY)).length
    }
    expect(near('tiny')).toBe(3)
    expect(near('large')).toBeGreaterThanOrEqual(100)
  })
})

describe('times', () => {
  it('stand in the zone that the request prefers, on that request only', async () => {
    await post({ subject: 'Zones', start: '2021-01-12T10:00:00', end: '2021-01-12T11:00:00', timeZone: 'W. Europe Standard Time' })
    const path = view(ROBIN, '2021-01-12', '2021-01-13', '&$select=start,end,originalStartTimeZone&$top=1')
    const start = async (prefer?: string) => (await t.get(path, prefer)).body.value[0]?.start
    expect(await start('outlook.timezone="UTC"')).toEqual({ dateTime: '2021-01-12T09:00:00.0000000', timeZone: 'UTC' })
    expect(await start('outlook.timezone="India Standard Time"'))
      .toEqual({ dateTime: '2021-01-12T14:30:00.0000000', timeZone: 'India Standard Time' })
    expect(await start()).toEqual({ dateTime: '2021-01-12T10:00:00.0000000', timeZone: 'W. Europe Standard Time' })
    await post({ subject: 'Zones, too', start: '2021-01-12T12:00:00Z', end: '2021-01-12T13:00:00Z', timeZone: 'W. Europe Standard Time' })
    const next = (await t.get(path, 'outlook.timezone="UTC"')).body['@odata.nextLink'] as string
    expect(((await t.get(next)).body.value[0] as Times).start.timeZone).toBe('W. Europe Standard Time')
  })

  it.each([
    ['autumn', '2020-10-22T09:00:00', ['07:00', '07:00', '07:00', '08:00', '08:00']],
    ['spring', '2021-03-26T09:00:00', ['08:00', '08:00', '07:00', '07:00', '07:00']],
  ])(
    'of a daily series keep the wall clock over the change of %s', async (_season, start, hours) => {
      const recurrence = { pattern: 'daily', count: 5 }
      await post({ subject: 'Daily', start, end: start.replace('09:', '10:'), timeZone: BERLIN, recurrence })
      const at = Date.parse(`${start}Z`)
      const found = (await events(view(ROBIN, at - DAY, at + 10 * DAY))).filter((e) => e.subject === 'Daily')
      expect(found.map((e) => e.start.dateTime.slice(11, 16))).toEqual(hours)
      expect(found.map((e) => utc(e.end) - utc(e.start))).toEqual(Array.from({ length: 5 }, () => 3_600_000))
    })

  it('of an all-day event are midnights in every zone, and it touches windows by its own', async () => {
    await post({ subject: 'All day', start: '2021-02-02', end: '2021-02-03', isAllDay: true, timeZone: 'Tokyo Standard Time' })
    const [one] = await events(view(ROBIN, '2021-02-01T20:00:00Z', '2021-02-01T21:00:00Z'))
    const start = { dateTime: '2021-02-02T00:00:00.0000000', timeZone: 'UTC' }
    expect(one).toMatchObject({ isAllDay: true, start, end: { dateTime: '2021-02-03T00:00:00.0000000' } })
    expect(await events(view(ROBIN, '2021-02-02T16:00:00Z', '2021-02-02T17:00:00Z'))).toEqual([])
  })

  it('in zones that no list has are UTC', async () => {
    await post({ subject: 'Odd', start: '2021-02-05T10:00:00', end: '2021-02-05T11:00:00', timeZone: 'tzone://Microsoft/Utc' })
    const [odd] = await events(view(ROBIN, '2021-02-05', '2021-02-06', '&$select=start,originalStartTimeZone'), 'IdType="ImmutableId"')
    const timeZone = 'tzone://Microsoft/Utc'
    expect(odd).toMatchObject({ start: { dateTime: '2021-02-05T10:00:00.0000000', timeZone }, originalStartTimeZone: timeZone })
  })
})

describe('by hand', () => {
  const window = (): string => view(ROBIN, '2021-06-01', '2021-07-01')

  it('one meeting stands in several calendars, with all its details on demand', async () => {
    const attendees = [
      'pat@contoso.com', { name: 'Board', address: 'board@stranger.example', type: 'optional' },
      { name: 'Pine', address: 'pine@proseware.com', type: 'resource' },
    ]
    const { ids, iCalUId } = await post({
      mailboxes: [ROBIN, MIKA], subject: 'Shared', start: '2021-06-01T10:00:00Z', end: '2021-06-01T11:00:00Z', attendees, online: true,
      body: '<p>Agenda</p>', location: 'Room Pine', sensitivity: 'confidential',
    })
    expect(new Set(ids).size).toBe(2)
    const request = t.client().api(`/users/${MIKA}/events/${ids[1] as string}`).header('Prefer', `${UTC}, outlook.body-content-type="text"`)
    const details = await request.get() as Record<string, unknown>
    expect(details).toMatchObject({
      id: ids[1], iCalUId, type: 'singleInstance', sensitivity: 'confidential', body: { contentType: 'text', content: 'Agenda' },
      organizer: { emailAddress: { address: ROBIN } }, location: { displayName: 'Room Pine' }, isOnlineMeeting: true,
      onlineMeeting: { joinUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//) as string },
      attendees: [{ type: 'required', emailAddress: { address: 'pat@contoso.com' } }, { type: 'optional' }, { type: 'resource' }],
    })
    expect((await t.get(`/users/${MIKA}/events/${ids[0] as string}`)).status).toBe(404)
    const mutable = (await events(window(), 'odata.maxpagesize=50'))[0] as Times
    expect(mutable.id).not.toBe(ids[0])
    expect((await t.get<Times>(`/users/${ROBIN}/events/${mutable.id}`)).body.iCalUId).toBe(iCalUId)
    await t.call('PATCH', `/simulator/meetings/${iCalUId}`, { start: '2021-06-02T10:00:00Z' })
    expect((await events(window()))[0])
      .toMatchObject({ id: ids[0], iCalUId, start: { dateTime: '2021-06-02T10:00:00.0000000' }, end: { dateTime: '2021-06-02T11:00:00.0000000' } })
    await t.call('PATCH', `/simulator/meetings/${iCalUId}`, { cancel: true })
    expect((await events(window()))[0]).toMatchObject({ isCancelled: true, subject: 'Canceled: Shared' })
    expect((await t.call('DELETE', `/simulator/meetings/${iCalUId}?mailbox=${ROBIN}`)).status).toBe(204)
    expect(await events(window())).toEqual([])
    expect(await events(view(MIKA, '2021-06-01', '2021-07-01'))).toHaveLength(1)
    expect((await t.call('DELETE', `/simulator/meetings/${iCalUId}`)).status).toBe(204)
    expect((await t.call('DELETE', `/simulator/meetings/${iCalUId}`)).status).toBe(404)
  })

  it('occurrences of a series are moved, renamed, cancelled and deleted one by one', async () => {
    const recurrence = { pattern: 'weekly', count: 40 }
    const { ids, iCalUId } = await post({ subject: 'Series', start: '2021-05-28T08:00:00', end: '2021-05-28T09:00:00', timeZone: BERLIN, recurrence })
    const before = await events(window())
    expect(before.map((e) => e.start.dateTime.slice(0, 10))).toEqual(['2021-06-04', '2021-06-11', '2021-06-18', '2021-06-25'])
    expect(before.every((e) => e.type === 'occurrence' && e.seriesMasterId === ids[0])).toBe(true)
    const path = `/simulator/meetings/${iCalUId}`
    await t.call('PATCH', path, { occurrence: '2021-06-04', start: '2021-06-07T12:00:00Z' })
    await t.call('PATCH', `/simulator/meetings/${before[1]?.iCalUId as string}`, { subject: 'Renamed' })
    await t.call('PATCH', path, { occurrence: '2021-06-18', cancel: true })
    expect((await t.call('DELETE', `${path}?occurrence=2021-06-25`)).status).toBe(204)
    const after = await events(window())
    expect(after.map((e) => [e.type, e.subject, e.start.dateTime.slice(0, 13)])).toEqual([
      ['exception', 'Series', '2021-06-07T12'], ['exception', 'Renamed', '2021-06-11T06'], ['exception', 'Canceled: Series', '2021-06-18T06'],
    ])
    expect(after.map((e) => [e.id, e.iCalUId])).toEqual(before.slice(0, 3).map((e) => [e.id, e.iCalUId]))
    expect((await t.get(`/users/${ROBIN}/events/${before[3]?.id as string}`)).status).toBe(404)
    expect((await t.get<Item>(`/users/${ROBIN}/events/${ids[0] as string}?$select=type`)).body).toMatchObject({ type: 'seriesMaster' })
    await t.call('PATCH', path, { start: '2021-05-28T09:30:00' })
    expect((await events(window())).map((e) => e.start.dateTime.slice(11, 16))).toEqual(['07:30', '07:30', '07:30', '07:30'])
    expect((await t.call('PATCH', path, { occurrence: '2021-06-05' })).status).toBe(404)
    await t.call('DELETE', path)
    expect(await events(window())).toEqual([])
  })

  it('refuses what makes no sense', async () => {
    const sound = { mailbox: ROBIN, start: '2021-06-01T10:00:00Z', end: '2021-06-01T11:00:00Z' }
    const status = async (body: object): Promise<number> => (await t.call('POST', '/simulator/meetings', { ...sound, ...body })).status
    expect(await status({ mailbox: 'nobody@proseware.com' })).toBe(404)
    const recurrence = { pattern: 'monthly', count: 2 }
    for (const body of [{ start: 'soon' }, { end: '2021-05-01T00:00:00Z' }, { timeZone: 'Mars' }, { sensitivity: 'secret' }, { recurrence }])
      expect(await status(body)).toBe(400)
  })
})

describe('refusals of the calendar', () => {
  it('wants a window, with an end after its start', async () => {
    expect(await t.get(`/users/${ROBIN}/calendarView?startDateTime=2021-01-02&endDateTime=2021-01-01`)).toMatchObject({ status: 400 })
    expect(await t.get(`/users/${ROBIN}/calendarView?startDateTime=soon&endDateTime=2021-01-01`)).toMatchObject({ status: 400 })
    expect(await t.get(view(ROBIN, '2010-01-01', '2021-01-01', '')))
      .toMatchObject({ status: 400, body: { error: { code: 'ErrorCalendarViewRangeTooBig' } } })
    expect(await t.get(`/users/${ROBIN}/calendarView?startDateTime=2021-01-01`)).toMatchObject({ status: 400 })
    expect(t.sim.violations.splice(0)).toMatchObject([{ kind: 'request', problem: 'query option endDateTime is missing' }])
    await t.get(view(ROBIN, '2021-01-01', '2021-01-02', ''), 'outlook.timezone="Mars"')
    expect(t.sim.violations.splice(0)).toMatchObject([{ kind: 'request' }])
    expect(await t.get(view(ROBIN, '2021-01-01', '2021-01-02', '&$filter=isAllDay eq true'))).toMatchObject({ status: 501 })
  })

  it('without Calendars.Read: 403; a mailbox in another state: 404, for mail and calendar', async () => {
    const { id, app } = t.sim.world.msp
    const all = [...app.permissions]
    const path = view(ROBIN, '2021-01-01', '2021-01-02', '')
    await t.call('POST', `/simulator/tenants/${id}`, { permissions: all.filter((p) => p !== 'Calendars.Read') })
    expect(await t.get(path)).toMatchObject({ status: 403, body: { error: { code: 'ErrorAccessDenied' } } })
    await t.call('POST', `/simulator/tenants/${id}`, { permissions: all })
    const code = async (state: string): Promise<unknown[]> => {
      expect((await t.call('POST', `/simulator/tenants/${id}`, { mailboxState: { upn: ROBIN, state } })).status).toBe(200)
      const ask = async (what: string) => t.get<{ error?: { code: string } }>(what)
      return [await ask(path), await ask(`/users/${ROBIN}/mailFolders/inbox`)].flatMap((a) => [a.status, a.body.error?.code])
    }
    const none = 'MailboxNotEnabledForRESTAPI'
    for (const state of ['onPremises', 'unlicensed']) expect(await code(state)).toEqual([404, none, 404, none])
    for (const state of ['removed', 'missing']) expect(await code(state)).toEqual([404, 'ResourceNotFound', 404, 'ResourceNotFound'])
    expect(await code('ok')).toEqual([200, undefined, 200, undefined])
    expect((await t.call('POST', `/simulator/tenants/${id}`, { mailboxState: { upn: ROBIN, state: 'tired' } })).status).toBe(400)
  })
})
