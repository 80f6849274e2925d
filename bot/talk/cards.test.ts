import { describe, expect, it } from 'vitest'
import type { MessageRow } from '../../api/model/message.ts'
import type { Posture } from '../../api/model/posture.ts'
import type { Card } from '../adapter/port.ts'
import { commands } from '../understand/commands.ts'
import { alertCard, type AlertFacts } from './alert.ts'
import { escaped } from './card.ts'
import { hostile, lintCards } from './cardLint.ts'
import { openClock } from './clock.ts'
import { openLinks } from './deepLink.ts'
import { lastEmailCard } from './lastEmail.ts'
import { mfaCard } from './mfa.ts'
import { confirmPurposeCard, confirmReadersCard, purposeCard } from './channel.ts'
import {
  chooseCard, couldNotWriteCard, greetingCard, helpCard, missingCustomerCard, noCustomerCard, unknownCard, welcomeCard, wroteToYouCard, notThatCustomerCard } from './talk.ts'

const links = openLinks('app-1', 'https://outpost.example/', 'bot-1')
const clock = openClock('en-GB', 'Europe/Berlin')
const customer = { id: 'c1', name: hostile, domains: ['contoso.com'] }

const message: MessageRow = {
  id: 'm1', at: '2026-11-20T14:05:00Z', direction: 'in', private: false, subject: hostile, preview: `${hostile} `.repeat(20).slice(0, 140),
  from: { name: hostile, address: 'alex.example@contoso.com', side: 'customer' }, sender: null,
  to: [{ name: 'Robin Sample', address: 'robin@msp.example', side: 'msp' }], cc: [], bcc: [], others: 2, hasAttachments: true,
}
const freshness = { stream: 'mail', of: 3, current: 2, asOf: '2026-11-20T14:00:00Z', lastError: { code: 'x', message: 'The mailbox robin@msp.example is gone.', at: '2026-11-20T13:00:00Z' } } as const
const about = { scope: 'own', windowDays: 14, freshness } as const
const coverage = { capable: 7, notCapable: 2, unknown: 1, of: 10, asOf: '2026-11-20T10:00:00Z' }
const finding = (index: number) => ({
  id: `f${String(index)}`, check: 'x', customerId: 'c1', accountId: 'a', accountName: `Account ${String(index)}`, state: 'open' as const, reason: '', openedAt: '', resolvedAt: null,
})
const posture: Posture = {
  customerId: 'c1', tenants: 1, mfaUnknown: null, privilegedMfaUnknown: null, mfa: coverage, privilegedMfa: { capable: 1, notCapable: 2, unknown: 0, of: 3, asOf: '2026-11-20T09:00:00Z' },
  outside: { guests: 0, disabled: 0 }, privilegedAccounts: [], eligibility: 'known', eligibilityReason: null, findings: [1, 2, 3, 4, 5, 6, 7].map(finding),
  freshness: [{ ...freshness, stream: 'mfa' }],
}
const alert: AlertFacts = { customerId: 'c1', customerName: 'Contoso', check: 'privilegedAccountsMfaCapable', state: 'open', failing: 2, of: 3, unknown: 0, assessedAt: new Date('2026-11-20T10:00:00.123Z') }

const text = (card: Card) => JSON.stringify(card.content)

const all: Record<string, Card> = {
  lastEmail: lastEmailCard({ customer, side: 'in', message, newer: null, about }, clock, links),
  noEmail: lastEmailCard({ customer, side: 'any', message: null, newer: null, about }, clock, links),
  mfa: mfaCard(customer, posture, true, clock, links),
  mfaInChannel: mfaCard(customer, posture, false, clock, links),
  alert: alertCard({ ...alert, customerName: hostile }, links),
  resolved: alertCard({ ...alert, customerName: hostile, state: 'resolved', failing: 0 }, links),
  help: helpCard(true, commands, links),
  helpInChannel: helpCard(false, commands, links),
  greeting: greetingCard(true, commands, links),
  greetingInChannel: greetingCard(false, commands, links),
  withdrawn: alertCard({ ...alert, customerName: hostile, state: 'withdrawn' }, links),
  purposeCustomer: purposeCard({ kind: 'customer', name: hostile }, links),
  purposeAlerts: purposeCard({ kind: 'alerts' }, links),
  purposeNothing: purposeCard({ kind: 'nothing' }, links),
  confirmPurpose: confirmPurposeCard('customer', 'yes, this channel is for customer 6b0d4495deda0db3e346ceed', links),
  confirmReaders: confirmReadersCard('Nobody knows.', links),
  notThatCustomer: notThatCustomerCard(links),
  welcome: welcomeCard('personal', commands, links),
  welcomeInChannel: welcomeCard('channel', commands, links),
  choose: chooseCard(Array.from({ length: 5 }, () => customer), (name) => `mfa ${name}`),
  noCustomer: noCustomerCard(hostile, links),
  missing: missingCustomerCard('mfa Contoso', Array.from({ length: 9 }, () => customer), (name) => `mfa ${name}`, links),
  unknown: unknownCard(null, commands, links),
  unknownAbout: unknownCard(customer, commands, links),
  wroteToYou: wroteToYouCard(links),
  couldNotWrite: couldNotWriteCard(true, links),
  couldNotWriteNow: couldNotWriteCard(false, links),
}

