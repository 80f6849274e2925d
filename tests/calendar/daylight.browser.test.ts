// On the day on which the clocks are put back, which has 25 hours: the bot and the agenda count the person's days, not 24 hours.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openDesk, type Desk } from '../house/desk.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { running, wrongClock } from '../house/wrongClock.fixture.ts'

/** The clock of a database of somebody else's is not set. */
const embedded = process.env.MONGODB_TEST_URI === undefined
const noon = new Date('2026-10-25T12:00:00+01:00')
const berlin = { timeZone: 'W. Europe Standard Time', timezoneId: 'Europe/Berlin' }
/** Node writes the Date header of an answer by a clock of its own. */
const datedAnswers = `
  import { Server } from 'node:http'
  const emit = Server.prototype.emit
  Server.prototype.emit = function (event, request, response, ...rest) {
    if (event === 'request') response.setHeader('Date', new Date().toUTCString())
    return emit.call(this, event, request, response, ...rest)
  }`

let house: House
let desk: Desk
beforeAll(async () => {
  if (!embedded) return
  const clock = wrongClock(Math.round((noon.getTime() - Date.now()) / 1000))
  // The database and the simulator take over this process's variables.
  Object.assign(process.env, running(clock, datedAnswers))
  vi.useFakeTimers({ toFake: ['Date'], now: noon, shouldAdvanceTime: true })
  house = await openHouse({ world: 'tiny', alone: true, environment: running(clock) })
  const meeting = (subject: string, day: string, start: string, end: string, more = {}) =>
    house.simulator('POST', '/meetings', {
      mailbox: house.personas.Admin.upn, organizer: 'kim.kettle@contoso.com', attendees: [house.personas.Admin.upn],
      subject, start: `${day}T${start}`, end: `${day}T${end}`, timeZone: berlin.timeZone, ...more,
    })
  await meeting('Late on Saturday', '2026-10-24', '23:15:00', '23:45:00')
  await meeting('Early on Sunday', '2026-10-25', '00:15:00', '00:45:00')
  await meeting('Late on Sunday', '2026-10-25', '23:15:00', '23:45:00')
  await meeting('Early on Monday', '2026-10-26', '00:15:00', '00:45:00')
  await meeting('Every week', '2026-10-21', '09:00:00', '10:00:00', { recurrence: { pattern: 'weekly', count: 3 } })
  await house.synced()
  desk = await openDesk(house, { timezoneId: berlin.timezoneId, clock })
})
afterAll(async () => {
  vi.useRealTimers()
  delete process.env.NODE_OPTIONS
  await desk?.close()
  await house?.close()
})

it.runIf(embedded)('the bot', async () => {
  const answer = JSON.stringify(await house.simulator('POST', '/chat', { from: house.personas.Admin.upn, text: 'meetings today', where: 'personal' }))
  const subjects = ['Late on Saturday', 'Early on Sunday', 'Late on Sunday', 'Early on Monday']
  expect(subjects.filter((subject) => answer.includes(subject))).toEqual(['Early on Sunday', 'Late on Sunday'])
})

it.runIf(embedded)('the agenda', async () => {
  await desk.goTo(`customer/${(await house.customer('Contoso')).id}`)
  await desk.tab.getByRole('button', { name: /^Earlier/ }).click()
  const agenda = await desk.tab.getByRole('region', { name: 'Meetings', exact: true }).getByRole('list').evaluateAll((lists) =>
    lists.flatMap((list) => [...list.children].map((row) => `${list.ariaLabel}: ${(row as HTMLElement).innerText.split('\n').filter(Boolean).slice(0, 2).join(' ')}`.replace(/\s/g, ' '))))
  expect(agenda.filter((row) => /(Early|Late) on|Every week/.test(row))).toEqual([
    'Meetings, Today, Sunday, October 25: 11:15 – 11:45 PM Late on Sunday',
    'Meetings, Tomorrow, Monday, October 26: 12:15 – 12:45 AM Early on Monday',
    'Meetings, Wednesday, October 28: 9:00 – 10:00 AM Every week',
    'Meetings, Wednesday, November 4: 9:00 – 10:00 AM Every week',
    'Meetings, Today, Sunday, October 25: 12:15 – 12:45 AM Early on Sunday',
    'Meetings, Yesterday, Saturday, October 24: 11:15 – 11:45 PM Late on Saturday',
    'Meetings, Wednesday, October 21: 9:00 – 10:00 AM Every week',
  ])
  expect(desk.complaints).toEqual([])
})
