// Cards of mail lists, meetings, licences, roles, posture, sync and the reminder.
import { describe, expect, it } from 'vitest'
import type { Licences } from '../../api/model/licence.ts'
import type { MeetingRow } from '../../api/model/meeting.ts'
import type { MessageRow } from '../../api/model/message.ts'
import type { AccountList, AccountRow, Posture, PrivilegedAccount } from '../../api/model/posture.ts'
import type { Security } from '../../api/model/security.ts'
import type { Card } from '../adapter/port.ts'
import { hostile, lintCards } from './cardLint.ts'
import { openClock } from './clock.ts'
import { openLinks } from './deepLink.ts'
import { emailsCard, whoEmailedCard, type EmailsFacts, type WhoEmailedFacts } from './emails.ts'
import { licencesCard } from './licences.ts'
import { agendaCard, meetingsCard, nextMeetingCard, type AgendaFacts, type MeetingsFacts, type NextMeetingFacts } from './meetings.ts'
import { lastEmailCard } from './lastEmail.ts'
import { adminsCard, noMfaCard, postureCard } from './privileged.ts'
import { secretExpiryCard } from './secretExpiry.ts'
import { securityCard, syncCard } from './security.ts'

const links = openLinks('app-1', 'https://outpost.example/', 'bot-1')
const clock = openClock('en-GB', 'Europe/Berlin')
const contoso = { id: 'c1', name: 'Contoso' }
const evil = { id: 'c1', name: hostile }
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

const freshness = (stream: 'mail' | 'calendar' | 'licences' | 'accounts' | 'mfa' | 'roles', more = {}) =>
  ({ stream, of: 3, current: 2, asOf: '2026-11-20T14:00:00Z', lastError: { code: 'x', message: 'The mailbox robin@msp.example is gone.', at: '2026-11-20T13:00:00Z' }, ...more }) as const
const message = (more: Partial<MessageRow> = {}): MessageRow => ({
  id: 'm1', at: '2026-11-20T14:05:00Z', direction: 'in', private: false, subject: 'Printer is on fire', preview: 'Please help', hasAttachments: true,
  from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }, sender: null, to: [], cc: [], bcc: [], others: 0, ...more,
})
const emails = (facts: Partial<EmailsFacts> = {}, items = [message()], more = false): Card =>
  emailsCard({ customer: contoso, side: 'in', words: [], days: null, beyond: false, assumed: null, found: { items, more, windowDays: 14, scope: 'own', freshness: freshness('mail') }, ...facts }, clock, links)
const who = (more: Partial<WhoEmailedFacts> = {}): Card =>
  whoEmailedCard({ customer: contoso, side: 'out', message: message(), about: { windowDays: 14, scope: 'all', freshness: freshness('mail') }, assumed: null, ...more }, clock, links)

const meeting = (more: Partial<MeetingRow> = {}): MeetingRow => ({
  id: 'e1', start: '2026-11-23T14:00:00Z', end: '2026-11-23T14:30:00Z', allDay: false, cancelled: false, private: false, subject: 'Quarterly review', others: 2, series: true, online: true,
  organizer: { name: 'Robin Sample', address: 'robin@msp.example', side: 'msp' }, attendees: [{ name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }], ...more,
})
const about = { from: '2026-11-13T00:00:00Z', to: '2026-12-04T00:00:00Z', scope: 'own', freshness: freshness('calendar') } as const
const next = (more: Partial<NextMeetingFacts> = {}) => nextMeetingCard({ customer: contoso, next: meeting(), running: [], cancelled: [], about, assumed: null, ...more }, clock, links)
const meetings = (more: Partial<MeetingsFacts> = {}) => meetingsCard({ customer: contoso, items: [meeting()], days: 'next week', beyond: false, about, assumed: null, ...more }, clock, links)
const agenda = (more: Partial<AgendaFacts> = {}) => agendaCard({ groups: [{ customer: contoso, items: [meeting()] }], customers: 20, days: 'today', beyond: false, about, assumed: null, ...more }, clock, links)