lintCards(all)

describe('escaping', () => {
  it.each([
    ['Contoso', 'Contoso'],
    ['Fabrikam Inc.', 'Fabrikam Inc.'],
    ['A*B_C', 'A\\*B\\_C'],
    ['[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['# big', '\\# big'],
    ['1. one', '\\1. one'],
    ['a\u0000b\nc', 'a b c'],
    ['<at>x</at>', '‹at>x‹/at>'],
  ])('%j becomes %j', (given, expected) => expect(escaped(given)).toBe(expected))
})

describe('deep links', () => {
  it('name the place in the tab', () => {
    const url = new URL(links.toTab({ view: 'customer', customerId: 'a b&c', section: 'posture' }, 'Contoso & Co'))
    expect(url.origin + url.pathname).toBe('https://teams.microsoft.com/l/entity/app-1/hub')
    expect(JSON.parse(url.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'customer/a b&c/posture' })
    expect(url.searchParams.get('label')).toBe('Contoso & Co')
    expect(url.searchParams.get('webUrl')).toMatch(/^https:\/\/outpost\.example\/tab\//)
  })
  it('open the chat with the bot', () => expect(links.toChat()).toBe('https://teams.microsoft.com/l/chat/0/0?users=28%3Abot-1'))
})

describe('times', () => {
  it.each([
    ['en-GB', 'Europe/Berlin', /20 Nov 2026\D+15:05 (CET|GMT\+1)$/],
    ['de-DE', 'Europe/Berlin', /20 Nov 2026\D+15:05 (CET|GMT\+1)$/],
    ['en-US', 'America/New_York', /Nov 20, 2026\D+09:05\sAM (EST|GMT-5)$/],
    [null, null, /20 Nov 2026\D+14:05 UTC$/],
    ['en-GB', 'Not/AZone', /20 Nov 2026\D+14:05 UTC$/],
    ['en-invalid-x-y-z-', 'Asia/Tokyo', /20 Nov 2026\D+23:05 GMT\+9$/],
  ])('in %s and %s', (locale, zone, expected) => expect(openClock(locale, zone).at('2026-11-20T14:05:00Z')).toMatch(expected))
  it('says never', () => expect(clock.at(null)).toBe('never'))
})

describe('what the answers say', () => {
  const named = { id: 'c1', name: 'Contoso' }
  const plainMessage = { ...message, subject: 'Printer is on fire', preview: 'Please help', from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' as const } }

  it('last email: direction, time, sender, subject, what was understood, whose mail, how fresh, where to go on', () => {
    const card = text(lastEmailCard({ customer: named, side: 'in', message: plainMessage, newer: null, about }, clock, links))
    for (const part of [
      'Received · Fri, 20 Nov 2026, 15:05', 'Alex Example <alex@contoso.com>', 'Robin Sample', '2 more', 'Printer is on fire', 'Please help',
      'Contoso · last email from them · last 14 days', 'Only mail in which you take part.', '2 of 3 mailboxes', 'as of Fri', 'customer%2Fc1%2Fcommunications',
    ]) expect(card).toContain(part)
  })

  it('of a private item: its time and nothing else', () => {
    const card = text(lastEmailCard({ customer: named, side: 'in', message: { ...plainMessage, private: true, direction: null }, instead: true, newer: null, about }, clock, links))
    for (const part of ['15:05', 'No email from Contoso in the last 14 days, private mail apart. The newest one is private:']) expect(card).toContain(part)
    for (const part of ['Printer', 'Please help', 'Alex', 'Robin', 'the other way', 'Received', 'Sent']) expect(card).not.toContain(part)
  })

  it('when only the other direction exists, it says so', () => {
    const card = text(lastEmailCard({ customer: named, side: 'out', message: plainMessage, instead: true, newer: null, about: { ...about, scope: 'all' } }, clock, links))
    expect(card).toContain('No email to Contoso in the last 14 days, private mail apart. The newest one goes the other way:')
    expect(card).not.toContain('Only mail in which you take part')
  })

  it('tells of a newer one that goes the other way', () => {
    const newer = { ...plainMessage, id: 'm2', direction: 'out' as const, subject: 'Re: Printer', at: '2026-11-20T16:00:00Z' }
    const show = (more: Partial<MessageRow>) => text(lastEmailCard({ customer: named, side: 'in', message: plainMessage, newer: { ...newer, ...more }, about }, clock, links))
    expect(show({})).toMatch(/A newer one, sent: [^"]*17:00.*Re: Printer/)
    expect(show({ private: true, direction: null })).toMatch(/A newer one: [^"]*17:00 CET · private"/)
  })

  it('names an outside sender by domain alone', () => {
    expect(text(lastEmailCard({ customer: named, side: 'in', message: { ...plainMessage, from: { domain: 'fabrikam.com', side: 'outside' } }, newer: null, about }, clock, links))).toContain('somebody at fabrikam.com')
  })

  it('MFA: n of N, unknown, privileged, findings, capability and not enforcement, age', () => {
    const card = text(mfaCard(named, posture, true, clock, links))
    for (const part of ['7 of 10 (70 %), 1 unknown', '1 of 3 (33.3 %), none unknown', '"value":"7"', 'does not say that MFA is enforced', 'As of Fri', 'Account 1', 'and 2 more', 'customer%2Fc1%2Fposture']) {
      expect(card).toContain(part)
    }
  })

  it('MFA in a channel: no names, no error texts', () => {
    const card = text(mfaCard(named, posture, false, clock, links))
    expect(card).not.toContain('Account 1')
    expect(card).not.toContain('robin@')
    expect(card).toContain('7 of 10')
  })

  it.each([
    [{}, '2 of 3 privileged accounts at Contoso are not MFA capable', 'None is unknown.'],
    [{ failing: 1, unknown: 1 }, '1 of 3 privileged accounts at Contoso is not MFA capable', '1 of 3 is unknown.'],
    [{ failing: 1, of: 1 }, '1 of 1 privileged account at Contoso is not MFA capable', 'None is unknown.'],
    [{ state: 'resolved', failing: 0 }, 'Resolved: All 3 privileged accounts at Contoso are MFA capable', 'Resolved'],
    [{ state: 'resolved', failing: 0, unknown: 2 }, 'Resolved: No privileged account at Contoso is known to lack MFA', '2 of 3 are unknown.'],
    [{ state: 'resolved', failing: 0, of: 0 }, 'Resolved: No privileged account is left at Contoso', 'Resolved'],
  ] as [Partial<AlertFacts>, string, string][])('alert %j', (more, summary, body) => {
    const card = alertCard({ ...alert, ...more }, links)
    expect(card.summary).toBe(summary)
    expect(text(card)).toContain(body)
    expect(text(card)).toContain('{{TIME(2026-11-20T10:00:00Z)}}')
    expect(text(card)).toContain(more.state === 'resolved' ? '"good"' : '"attention"')
  })

  it('an alert about an archived customer says so, and no numbers', () => {
    const card = alertCard({ ...alert, state: 'archived' }, links)
    expect(card.summary).toBe('No longer watched: Contoso is archived')
    expect(text(card)).not.toMatch(/of 3|attention|mfa Contoso/i)
  })

  it('asks back by domain when two customers have one name', () => {
    const card = text(chooseCard([{ name: 'Contoso', domains: ['contoso.com'] }, { name: 'Contoso', domains: ['contoso.example'] }], (name) => `mfa ${name}`))
    expect(card).toContain('mfa contoso.com')
    expect(card).toContain('mfa contoso.example')
    expect(card).toContain('Did you mean Contoso?')
  })

  it.each(['welcomeInChannel', 'helpInChannel', 'greetingInChannel', 'withdrawn', 'purposeAlerts', 'purposeNothing', 'confirmPurpose', 'confirmReaders', 'wroteToYou', 'couldNotWrite'])(
    '%s names no customer, not as an example either: in a channel it would be news about one',
    (name) => expect(text(all[name]!) + all[name]!.summary).not.toMatch(/Contoso|Fabrikam|click/),
  )

  it('leads whoever has not added Outpost to where it is added', () => {
    expect(text(couldNotWriteCard(true, links))).toContain('https://teams.microsoft.com/l/app/app-1')
  })

  it('lists every command in help', () => {
    for (const { example, description } of commands) {
      expect(text(helpCard(true, commands, links))).toContain(example)
      expect(text(helpCard(true, commands, links))).toContain(description)
    }
  })
})
