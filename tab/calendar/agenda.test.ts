import { expect, test } from 'vitest'
import type { MeetingRow } from '../../api/calendar/model.ts'
import { agendaOf, dayWords, fullTimeWords, isNow, timeWords } from './agenda.ts'

const zone = 'Europe/Oslo'
const now = Date.parse('2026-11-23T22:30:00Z') // 23:30 on Monday in Oslo
const meeting = (id: string, start: string, end: string, allDay = false): MeetingRow => ({
  id, start, end, allDay, cancelled: false, private: false, subject: id, organizer: null, attendees: [], others: 0, series: false, online: false,
})

test('the days are those of the person, what goes on counts as today, and what ended is behind', () => {
  const items = [
    meeting('ended', '2026-11-23T21:00:00Z', '2026-11-23T22:00:00Z'),
    meeting('past midnight', '2026-11-23T23:15:00Z', '2026-11-23T23:45:00Z'),
    meeting('going on', '2026-11-23T22:00:00Z', '2026-11-23T23:00:00Z'),
    meeting('since Sunday', '2026-11-22', '2026-11-25', true),
    meeting('Sunday', '2026-11-22', '2026-11-23', true),
    meeting('Saturday', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z'),
  ]
  const { upcoming, earlier } = agendaOf(items, now, zone)
  const ids = (days: typeof upcoming) => days.map(({ day, meetings }) => [day, meetings.map(({ id }) => id)])
  expect(ids(upcoming)).toEqual([['2026-11-23', ['since Sunday', 'going on']], ['2026-11-24', ['past midnight']]])
  expect(ids(earlier)).toEqual([['2026-11-23', ['ended']], ['2026-11-22', ['Sunday']], ['2026-11-21', ['Saturday']]])
  expect(items.map((one) => isNow(one, now))).toEqual([false, false, true, false, false, false])
})

test('days near today have their names', () => {
  const words = (day: string) => dayWords(day, '2026-11-30', 'en-GB')
  expect(words('2026-11-30')).toMatch(/^Today, Monday,? 30 November$/)
  expect(words('2026-12-01')).toMatch(/^Tomorrow, Tuesday,? 1 December$/)
  expect(words('2026-11-29')).toMatch(/^Yesterday, Sunday,? 29 November$/)
  expect(words('2026-12-02')).toMatch(/^Wednesday,? 2 December$/)
})

test('times are in the zone of the person; all-day ones have none', () => {
  const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ')
  expect(plain(timeWords(meeting('a', '2026-11-23T13:00:00Z', '2026-11-23T14:30:00Z'), 'en-GB', zone))).toBe('14:00–15:30')
  expect(plain(timeWords(meeting('a', '2026-11-23T22:00:00Z', '2026-11-23T23:00:00Z'), 'en-GB', zone))).toMatch(/^23:00–00:00$/)
  expect(plain(timeWords(meeting('a', '2026-11-23T22:30:00Z', '2026-11-24T07:00:00Z'), 'en-GB', zone))).toMatch(/23 Nov, 23:30 – 24 Nov, 08:00/)
  // Without a length it is no range, and looks like one all the same.
  expect(plain(timeWords(meeting('a', '2026-11-23T08:05:00Z', '2026-11-23T08:05:00Z'), 'en-US', zone))).toBe('9:05 AM')
  expect(plain(timeWords(meeting('a', '2026-11-23T08:05:00Z', '2026-11-23T08:35:00Z'), 'en-US', zone))).toBe('9:05 – 9:35 AM')
  expect(plain(timeWords(meeting('a', '2026-11-23T08:05:00Z', '2026-11-23T08:05:00Z'), 'en-GB', zone))).toBe('09:05')
  expect(timeWords(meeting('a', '2026-11-23', '2026-11-24', true), 'en-GB', zone)).toBe('All day')
  expect(plain(timeWords(meeting('a', '2026-11-23', '2026-11-26', true), 'en-GB', zone))).toMatch(/^All day, 23 ?– ?25 Nov$/)
  expect(plain(fullTimeWords(meeting('a', '2026-11-23T13:00:00Z', '2026-11-23T14:30:00Z'), 'en-GB', zone))).toMatch(/Monday,? 23 November 2026(,| at) 14:00 ?– ?15:30/)
  expect(fullTimeWords(meeting('a', '2026-11-23', '2026-11-24', true), 'en-GB', 'America/Los_Angeles')).toMatch(/^Monday,? 23 November 2026, all day$/)
})