const account = (more: Partial<PrivilegedAccount> = {}): PrivilegedAccount => ({
  id: 'a1', tenantId: 't', displayName: 'Robin Sample', userPrincipalName: 'robin@contoso.com', enabled: true, kind: 'member', mfa: { capable: 'no', reason: '', methods: [] },
  roles: [{ name: 'Global Administrator', label: 'privileged', assignment: 'active', via: null, scope: 'tenant' }], ...more,
})
const helper = account({ id: 'a2', displayName: 'Kim Kettle', mfa: { capable: 'unknown', reason: '', methods: [] }, roles: [{ name: 'Exchange Administrator', label: 'highImpact', assignment: 'eligible', via: 'Mail people', scope: 'limited' }] })
const app = account({ id: 'a3', displayName: 'Backup app', kind: 'servicePrincipal', mfa: null })
const posture = (more: Partial<Posture> = {}): Posture => ({
  customerId: 'c1', tenants: 1, mfaUnknown: null, privilegedMfaUnknown: null, mfa: { capable: 7, notCapable: 2, unknown: 1, of: 10, asOf: '2026-11-20T10:00:00Z' }, privilegedMfa: { capable: 1, notCapable: 2, unknown: 0, of: 3, asOf: '2026-11-20T09:00:00Z' },
  outside: { guests: 1, disabled: 4 }, privilegedAccounts: [account(), helper, app], eligibility: 'known', eligibilityReason: null, findings: [], freshness: [freshness('mfa')], ...more,
})
const lacking = (of: number, more: Partial<AccountRow> = {}): AccountList => ({
  items: times(Math.min(of, 10), (index) => ({
    id: String(index), tenantId: 't', displayName: `Lacking ${String(index)}`, userPrincipalName: 'l@contoso.com', privileged: index === 0,
    mfa: { capable: 'no', reason: '', methods: [] }, ...more,
  })),
  of, next: null,
})
const guest = account({ id: 'a4', displayName: 'Gale Guest', kind: 'guest' })
const noPim = { eligibility: 'unknown', eligibilityReason: 'The permission RoleEligibilitySchedule.Read.Directory is missing.' } as const

const sku = { tenantId: 't', skuId: 's', partNumber: 'SPE_E3', name: 'Microsoft 365 E3', bought: 25, used: 20, free: 5, warning: 0, suspended: 0, state: 'ok' } as const
const licences = (items: Licences['items'] = [sku], more = {}): Licences => ({ customerId: 'c1', items, accounts: [{ id: 'a', displayName: 'Robin Sample', userPrincipalName: 'robin@contoso.com', enabled: true, licences: [] }], freshness: [freshness('licences', more)] })

const row = (name: string, more = {}): Security['items'][number] => ({
  customerId: name, name, mfa: posture().mfa, privilegedMfa: posture().privilegedMfa, openFindings: 2, asOf: '2026-11-20T10:00:00Z', unknownReason: null, ...more,
})
const unknownRow = (name: string) => row(name, { mfa: null, privilegedMfa: null, openFindings: null, asOf: null, unknownReason: 'No tenant is connected.' })
const security = (items = [row('Contoso'), unknownRow('Fabrikam')]): Security => ({
  items,
  signals: [{ signal: 'mfa', average: 0.7, customers: 1, of: 2, leftOut: [{ customerId: 'f', name: 'Fabrikam', reason: 'No tenant is connected.' }], capable: 7, accounts: 10, unknown: 1 }],
})
const expiry = { tenantName: 'Contoso tenant', expiresAt: new Date('2026-12-01T10:00:00.123Z'), daysLeft: 7 }
const manyAccounts = times(30, (index) => account({ id: String(index), displayName: `${hostile} ${String(index)}`, roles: times(6, () => ({ ...account().roles[0]!, name: hostile, via: hostile })) }))
const long = 'x'.repeat(140)
const longRole = (label: 'privileged' | 'highImpact') => ({ name: long, label, assignment: 'eligible', via: long, scope: 'limited' }) as const
const longAccounts = (['privileged', 'highImpact'] as const).flatMap((label) => times(15, (index) => account({ id: `${label}${String(index)}`, displayName: long, roles: times(6, () => longRole(label)) })))
const evilMeeting = meeting({ subject: hostile, attendees: times(9, () => ({ name: hostile, address: 'a@contoso.com', side: 'customer' as const })), organizer: { name: hostile, address: 'a@b.c', side: 'msp' } })
const evilMail = message({ subject: hostile, preview: hostile, from: { name: hostile, address: 'a@contoso.com', side: 'customer' } })

