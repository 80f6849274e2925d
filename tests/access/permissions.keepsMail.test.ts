// docs/permissions.md, sentence by sentence and cell by cell: what it keeps of mail and meetings. A title is what the page says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyoneIn, isPrivate, normal, type TruthMeeting, type TruthMessage } from '../house/truth.fixture.ts'
import { addressesIn, box, canariesOf, every, expectNone, known, meetingIds, meetings, messageIds, messages, shown, touches } from './kept.fixture.ts'
import { count, docs, everythingStored, fieldsOf, house, kim, plant, requests, truth } from './planted.fixture.ts'

beforeAll(plant)
afterAll(() => house?.close())

describe('What it keeps', () => {
  it('a message with a customer, kept: subject, a preview of at most 140 characters, times, direction, whether it has attachments', async () => {
    const rows = await messages(false)
    expect(rows.length).toBeGreaterThan(100)
    expect(fieldsOf(rows.map(([doc]) => doc))).toEqual([
      ...messageIds, 'bcc', 'blindOthers', 'cc', 'direction', 'from', 'hasAttachments', 'modifiedAt', 'others', 'preview', 'private', 'receivedAt', 'sender', 'subject', 'to',
    ].sort())
    for (const [doc, mail] of rows) {
      const { hasAttachments, subject } = mail
      const folder = box(doc.mailboxId).folders.find(({ id }) => id === mail.folderId)!
      const sent = mail.from === null ? folder.wellKnown === 'sentitems' : truth.sideOf(mail.from) === 'msp'
      expect(doc).toMatchObject({ subject, hasAttachments, receivedAt: new Date(mail.receivedDateTime), direction: sent ? 'out' : 'in' })
      expect([...(doc.preview as string)].length).toBeLessThanOrEqual(140)
    }
    const [long] = rows.find(([doc]) => doc.subject === 'a long one')!
    expect(long).toMatchObject({ hasAttachments: true, preview: `${'x '.repeat(300).slice(0, 139)}…` })
  })

  it('a message with a customer, not kept: body, headers, attachments', async () => {
    await expectNone(canariesOf((await messages(false)).map(([, mail]) => mail), /^(bd|at)/), 100)
    const selected = (await requests()).map(({ query }) => query.$select ?? '')
    expect(selected.filter((fields) => fields.includes('bodyPreview')).length).toBeGreaterThan(3)
    expect(selected.filter((fields) => /body\b|uniqueBody|headers/i.test(fields))).toEqual([])
    expect((await requests()).filter(({ path }) => path.includes('/attachments'))).toEqual([])
  })

  it('its sender and recipients, kept: name and address of people at customers and at the MSP', async () => {
    for (const [doc, mail] of await messages(false)) {
      for (const list of ['to', 'cc', 'bcc'] as const) expect(addressesIn(doc[list])).toEqual(known(mail[list]))
      if (doc.from === null) expect(shown(mail.from)).toBeNull()
      else expect(doc.from).toMatchObject(shown(mail.from)!)
    }
    const [row] = await docs('messages', { subject: 'a long one' })
    expect(row!.to).toEqual([{ ...kim, side: 'customer' }, { name: null, address: house.personas.Admin.upn, side: 'msp' }])
  })

  it('its sender and recipients, not kept: of other recipients all but their number, of an outside sender all but the domain', async () => {
    const rows = await messages(false)
    const outside = (addresses: (string | null)[]) => addresses.filter((address) => truth.sideOf(address) === null)
    for (const [doc, { to, cc, bcc }] of rows) expect([doc.others, doc.blindOthers]).toEqual([outside([...to, ...cc]).length, outside(bcc).length])
    expect(rows.find(([doc]) => doc.subject === 'a long one')![0]).toMatchObject({ others: 1, from: { domain: 'evil.example', side: 'outside' } })
    await expectNone(canariesOf(rows.map(([, mail]) => mail), /^(st|x5)/i), 50)
  })

  it('a private or confidential message, kept: its times', async () => {
    const rows = await messages(true)
    expect(new Set(rows.map(([, mail]) => mail.sensitivity))).toEqual(new Set(['private', 'confidential']))
    for (const [doc, mail] of rows) expect(doc.receivedAt).toEqual(new Date(mail.receivedDateTime))
  })

  it('a private or confidential message, not kept: everything else', async () => {
    const rows = await messages(true)
    for (const [{ receivedAt, modifiedAt, ...doc }] of rows) {
      expect({ receivedAt, modifiedAt }).toEqual({ receivedAt: expect.any(Date) as Date, modifiedAt: expect.any(Date) as Date })
      expect(Object.fromEntries(Object.entries(doc).filter(([field]) => !messageIds.includes(field)))).toEqual({
        private: true, direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, blindOthers: 0, hasAttachments: false,
      })
    }
    await expectNone(canariesOf(rows.map(([, mail]) => mail)), 20)
  })

  it('any other message, kept: nothing', async () => {
    const others = every().filter((item): item is TruthMessage => 'to' in item && !touches(item))
    await expectNone(canariesOf(others), 200)
    const stored = await everythingStored()
    expect(others.filter(({ id }) => stored.includes(id))).toEqual([])
  })

  it('a meeting with a customer, kept: subject, times, whether it is cancelled, online or one of a series', async () => {
    const rows = await meetings(false)
    expect(rows.length).toBeGreaterThan(30)
    expect(fieldsOf(rows.map(([doc]) => doc))).toEqual([
      ...meetingIds, 'allDay', 'attendees', 'cancelled', 'end', 'online', 'organizer', 'others', 'private', 'series', 'start', 'subject',
    ].sort())
    for (const [doc, meeting] of rows) {
      const { subject, isAllDay, isCancelled, start, end, type } = meeting
      const series = type === 'occurrence' || type === 'exception'
      expect(doc).toMatchObject({ subject, allDay: isAllDay, cancelled: isCancelled, start: new Date(start), end: new Date(end), series })
    }
    expect(rows.find(([doc]) => doc.subject === 'with details')![0].online).toBe(true)
  })

  it('a meeting with a customer, not kept: text, place, link', async () => {
    await expectNone(canariesOf((await meetings(false)).map(([, meeting]) => meeting), /^bd/), 30)
    const selected = (await requests()).filter(({ path }) => path.endsWith('/calendarView')).map(({ query }) => query.$select ?? '')
    expect(selected.length).toBeGreaterThan(2)
    for (const fields of selected) expect(fields).not.toMatch(/body|location|joinUrl|onlineMeeting\b|onlineMeetingUrl/)
    expect(JSON.stringify(await docs('meetings'))).not.toContain('https:')
  })

  it('its organiser and attendees, kept: name and address of people at customers and at the MSP', async () => {
    for (const [doc, meeting] of await meetings(false)) {
      expect(addressesIn(doc.attendees)).toEqual(known(meeting.attendees))
      if (doc.organizer === null) expect(shown(meeting.organizer)).toBeNull()
      else expect(doc.organizer).toMatchObject(shown(meeting.organizer)!)
    }
    expect((await docs('meetings', { subject: 'with details' }))[0]!.organizer).toEqual({ ...kim, side: 'customer' })
  })

  it('its organiser and attendees, not kept: of other attendees all but their number, of an outside organiser all but the domain', async () => {
    const rows = await meetings(false)
    for (const [doc, { attendees }] of rows) expect(doc.others).toBe(attendees.filter((address) => truth.sideOf(address) === null).length)
    expect(rows.some(([doc]) => JSON.stringify(doc.organizer).includes('"outside"'))).toBe(true)
    await expectNone(canariesOf(rows.map(([, meeting]) => meeting), /^(st|x5)/i), 20)
  })

  it('a private or confidential meeting, kept: its times, unless it is cancelled', async () => {
    const rows = await meetings(true)
    expect(new Set(rows.map(([, meeting]) => meeting.sensitivity))).toEqual(new Set(['private', 'confidential']))
    for (const [doc, { start, end, isAllDay }] of rows) expect(doc).toMatchObject({ start: new Date(start), end: new Date(end), allDay: isAllDay })
    const off = every().filter((item) => 'organizer' in item && isPrivate(item) && item.isCancelled)
    expect(off).toHaveLength(1)
    expect(await count('meetings', { eventId: off[0]!.id })).toBe(0)
  })

  it('a private or confidential meeting, not kept: everything else', async () => {
    const rows = await meetings(true)
    expect(rows.some(([, { type }]) => type === 'occurrence')).toBe(true)
    for (const [{ start, end, allDay, ...doc }] of rows) {
      expect([start, end, allDay]).toEqual([expect.any(Date), expect.any(Date), expect.any(Boolean)])
      expect(Object.fromEntries(Object.entries(doc).filter(([field]) => !meetingIds.includes(field)))).toEqual({
        private: true, subject: null, organizer: null, attendees: [], others: 0, cancelled: false, series: false, online: false,
      })
    }
    // Of those that are not stored at all, nothing either.
    await expectNone(canariesOf(every().filter((item) => 'organizer' in item && isPrivate(item))), 20)
  })

  it('any other meeting, kept: nothing', async () => {
    const others = every().filter((item): item is TruthMeeting => 'organizer' in item && !touches(item))
    await expectNone(canariesOf(others), 30)
    const stored = await everythingStored()
    expect(others.filter(({ id }) => stored.includes(id))).toEqual([])
  })

  it('With each message and meeting go ids, the customer’s domains that take part, and who at the MSP may see it.', async () => {
    const rows = [...(await messages(false)), ...(await messages(true)), ...(await meetings(false)), ...(await meetings(true))]
    const customers = new Map((await docs('customers')).map((doc) => [doc._id, doc.domains as string[]]))
    for (const [doc, item] of rows) {
      const people = everyoneIn(item)
      const ours = people.filter((address) => truth.sideOf(address) === 'msp').map(normal)
      expect((doc.audience as string[]).toSorted()).toEqual([...new Set([...ours, doc.mailboxId])].sort())
      const at = (domain: string) => people.some((one) => new RegExp(`[@.]${domain}$`).test(normal(one) ?? ''))
      const domains = customers.get(String(doc.customerId))!.filter(at)
      expect(doc.domains).toEqual(domains)
      expect(domains).not.toEqual([])
    }
  })
})
