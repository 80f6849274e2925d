import { describe, expect, it } from 'vitest'
import type { MessageRow } from '../../api/mail/model.ts'
import type { Card } from '../adapter/port.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, contoso, evil, freshnessOf, many, never, noneOnlyWhereKnown, says, textOf } from '../testing/cards.fixture.ts'
import { emailsCard, type EmailsFacts } from './emailsCard.ts'
import { lastEmailCard } from './lastEmailCard.ts'
import { whoEmailedCard, type WhoEmailedFacts } from './whoEmailedCard.ts'

const message = (more: Partial<MessageRow> = {}): MessageRow => ({
  id: 'm1', at: '2026-11-20T14:05:00Z', direction: 'in', private: false, subject: 'Printer is on fire', preview: 'Please help', hasAttachments: true,
  from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }, sender: null, to: [], cc: [], bcc: [], others: 0, ...more,
})
const emails = (facts: Partial<EmailsFacts> = {}, items = [message()], more = false): Card =>
  emailsCard({ customer: contoso, side: 'in', person: null, words: [], days: null, beyond: false, assumed: null, found: { items, more, windowDays: 14, scope: 'own', freshness: freshnessOf('mail') }, ...facts }, context)
const who = (more: Partial<WhoEmailedFacts> = {}): Card =>
  whoEmailedCard({ customer: contoso, side: 'out', message: message(), about: { windowDays: 14, scope: 'all', freshness: freshnessOf('mail') }, assumed: null, ...more }, context)
const evilMail = message({ subject: hostile, preview: hostile, from: { name: hostile, address: 'a@contoso.com', side: 'customer' } })
const longMail = message({
  subject: hostile, preview: `${hostile} `.repeat(20).slice(0, 140), from: { name: hostile, address: 'alex.example@contoso.com', side: 'customer' },
  to: [{ name: 'Robin Sample', address: 'robin@msp.example', side: 'msp' }], others: 2,
})
const about = { scope: 'own', windowDays: 14, freshness: freshnessOf('mail') } as const

lintCards({
  emails: emails({ customer: evil, words: [hostile], days: 'last week', beyond: true }, many(5, () => evilMail), true),
  noEmails: emails({ customer: evil, words: [hostile] }, []),
  whoEmailed: who({ customer: evil, message: evilMail }),
  whoEmailedNobody: who({ message: null }),
  lastEmail: lastEmailCard({ customer: evil, side: 'in', message: longMail, newer: null, about }, context),
  noEmail: lastEmailCard({ customer: evil, side: 'any', message: null, newer: null, about }, context),
})

describe('the last email', () => {
  const plainMessage = message({ to: longMail.to, others: 2 })

  it('last email: direction, time, sender, subject, what was understood, whose mail, how fresh, where to go on', () => {
    const card = textOf(lastEmailCard({ customer: contoso, side: 'in', message: plainMessage, newer: null, about }, context))
    for (const part of [
      'Received · Fri, 20 Nov 2026, 15:05', 'Alex Example <alex@contoso.com>', 'Robin Sample', '2 more', 'Printer is on fire', 'Please help',
      'Contoso · last email from them · last 14 days', 'Only mail in which you take part.', '2 of 3 mailboxes', 'as of Fri', 'customer%2Fc1%2Fcommunications',
    ]) expect(card).toContain(part)
  })

  it('of a private item: its time and nothing else', () => {
    const card = textOf(lastEmailCard({ customer: contoso, side: 'in', message: { ...plainMessage, private: true, direction: null }, instead: true, newer: null, about }, context))
    for (const part of ['15:05', 'No email from Contoso in the last 14 days, private mail apart. The newest one is private:']) expect(card).toContain(part)
    for (const part of ['Printer', 'Please help', 'Alex', 'Robin', 'the other way', 'Received', 'Sent']) expect(card).not.toContain(part)
  })

  it('when only the other direction exists, it says so', () => {
    const card = textOf(lastEmailCard({ customer: contoso, side: 'out', message: plainMessage, instead: true, newer: null, about: { ...about, scope: 'all' } }, context))
    expect(card).toContain('No email to Contoso in the last 14 days, private mail apart. The newest one goes the other way:')
    expect(card).not.toContain('Only mail in which you take part')
  })

  it('tells of a newer one that goes the other way', () => {
    const newer = { ...plainMessage, id: 'm2', direction: 'out' as const, subject: 'Re: Printer', at: '2026-11-20T16:00:00Z' }
    const show = (more: Partial<MessageRow>) => textOf(lastEmailCard({ customer: contoso, side: 'in', message: plainMessage, newer: { ...newer, ...more }, about }, context))
    expect(show({})).toMatch(/A newer one, sent: [^"]*17:00.*Re: Printer/)
    expect(show({ private: true, direction: null })).toMatch(/A newer one: [^"]*17:00 CET · private"/)
  })

  it('names an outside sender by domain alone', () => {
    expect(textOf(lastEmailCard({ customer: contoso, side: 'in', message: { ...plainMessage, from: { domain: 'fabrikam.com', side: 'outside' } }, newer: null, about }, context))).toContain('somebody at fabrikam.com')
  })
})

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

const noMail = (more: object) => ({ windowDays: 14, scope: 'all' as const, freshness: freshnessOf('mail', more) })
noneOnlyWhereKnown((more) => ({
  lastEmail: lastEmailCard({ customer: contoso, side: 'in', message: null, newer: null, about: noMail(more) }, context),
  emails: emails({ found: { ...noMail(more), items: [], more: false } }),
  whoEmailed: who({ message: null, about: noMail(more) }),
}))
