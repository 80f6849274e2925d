// Meetings from the technicians' calendars to the hub's agenda: once each, in UTC, private ones as times alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeetingDetail, MeetingList } from '../../api/calendar/model.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

interface TruthMeeting {
  id: string
  iCalUId: string
  start: string
  end: string
  isAllDay: boolean
  isCancelled: boolean
  sensitivity: string
  expectedCustomers: string[] | null
  canaries: string[]
}
interface Truth {
  now: string
  tenants: { mailboxes: { upn: string; meetings: TruthMeeting[] }[] }[]
}
let house: House
let truth: Truth
beforeAll(async () => {
  house = await openHouse()
  truth = await house.simulator<Truth>('GET', '/truth')
})
afterAll(() => house?.close())

const day = 86_400_000
const at = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString()
const agenda = async (name: string, role: RoleName = 'Admin') => house.get<MeetingList>(`/customers/${(await house.customer(name)).id}/meetings`, role)
const find = async (subject: string, role?: RoleName) => (await agenda('Contoso', role)).items.filter((row) => row.subject === subject)
const meet = (change: object) =>
  house.simulator<{ ids: string[]; iCalUId: string }>('POST', '/meetings', { mailbox: house.personas.Admin.upn, organizer: 'kim.kettle@contoso.com', attendees: [house.personas.Admin.upn], start: at(30), end: at(31), ...change })

