// Answers about meetings that say less than they should, or in another zone: never wrong, never missing, never more than a
// person may see.
import { describe, expect, it } from 'vitest'
import { agenda, change, changeItems, house, isList, isOne, kim, mailbox, meet, own, undo, useExchange, type Json } from '../house/exchange.fixture.ts'
import { graphError } from '../house/graphProxy.fixture.ts'

useExchange()

describe('a reading that says less, or older things, than is known', () => {
  it.each(['attendees', 'organizer', 'subject', 'start', 'isCancelled', 'isAllDay', 'isOnlineMeeting', 'type', 'iCalUId'])('of a meeting without its %s keeps what is known of that', async (field) => {
    await meet({ organizer: field === 'organizer' ? kim : mailbox, attendees: field === 'organizer' ? [mailbox] : [kim, mailbox], subject: `without ${field}` })
    await house.synced('mail', 'calendar')
    const before = await agenda()
    changeItems((answer) => isList(answer) || isOne(answer.path), (item) => delete item[field])
    await house.synced('mail', 'calendar')
    expect(await agenda()).toEqual(before)
  })

  it('of a meeting that cannot be asked for by itself keeps it, and one that is private by then is a time alone', async () => {
    await meet({ organizer: mailbox, attendees: [kim, mailbox], subject: 'half told' })
    await house.synced('mail', 'calendar')
    const row = async () => (await house.db.collection('meetings').find({ subject: 'half told' }).toArray()).length
    changeItems(isList, (item) => delete item.attendees)
    change((answer) => {
      if (isOne(answer.path)) Object.assign(answer, { status: 500, body: graphError('ErrorInternalServerError') })
    })
    await house.synced('mail', 'calendar')
    expect(await row()).toBe(1)
    changeItems(isList, (item) => {
      if (item.subject === 'half told') item.sensitivity = 'private'
    })
    const count = (await agenda()).length
    await house.synced('mail', 'calendar')
    expect(await row()).toBe(0)
    expect((await agenda()).length).toBe(count)
  })

  it('of a meeting of which nobody says who takes part is named, when it is new', async () => {
    changeItems((answer) => isList(answer) || isOne(answer.path), (item) => delete item.attendees)
    const { ids } = await meet({ organizer: mailbox, attendees: [kim, mailbox], subject: 'with whom' })
    await house.synced('mail', 'calendar')
    const calendar = (await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!
    expect(calendar.unread.map(({ id }) => id)).toContain(ids[0])
    for (const end of undo.splice(0)) end()
    await house.synced('mail', 'calendar')
    expect((await agenda()).map(({ subject }) => subject)).toContain('with whom')
  })
})

describe('a meeting in another zone than asked for', () => {
  it('is read in its zone, by Windows’ name for it or IANA’s', async () => {
    const zones: Record<string, string> = { 'W. Europe Standard Time': 'Europe/Berlin', 'Pacific Standard Time': 'America/Los_Angeles', 'Asia/Kolkata': 'Asia/Kolkata', 'tzone://Microsoft/Utc': 'UTC' }
    for (const zone of Object.keys(zones)) await meet({ subject: `in ${zone}` })
    await house.synced('mail', 'calendar')
    const shown = async () => (await agenda()).filter((row) => row.subject?.startsWith('in '))
    const before = await shown()
    expect(before).toHaveLength(4)
    const wall = (text: string, timeZone: string) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(`${text.slice(0, 19)}Z`)).replace(' ', 'T')
    changeItems(isList, (item) => {
      const [zone, iana] = Object.entries(zones).find(([name]) => item.subject === `in ${name}`) ?? []
      if (iana === undefined) return
      for (const field of ['start', 'end']) item[field] = { dateTime: `${wall((item[field] as { dateTime: string }).dateTime, iana)}.0000000`, timeZone: zone }
    })
    await house.synced('mail', 'calendar')
    expect(await shown()).toEqual(before)
    expect((await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!.lastError).toBeNull()
  })

  it('that nobody knows is read as UTC, and the stream says so', async () => {
    await meet({ subject: 'somewhere' })
    await house.synced('mail', 'calendar')
    const [before] = (await agenda()).filter((row) => row.subject === 'somewhere')
    changeItems(isList, (item) => {
      if (item.subject === 'somewhere') for (const field of ['start', 'end']) Object.assign(item[field] as Json, { timeZone: 'Customized Time Zone' })
    })
    await house.synced('mail', 'calendar')
    expect((await agenda()).filter((row) => row.subject === 'somewhere')).toEqual([before])
    const stream = (await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!
    expect(stream.lastError).toMatchObject({ code: 'partlyRead', message: expect.stringContaining('zone') as string })
  })
})