lintCards({
  emails: emails({ customer: evil, words: [hostile], days: 'last week', beyond: true }, times(5, () => evilMail), true),
  noEmails: emails({ customer: evil, words: [hostile] }, []),
  whoEmailed: who({ customer: evil, message: evilMail }),
  whoEmailedNobody: who({ message: null }),
  nextMeeting: next({ customer: evil, next: evilMeeting, running: [evilMeeting, evilMeeting], cancelled: [evilMeeting] }),
  noNextMeeting: next({ next: null }),
  meetings: meetings({ customer: evil, items: times(30, () => evilMeeting), beyond: true }),
  noMeetings: meetings({ items: [] }),
  agenda: agenda({ groups: times(30, () => ({ customer: evil, items: [evilMeeting, evilMeeting] })) }),
  noAgenda: agenda({ groups: [], customers: 0 }),
  admins: adminsCard(evil, posture({ privilegedAccounts: manyAccounts, ...noPim, eligibilityReason: hostile }), null, clock, links),
  adminsWithLongNames: adminsCard(evil, posture({ privilegedAccounts: longAccounts, ...noPim }), null, clock, links),
  noAdmins: adminsCard(contoso, posture({ privilegedAccounts: [], tenants: 0 }), 'customer', clock, links),
  noMfa: noMfaCard(evil, posture({ privilegedAccounts: manyAccounts.map((one) => ({ ...one, kind: 'guest' })) }), lacking(30, { displayName: hostile }), null, clock, links),
  noMfaInChannel: noMfaCard(evil, posture({ privilegedAccounts: manyAccounts }), null, null, clock, links),
  posture: postureCard(evil, posture(noPim), true, 'question', clock, links),
  licences: licencesCard(evil, licences(times(30, () => ({ ...sku, name: hostile, free: -2, warning: 3, suspended: 1 }))), true, null, clock, links),
  noLicences: licencesCard(evil, licences([]), false, null, clock, links),
  security: securityCard(security([...times(9, () => row(hostile)), unknownRow(hostile), ...times(9, () => row(hostile))]), null, clock, links),
  noSecurity: securityCard(security([]), null, clock, links),
  sync: syncCard({ tenants: times(30, () => ({ name: hostile, streams: times(9, () => ({ ...freshness('mail'), lastError: { code: 'x', message: hostile, at: '2026-11-20T13:00:00Z' } })) })) }, true, true, clock, links),
  noSync: syncCard({ tenants: [] }, true, false, clock, links),
  secretExpiry: secretExpiryCard({ ...expiry, tenantName: hostile }, links),
})

const says = (card: Card, ...parts: string[]) => {
  for (const part of parts) expect(JSON.stringify(card.content)).toContain(part)
}
const never = (card: Card, ...parts: string[]) => {
  for (const part of parts) expect(JSON.stringify(card)).not.toContain(part)
}

describe('emails', () => {
  it('say sender, subject, time, what was understood, whose mail, how fresh, and that there are more', () => {
    says(emails({ words: ['printer'], days: 'last week (Mon)', assumed: 'customer' }, [message()], true), 'Emails from Contoso', 'Alex Example <alex@contoso.com>', 'Printer is on fire', '15:05', 'has attachments')
    says(emails({ words: ['printer'], days: 'last week (Mon)', assumed: 'customer' }, [message()], true), 'Contoso, from your last question · emails from them · about “printer” · last week (Mon)', 'Only mail in which you take part.', '2 of 3 mailboxes', 'There are more', 'customer%2Fc1%2Fcommunications')
  })
  it('of a private one the time and nothing else', () => {
    const card = emails({ side: 'any' }, [message({ private: true, direction: null })])
    says(card, '"Fri, 20 Nov 2026, 15:05 CET · private"')
    never(card, 'Printer', 'Alex Example', 'Received', 'Sent')
  })
  it('of one direction say that private ones are left out', () => {
    says(emails({ side: 'out' }), 'Private mail is left out: which way it went is not kept.')
    never(emails({ side: 'any' }), 'Private mail is left out')
  })
  it('say when there are none, and when the days begin before mail is kept', () => {
    says(emails({ days: 'these', words: ['toner'], beyond: true }, []), 'No email from Contoso with these words in these days.', 'Outpost keeps mail for 14 days.', 'private mail has neither')
    says(emails({}, []), 'No email from Contoso in the last 14 days.')
  })
})

