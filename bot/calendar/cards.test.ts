import { describe, it } from 'vitest'
import type { MeetingRow } from '../../api/calendar/model.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, contoso, evil, freshnessOf, many, never, noneOnlyWhereKnown, says } from '../testing/cards.fixture.ts'
import { agendaCard, type AgendaFacts } from './agendaCard.ts'
import { meetingsCard, type MeetingsFacts } from './meetingsCard.ts'
import { nextMeetingCard, type NextMeetingFacts } from './nextMeetingCard.ts'

const meeting = (more: Partial<MeetingRow> = {}): MeetingRow => ({
  id: 'e1', start: '2026-11-23T14:00:00Z', end: '2026-11-23T14:30:00Z', allDay: false, cancelled: false, private: false, subject: 'Quarterly review', others: 2, series: true, online: true,
  organizer: { name: 'Robin Sample', address: 'robin@msp.example', side: 'msp' }, attendees: [{ name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }], ...more,
})
const about = { from: '2026-11-13T00:00:00Z', to: '2026-12-04T00:00:00Z', scope: 'own', freshness: freshnessOf('calendar') } as const
const next = (more: Partial<NextMeetingFacts> = {}) => nextMeetingCard({ customer: contoso, next: meeting(), running: [], cancelled: [], about, assumed: null, ...more }, context)
const meetings = (more: Partial<MeetingsFacts> = {}) => meetingsCard({ customer: contoso, head: 'Meetings', items: [meeting()], days: 'next week', beyond: false, about, assumed: null, ...more }, context)
const agenda = (more: Partial<AgendaFacts> = {}) => agendaCard({ head: 'Meetings', groups: [{ customer: contoso, items: [meeting()] }], customers: 20, days: 'today', beyond: false, about, assumed: null, ...more }, context)
const evilMeeting = meeting({ subject: hostile, attendees: many(9, () => ({ name: hostile, address: 'a@contoso.com', side: 'customer' as const })), organizer: { name: hostile, address: 'a@b.c', side: 'msp' } })

lintCards({
  nextMeeting: next({ customer: evil, next: evilMeeting, running: [evilMeeting, evilMeeting], cancelled: [evilMeeting] }),
  noNextMeeting: next({ next: null }),
  meetings: meetings({ customer: evil, items: many(30, () => evilMeeting), beyond: true }),
  noMeetings: meetings({ items: [] }),
  agenda: agenda({ groups: many(30, () => ({ customer: evil, items: [evilMeeting, evilMeeting] })) }),
  noAgenda: agenda({ groups: [], customers: 0 }),
})

describe('meetings', () => {
  it('the next one: time in the zone, subject, people, organiser, what was understood', () =>
    says(next(), 'Mon, 23 Nov 2026', '15:00 – 15:30 CET', 'online · series', 'Quarterly review', 'Alex Example, 2 more', 'Robin Sample <robin@msp.example>', 'Contoso · next meeting · until', 'Only meetings in which you take part.', '2 of 3 calendars'))
  it('one that is going on, and one that was cancelled, are told as such', () =>
    says(next({ running: [meeting({ subject: 'Now' })], cancelled: [meeting({ subject: 'Off', cancelled: true })] }), 'Going on now:', 'Cancelled before that:', ' · Cancelled', '"strikethrough":true'))
  it('private: time and nothing else', () => {
    const card = meetings({ items: [meeting({ private: true, cancelled: true })] })
    says(card, '15:00 – 15:30 CET · Private"')
    never(card, 'Quarterly', 'Alex', 'Robin Sample', 'Cancelled', 'online')
  })
  it.each([
    [{ start: '2026-11-23', end: '2026-11-24' }, '"Mon, 23 Nov 2026, all day'],
    [{ start: '2026-11-23', end: '2026-11-26' }, '"Mon, 23 Nov 2026 – Wed, 25 Nov 2026, all day'],
  ])('all-day by date: %j', (when, expected) => says(meetings({ items: [meeting({ ...when, allDay: true })] }), expected))
  it('over midnight tells both days', () => says(meetings({ items: [meeting({ end: '2026-11-24T02:00:00Z' })] }), 'Mon, 23 Nov 2026, 15:00 – Tue, 24 Nov 2026'))
  it('say none, more than fit, and days that are not read', () => {
    says(meetings({ items: [], beyond: true }), 'No meeting with Contoso in these days.', 'Outpost reads meetings from')
    says(meetings({ items: many(12, () => meeting()) }), 'The first 10 of 12.')
  })
  it('of all customers: grouped, n of N, none left out in silence', () => {
    says(agenda(), 'Meetings, today', '1 meeting with 1 of 20 customers.', '"text":"Contoso"', 'All customers · meetings · today')
    says(agenda({ groups: [{ customer: contoso, items: many(17, () => meeting()) }, { customer: { id: 'f', name: 'Fabrikam' }, items: [meeting()] }] }), 'Contoso (2 more)', 'Also with Fabrikam (1).')
    const late = many(17, () => meeting({ start: '2026-11-23T16:00:00Z', end: '2026-11-23T17:00:00Z' }))
    const soon = meeting({ subject: 'First thing' })
    // A customer with many meetings takes no room from another one's that begins before them.
    says(agenda({ groups: [{ customer: contoso, items: late }, { customer: { id: 'f', name: 'Fabrikam' }, items: [soon] }] }), 'Contoso (3 more)', 'First thing')
    says(agenda({ groups: [] }), 'No meeting with any of 20 customers')
  })
})

const none = (more: object) => ({ ...about, freshness: freshnessOf('calendar', more) })
noneOnlyWhereKnown((more) => ({
  nextMeeting: next({ next: null, about: none(more) }), meetings: meetings({ items: [], about: none(more) }), agenda: agenda({ groups: [], about: none(more) }),
}))