describe('the agenda', () => {
  it.each(['Contoso', 'Fabrikam', 'Tailspin Toys'])('of %s equals the world’s own: every meeting of the window that touches the customer, once', async (name) => {
    const now = Date.parse(truth.now)
    const expected = new Set<string>()
    for (const meeting of truth.tenants.flatMap((tenant) => tenant.mailboxes.flatMap((box) => box.meetings))) {
      if (Date.parse(meeting.start) >= now + 14 * day || Date.parse(meeting.end) <= now - 7 * day || !meeting.expectedCustomers?.includes(name)) continue
      expected.add(`${meeting.iCalUId} ${Date.parse(meeting.start)}`)
    }
    const { items } = await agenda(name)
    expect(expected.size).toBeGreaterThan(3)
    expect(items.length).toBe(expected.size)
    expect(items.map((row) => row.start.slice(0, 10))).toEqual(items.map((row) => row.start.slice(0, 10)).sort())
  })

  it('holds series as occurrences, cancelled, all-day and private ones', async () => {
    const all = (await Promise.all(['Contoso', 'Fabrikam', 'Tailspin Toys'].map((name) => agenda(name)))).flatMap(({ items }) => items)
    for (const is of [(row) => row.series, (row) => row.cancelled, (row) => row.allDay, (row) => row.private] as ((row: MeetingList['items'][number]) => boolean)[]) expect(all.some(is)).toBe(true)
    for (const row of all.filter((one) => one.private)) expect(row).toMatchObject({ subject: null, organizer: null, attendees: [], others: 0, online: false })
    for (const row of all.filter((one) => one.allDay)) expect(row.start).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('asks for UTC, immutable ids and a page size on every page', async () => {
    const pages = (await house.simulator<{ path: string; headers: Record<string, string> }[]>('GET', '/requests')).filter(({ path }) => path.endsWith('calendarView'))
    expect(pages.length).toBeGreaterThan(2)
    for (const { headers } of pages) expect(headers.prefer).toBe('outlook.timezone="UTC", IdType="ImmutableId", odata.maxpagesize=200')
  })
})

describe('what happens to a meeting', () => {
  it('a new one appears, once, although three technicians attend; moved, it moves; deleted, it goes', async () => {
    const mailboxes = (['Admin', 'Member', 'Viewer'] as const).map((role) => house.personas[role].upn)
    const { iCalUId } = await meet({ mailbox: undefined, mailboxes, attendees: mailboxes, subject: 'Server move' })
    await house.synced('calendar')
    expect(await find('Server move')).toMatchObject([{ start: at(30), organizer: { address: 'kim.kettle@contoso.com' }, attendees: [{}, {}, {}] }])
    await house.simulator('PATCH', `/meetings/${encodeURIComponent(iCalUId)}`, { start: at(40), end: at(41) })
    await house.synced('calendar')
    expect(await find('Server move')).toMatchObject([{ start: at(40) }])
    await house.simulator('DELETE', `/meetings/${encodeURIComponent(iCalUId)}`)
    await house.synced('calendar')
    expect(await find('Server move')).toEqual([])
  })

  it('cancelled, it stays and says so', async () => {
    const { iCalUId } = await meet({ subject: 'Budget' })
    await house.simulator('PATCH', `/meetings/${encodeURIComponent(iCalUId)}`, { cancel: true })
    await house.synced('calendar')
    const row = (await agenda('Contoso')).items.find((one) => one.subject?.includes('Budget'))
    expect(row?.cancelled).toBe(true)
  })

  it('of a series each day is a row, and one that is moved is an exception of it', async () => {
    const { iCalUId } = await meet({ subject: 'Stand-up', recurrence: { pattern: 'daily', count: 4 } })
    await house.synced('calendar')
    const rows = await find('Stand-up')
    expect(rows).toHaveLength(4)
    expect(rows.every((row) => row.series)).toBe(true)
    await house.simulator('PATCH', `/meetings/${encodeURIComponent(iCalUId)}`, { occurrence: rows[1]!.start.slice(0, 10), subject: 'Stand-up, later' })
    await house.synced('calendar')
    expect(await find('Stand-up')).toHaveLength(3)
    expect(await find('Stand-up, later')).toHaveLength(1)
  })

  it('one that touches no customer never reaches the database', async () => {
    await meet({ subject: 'Dentist', organizer: 'dentist@teeth.example', attendees: [house.personas.Admin.upn] })
    await house.synced('calendar')
    expect(await house.db.collection('meetings').countDocuments({ subject: 'Dentist' })).toBe(0)
  })
})

describe('who sees it', () => {
  it('members see meetings in which they take part; somebody else’s answers like none', async () => {
    await meet({ subject: 'Only Robin' })
    await house.synced('calendar')
    expect(await find('Only Robin', 'Admin')).toHaveLength(1)
    expect(await find('Only Robin', 'Viewer')).toEqual([])
    const [row] = await find('Only Robin')
    expect(await house.as('Viewer', 'GET', `/meetings/${row!.id}`)).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } })
  })

  it('opened, it shows text, people at the customer and the MSP, and the link to join; audited before', async () => {
    await meet({
      subject: 'With details', body: '<p>agenda</p><script>1</script>', online: true, location: 'Room 1',
      attendees: [house.personas.Admin.upn, { name: 'Stranger', address: 'stranger@evil.example' }, 'lee.lamp@contoso.com'],
    })
    await house.synced('calendar')
    const [row] = await find('With details')
    expect(row!.others).toBe(1)
    const detail = await house.get<MeetingDetail>(`/meetings/${row!.id}`)
    expect(detail).toMatchObject({ subject: 'With details', others: 1, organizer: { address: 'kim.kettle@contoso.com' }, location: 'Room 1' })
    expect(detail.joinUrl).toMatch(/^https:\/\//)
    expect(detail.html).toContain('agenda')
    expect(detail.html).not.toContain('script')
    expect(JSON.stringify(detail)).not.toContain('evil.example')
    const audit = await house.get<{ items: { action: string; target: string }[] }>('/audit?action=meeting.open')
    expect(audit.items[0]).toMatchObject({ target: row!.id })
  })

  it('a private one does not open', async () => {
    await meet({ subject: 'Secret', sensitivity: 'private' })
    await house.synced('calendar')
    const row = (await agenda('Contoso')).items.find((one) => one.private && one.start === at(30))!
    expect(await house.as('Admin', 'GET', `/meetings/${row.id}`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
  })
})

it('no canary of a meeting is stored: none of bodies, of strangers, of private subjects', async () => {
  const stored = JSON.stringify(await house.db.collection('meetings').find().toArray())
  const canaries = truth.tenants.flatMap((tenant) => tenant.mailboxes.flatMap((box) => box.meetings.flatMap((meeting) => meeting.canaries)))
  expect(canaries.length).toBeGreaterThan(50)
  expect(canaries.filter((canary) => stored.includes(canary))).toEqual([])
})

it('one that ended more than seven days ago is not stored again by the rounds of the rest of that day', async () => {
  const ago = (minutes: number) => new Date(Date.now() - 7 * day - minutes * 60_000).toISOString()
  await meet({ subject: 'seven days ago', start: ago(11), end: ago(1) })
  await house.synced('calendar')
  expect(await house.db.collection('meetings').countDocuments({ subject: 'seven days ago' })).toBe(0)
})

describe('open tabs', () => {
  /** What they are told while something is done: lines of these kinds, by role. */
  async function toldWhile(act: () => Promise<unknown>, kinds: string[], ...roles: Exclude<RoleName, 'none'>[]): Promise<string[][]> {
    const stop = new AbortController()
    const said = new Map<RoleName, string>()
    const reading = roles.map(async (role) => {
      const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas[role].upn}/token`)
      const response = await fetch(`${house.origin}/api/v1/changes`, { headers: { Authorization: `Bearer ${token}` }, signal: stop.signal })
      said.set(role, '')
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) said.set(role, said.get(role)! + part)
    })
    const ended = Promise.allSettled(reading)
    await until('everybody listens', () => Promise.resolve(said.size === roles.length))
    /** Everything that happened until now has been told: a change that comes after it is. What happened in the moments before is, too. */
    const told = async () => {
      for (const role of roles) said.set(role, '')
      const { id, aliases } = await house.customer('Fabrikam')
      await house.as('Admin', 'PATCH', `/customers/${id}`, { aliases: aliases.length === 0 ? ['Told'] : [] })
      await until('the change of a customer is told', () => Promise.resolve(roles.every((role) => said.get(role)!.includes(`{"kind":"customers","customerId":"${id}"}`))))
    }
    await told()
    for (const role of roles) said.set(role, '')
    await act()
    const before = new Map(said)
    await told()
    stop.abort()
    await ended
    return roles.map((role) => `${before.get(role)!}${said.get(role)!}`.split('\n').filter((line) => kinds.some((kind) => line.includes(`"kind":"${kind}"`))))
  }
  const line = (kind: string, customerId: string) => `data: {"kind":"${kind}","customerId":"${customerId}"}`

  it('hear of a meeting that is gone, and of nothing when nothing has changed', async () => {
    const contoso = await house.customer('Contoso')
    const { iCalUId } = await meet({ subject: 'will be removed' })
    await house.synced('mail', 'calendar')
    expect(await toldWhile(() => house.synced('mail', 'calendar'), ['meetings', 'messages'], 'Admin')).toEqual([[]])
    await house.simulator('DELETE', `/meetings/${encodeURIComponent(iCalUId)}`)
    expect(await toldWhile(() => house.synced('mail', 'calendar'), ['meetings'], 'Admin')).toEqual([[line('meetings', contoso.id)]])
  })

  it('Open tabs hear of mail and meetings only where the person may see them.', async () => {
    const [contoso, fabrikam] = [await house.customer('Contoso'), await house.customer('Fabrikam')]
    const { Admin, Member } = house.personas
    const kinds = ['meetings', 'messages']
    const mail = { mailbox: Member.upn, from: 'kim.kettle@contoso.com', to: [Member.upn], subject: 'for one alone' }
    let id = ''
    const begins = async () => {
      ;({ id } = await house.simulator<{ id: string }>('POST', '/mail', mail))
      await meet({ mailbox: Member.upn, attendees: [Member.upn], subject: 'for one alone' })
      // A customer that gets a blind copy is known to who sends it.
      await house.simulator('POST', '/mail', { mailbox: Admin.upn, folder: 'sentitems', from: Admin.upn, to: [Member.upn], bcc: [`ali@${fabrikam.domains[0]!}`], subject: 'blind' })
      await house.synced('mail', 'calendar')
    }
    const [toAdmin, toMember, toViewer] = await toldWhile(begins, kinds, 'Admin', 'Member', 'Viewer')
    expect(toAdmin!.sort()).toEqual([line('messages', contoso.id), line('messages', fabrikam.id), line('meetings', contoso.id)].sort())
    expect(toMember!.sort()).toEqual([line('messages', contoso.id), line('meetings', contoso.id)].sort())
    expect(toViewer).toEqual([])
    const ends = async () => {
      await house.simulator('DELETE', `/mail/${encodeURIComponent(id)}`)
      await house.synced('mail', 'calendar')
    }
    expect(await toldWhile(ends, kinds, 'Member', 'Viewer')).toEqual([[line('messages', contoso.id)], []])
  })
})