describe('who emailed last', () => {
  it.each([['out', 'Who wrote to Contoso last', 'who of your people wrote to them last'], ['in', 'Who wrote last at Contoso', 'who of them wrote last']] as const)('%s', (side, heading, line) =>
    says(who({ side }), heading, line, 'Alex Example <alex@contoso.com> wrote last', 'Printer is on fire'),
  )
  it('says that private ones are left out', () => says(who(), 'Private mail is left out: who wrote it is not kept.'))
  it('nobody', () => says(who({ message: null }), 'No email to Contoso in the last 14 days.'))
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
    says(meetings({ items: times(12, () => meeting()) }), 'The first 10 of 12.')
  })
  it('of all customers: grouped, n of N, none left out in silence', () => {
    says(agenda(), 'Meetings, today', '1 meeting with 1 of 20 customers.', '"text":"Contoso"', 'All customers · meetings · today')
    says(agenda({ groups: [{ customer: contoso, items: times(17, () => meeting()) }, { customer: { id: 'f', name: 'Fabrikam' }, items: [meeting()] }] }), 'Contoso (2 more)', 'Also with Fabrikam (1).')
    const late = times(17, () => meeting({ start: '2026-11-23T16:00:00Z', end: '2026-11-23T17:00:00Z' }))
    const soon = meeting({ subject: 'First thing' })
    // A customer with many meetings takes no room from another one's that begins before them.
    says(agenda({ groups: [{ customer: contoso, items: late }, { customer: { id: 'f', name: 'Fabrikam' }, items: [soon] }] }), 'Contoso (3 more)', 'First thing')
    says(agenda({ groups: [] }), 'No meeting with any of 20 customers')
  })
})

describe('roles and MFA', () => {
  it('admins: Microsoft’s label and our list apart, via, eligible, scope, MFA, applications', () => {
    const card = adminsCard(contoso, posture(), null, clock, links)
    says(card, 'Privileged (Microsoft’s label): 2', 'High impact (our list), and not privileged: 1', 'Robin Sample · not MFA capable', 'Exchange Administrator (eligible, via Mail people, limited scope)', 'Kim Kettle · MFA unknown', 'Backup app · application · MFA does not apply')
    never(card, 'Unknown: who can activate')
  })
  it('PIM that could not be read is named as unknown', () => {
    for (const card of [adminsCard(contoso, posture(noPim), null, clock, links), noMfaCard(contoso, posture(noPim), lacking(0), null, clock, links)]) says(card, 'Unknown: who can activate a role through PIM. The permission RoleEligibilitySchedule')
    says(postureCard(contoso, posture(noPim), true, null, clock, links), 'who can activate a role through PIM is unknown')
  })
  it('no MFA: counts, and names in a private chat alone', () => {
    says(noMfaCard(contoso, posture(), lacking(2), null, clock, links), '2 of 10, 1 unknown', '2 of 3, none unknown', 'Not MFA capable (2): Lacking 0 (privileged), Lacking 1"')
    const card = noMfaCard(contoso, posture({ privilegedAccounts: [account(), guest] }), null, null, clock, links)
    says(card, '2 of 10, 1 unknown', 'Names of accounts are never shown here')
    never(card, 'Robin', 'Gale Guest', 'robin@')
  })
  it('no MFA: ten names and how many more; roles that were not read; guests that hold a role', () => {
    says(noMfaCard(contoso, posture(), lacking(12), null, clock, links), 'Lacking 9 and 2 more in Outpost')
    says(noMfaCard(contoso, posture(), lacking(1, { privileged: null }), null, clock, links), 'Not MFA capable (1): Lacking 0 (roles unknown)')
    says(noMfaCard(contoso, posture({ privilegedAccounts: [account(), guest] }), lacking(0), null, clock, links), 'Guests with a role, not MFA capable (1): Gale Guest"')
    never(noMfaCard(contoso, posture(), lacking(0), null, clock, links), 'Not MFA capable (', 'Guests')
  })
  it('posture: counts without names', () => {
    const card = postureCard(contoso, posture(), false, 'question', clock, links)
    says(card, '7 of 10 (70 %), 1 unknown', '2 privileged, 1 high impact', '1 guest, 4 disabled', 'as in your last question', 'As of Fri')
    never(card, 'Robin', 'Kim Kettle', 'robin@')
  })
})

describe('across customers', () => {
  it('averages say what they average and whom they leave out; unknown is its own answer', () => {
    const card = securityCard(security(), null, clock, links)
    says(card, 'MFA: 70 % on average over 1 of 2 customers; 7 of 10 accounts capable, 1 unknown', 'Left out: Fabrikam (No tenant is connected)', 'MFA 7 of 10 (70 %), 1 unknown · privileged 1 of 3 (33.3 %), none unknown · 2 open findings', 'Unknown for Fabrikam: No tenant is connected.', 'hub?', 'security')
    says(securityCard(security(times(14, (index) => row(`C${String(index)}`))), null, clock, links), 'The worst 10 of 14.')
  })
  it('sync: what was not read, its error in a private chat alone', () => {
    const tenants = [{ name: 'MSP', streams: [freshness('mail'), freshness('roles', { current: 3, lastError: null })] }]
    says(syncCard({ tenants }, true, true, clock, links), 'MSP', '1 of 2 kinds of data read at the last try', '2 of 3 mailboxes', 'robin@msp.example', 'admin')
    never(syncCard({ tenants }, false, false, clock, links), 'robin@')
  })
  it('sync: the worst tenants first, so that none that is not read hides behind those that are', () => {
    const well = times(12, (index) => ({ name: `Well ${String(index)}`, streams: [freshness('mail', { current: 3 })] }))
    const ill = [{ name: 'Ill', streams: [freshness('mail'), freshness('mfa', { current: 3 })] }, { name: 'Worse', streams: [freshness('mail'), freshness('mfa')] }]
    const card = syncCard({ tenants: [...well, ...ill] }, true, true, clock, links)
    expect(JSON.stringify(card)).toMatch(/Worse.*Ill.*Well 0.*Well 5/)
    says(card, 'The worst 8 of 14 tenants.')
  })
})

describe('while the first sync runs', () => {
  const first = { current: 0, asOf: null, lastError: null }
  const failing = { current: 1, asOf: null }
  const mail = (more: object) => ({ windowDays: 14, scope: 'all' as const, freshness: freshness('mail', more) })
  const calendar = (more: object) => ({ ...about, freshness: freshness('calendar', more) })
  const cards = (more: object): Record<string, Card> => ({
    lastEmail: lastEmailCard({ customer: contoso, side: 'in', message: null, newer: null, about: mail(more) }, clock, links),
    emails: emails({ found: { ...mail(more), items: [], more: false } }),
    whoEmailed: who({ message: null, about: mail(more) }),
    nextMeeting: next({ next: null, about: calendar(more) }),
    meetings: meetings({ items: [], about: calendar(more) }),
    agenda: agenda({ groups: [], about: calendar(more) }),
    sync: syncCard({ tenants: [{ name: 'Proseware', streams: [freshness('mail', more)] }] }, true, true, clock, links),
    licences: licencesCard(contoso, licences([], more), true, null, clock, links),
  })
  const names = Object.keys(cards(first))

  it.each(names)('%s says neither none nor 0', (name) => {
    const card = cards(first)[name]!
    never(card, 'No email', 'No meeting', 'There is none', 'has no licences', '0 of', 'is connected yet')
    says(card, 'eing read for the first time')
  })
  it.each(names.slice(0, 6))('%s does not say none while a part has never been read', (name) => {
    const card = cards(failing)[name]!
    never(card, 'No email', 'No meeting', 'There is none', 'No next')
    says(card, 'Not known yet: not all of 3', 'have been read.', '1 of 3')
  })
  it.each(names.slice(0, 6))('%s does not say none when nothing is connected that could be read', (name) => {
    never(cards({ of: 0, current: 0, asOf: null, lastError: null })[name]!, 'No email', 'No meeting', 'There is none')
    says(cards({ of: 0, current: 0, asOf: null, lastError: null })[name]!, 'Not known: no')
  })
})

describe('licences', () => {
  it('seats bought, used, free; warnings first and in words; never who holds them', () => {
    const card = licencesCard(contoso, licences([sku, { ...sku, name: 'Visio', bought: 2, used: 4, free: -2, warning: 1, suspended: 3 }]), true, null, clock, links)
    says(card, '2 licences, 1 with a warning.', '20 of 25 used · 5 free', '4 of 2 used · none free', '2 seats more assigned than bought, 3 seats suspended, 1 seat runs out unless renewed.', 'customer%2Fc1%2Flicences')
    const text = JSON.stringify(card)
    expect(text.indexOf('Visio')).toBeLessThan(text.indexOf('Microsoft 365 E3'))
    never(card, 'Robin Sample')
  })
  it('none is not the same as not read', () => {
    says(licencesCard(contoso, licences([]), true, null, clock, links), 'This customer has no licences.')
    says(licencesCard(contoso, licences([], { of: 0, current: 0, asOf: null }), true, null, clock, links), 'they have not been read')
  })
})

describe('the reminder of an expiring secret', () => {
  it.each([[30, 'expires in 30 days'], [1, 'expires within a day'], [0, 'has expired'], [-1, 'has expired']])('%i days before', (daysLeft, expected) =>
    says(secretExpiryCard({ ...expiry, daysLeft }, links), `The client secret of Contoso tenant ${expected}`, '{{DATE(2026-12-01T10:00:00Z, COMPACT)}}', 'Certificates & secrets'),
  )
})
