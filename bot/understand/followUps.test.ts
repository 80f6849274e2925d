// Questions that lean on the one before, questions of buttons, and what holds for every question.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import { customer, customers, meaning, understand } from '../testing/questions.fixture.ts'
import type { Ask, Intent } from './intent.ts'
import { talkOf, type Talk } from './talk.ts'
import { toPlain } from './words.ts'

/** The question in words again; an error when it was not understood as one. */
const again = (intent: Intent, name: string) => grammar.phrase((intent as Ask).form, name)

describe('follow-ups', () => {
  const contoso = (topic: string): Talk => ({ customerId: 'Contoso', topic, range: null })
  it.each([
    ['and meetings?', 'mfa', 'meetings Contoso (customer)'],
    ['and meetings next week?', 'mfa', 'meetings Contoso [week 1] (customer)'],
    ['and mfa?', 'emails.in', 'mfa Contoso (customer)'],
    ['and licences?', 'mfa', 'licences Contoso (customer)'],
    ['And the licenses', 'mfa', 'licences Contoso (customer)'],
    ['and posture?', 'mfa', 'posture Contoso (customer)'],
    ['also admins', 'mfa', 'admins Contoso (customer)'],
    ['what about mfa?', 'lastEmail.in', 'mfa Contoso (customer)'],
    ['what about their licences', 'mfa', 'licences Contoso (customer)'],
    ['next meeting with them', 'mfa', 'nextMeeting Contoso (customer)'],
    ['last email from them', 'mfa', 'lastEmail in Contoso (customer)'],
    ['ok and who has no mfa?', 'mfa', 'noMfa Contoso (customer)'],
    ['what about Fabrikam?', 'mfa', 'mfa Fabrikam Inc. (question)'],
    ['What about fabrikam', 'emails.out', 'emails out Fabrikam Inc. (question)'],
    ['how about fabrikam?', 'whoEmailed.in', 'whoEmailed in Fabrikam Inc. (question)'],
    ['and Fabrikam?', 'nextMeeting', 'nextMeeting Fabrikam Inc. (question)'],
    ['what about fabricam?', 'mfa', 'mfa ? Fabrikam Inc. | Fabrikam Today (question)'],
    ['what about litware?', 'mfa', 'mfa - litware (question)'],
    ['what about MFA Ltd?', 'licences', 'licences MFA Ltd (question)'],
    ['and last week?', 'emails.in', 'emails in Contoso [week -1] (question)'],
    ['and yesterday', 'lastEmail.out', 'emails out Contoso [day -1] (question)'],
    ['and next week?', 'meetings', 'meetings Contoso [week 1] (question)'],
    ['and next week?', 'mfa', 'unknown'],
    ['and mfa of Fabrikam?', 'emails.in', 'mfa Fabrikam Inc.'],
    ['what about the last email from fabrikam', 'mfa', 'lastEmail in Fabrikam Inc.'],
    ['and sync status?', 'mfa', 'syncStatus Contoso (customer)'],
    ['and posture of all customers?', 'mfa', 'posture *'],
    ['and mfa everywhere?', 'mfa', 'mfa *'],
    ['what about all customers?', 'posture', 'posture * (question)'],
    ['and all customers?', 'mfa', 'mfa * (question)'],
    // a name, or a time, says enough by itself
    ['fabrikam', 'mfa', 'mfa Fabrikam Inc. (question)'],
    ['last week?', 'emails.in', 'emails in Contoso [week -1] (question)'],
    ['asdf', 'mfa', 'unknown'],
    // nothing is assumed where nothing was left out
    ['mfa', 'emails.in', 'mfa …'],
    ['posture', 'mfa', 'posture *'],
    ['meetings today', 'mfa', 'meetings * [day 0]'],
    ['are there any meetings today', 'mfa', 'meetings * [day 0]'],
  ])('%j after %s means %s', (text, topic, expected) => expect(meaning(text, contoso(topic))).toBe(expected))

  it.each([
    ['and mfa?', 'mfa …'], ['and meetings?', 'meetings *'], ['what about Fabrikam?', 'unknown Fabrikam Inc.'], ['what about litware?', 'unknown'], ['last email from them', 'lastEmail in …'],
  ])('%j without a last question means %s', (text, expected) => expect(meaning(text)).toBe(expected))

  it('keep the time of the last question, and none of its words', () => {
    const last: Talk = { customerId: 'Contoso', topic: 'emails.in', range: { kind: 'in', span: { of: 'week', offset: -1 } } }
    expect(meaning('and fabrikam?', last)).toBe('emails in Fabrikam Inc. [week -1] (question)')
    expect(meaning('and yesterday?', last)).toBe('emails in Contoso [day -1] (question)')
    // The week of this question is no week for the day of the last one.
    const monday: Talk = { customerId: 'Contoso', topic: 'emails.in', range: { kind: 'in', span: { of: 'weekday', weekday: 1, which: null } } }
    expect(meaning('and last week?', monday)).toBe('emails in Contoso [week -1] (question)')
    expect(meaning('and about the printer?', last)).toBe('emails in Contoso "printer" [week -1] (question)')
    const asked = understand('emails from kim@contoso.com about the printer yesterday', customers) as Ask
    expect(JSON.stringify(talkOf(grammar, asked))).not.toMatch(/kim|printer/)
  })

  it('after a question about all customers only the question is known', () => {
    expect(meaning('what about fabrikam', { customerId: null, topic: 'meetings', range: null })).toBe('meetings Fabrikam Inc. (question)')
    expect(meaning('and mfa?', { customerId: null, topic: 'posture', range: null })).toBe('mfa …')
    expect(meaning('and tomorrow?', { customerId: null, topic: 'meetings', range: null })).toBe('meetings * [day 1] (question)')
  })

  it('never brings back a customer that the person may no longer see', () => {
    for (const text of ['and mfa?', 'and last week?', 'last email from them']) expect(meaning(text, { customerId: 'Litware', topic: 'emails.in', range: null })).not.toContain('Litware')
  })

  it('keep a topic as the form that it came from', () => {
    for (const topic of ['lastEmail.in', 'emails.any', 'whoEmailed.out', 'meetings', 'nextMeeting', 'mfa', 'noMfa', 'admins', 'licences', 'posture', 'syncStatus']) expect(grammar.topicOf(grammar.formOf(topic)!)).toBe(topic)
    expect(grammar.formOf('__proto__')).toBeNull()
  })
})

describe('buttons', () => {
  const ranges = [
    'last week', 'since Monday', 'between 3 and 7 November', 'on 20 nov', 'last 3 days', 'tomorrow', 'since 23 11 2026', 'from monday until friday', 'until friday', 'before 3 November', 'after 3pm', 'yesterday evening', 'two days ago',
    'in Q3', 'in october 2025', 'last 24 hours', 'last 30 minutes', 'this morning', 'on friday afternoon', 'between 13:00 and 15:00 today', 'since yesterday morning', 'at the weekend', 'last weekend', 'in 2025', 'on the 3rd', 'in week 46', 'week 2 of 2026', 'at 3pm', 'friday at 3pm', 'past fortnight', 'rest of the week', 'by eod', 'at 11:30pm', 'two weeks ago', 'next quarter',
    'monday last week', 'between tuesday and friday next week', 'since monday last week', 'week after next', 'week of 7 december', 'a week from friday', 'early next week', 'late november', 'mid december', 'later today', 'earlier this week', 'end of last month', 'half past two', 'at 10', 'between 9 and 11', 'between now and friday', 'overnight',
  ]
  const people = ['emails from kim.kettle@contoso.com of X', 'last email to kim@fabrikam.com of X', 'emails with kim@fabrikam.com about new printer of X since monday', 'emails from tom@msp.example to X', 'emails from X to tom@msp.example', 'last email with tom@msp.example with X']
  const texts = [
    'last email from X', 'last email with X', 'oldest email from X', 'first email with X', 'last 3 emails from X', 'last 7 emails about new printer to X since monday', 'emails to X', 'emails about new printer from X', 'who emailed X last', 'who emailed last at X', 'next meeting with X', 'meetings with X', 'mfa X', 'licences X',
    'who has no mfa at X', 'admins at X', 'posture of X', 'sync status of X', ...people, ...ranges.flatMap((range) => [`emails from X ${range}`, `meetings with X ${range}`, `emails about printer with X ${range}`]),
  ]
  it.each(texts)('%s is asked again in words that mean the same', (text) => {
    // A third of the customers for the many combinations with a time; every one is called like something else.
    for (const { name } of texts.indexOf(text) < 20 ? customers : customers.filter((_, index) => index % 3 === 0)) {
      const intent = understand(toPlain(text.replace('X', name)), customers)
      expect(intent).toMatchObject({ customer: { kind: 'found', customer: { name } } })
      expect(understand(again(intent, name), customers)).toEqual(intent)
    }
  })
  it.each(['meetings today', 'posture', 'sync status', 'meetings', 'meetings friday afternoon', 'meetings until friday'])('%s too', (text) => {
    const intent = understand(text, customers)
    expect(understand(again(intent, ''), customers)).toEqual(intent)
  })
})

describe('always', () => {
  const bits = fc.constantFrom(
    'emails', 'meetings', 'meeting', 'today', 'last', 'next', 'week', 'since', 'between', 'and', 'from', 'to', 'about', 'who', 'emailed', 'no', 'mfa', 'posture', 'of', 'licences', 'admins', 'at', 'sync', 'status', 'monday',
    '3', '31', 'march', '2026-11-20', '20.11.', '3rd', 'them', 'what', 'contoso', 'fabricam', 'the', 'on', 'with', '__proto__', 'constructor', 'toString', '99999',
  )
  const typed = fc.oneof(fc.array(fc.oneof({ weight: 6, arbitrary: bits }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }) }), { maxLength: 14 }).map((parts) => parts.join(' ')), fc.string({ unit: 'binary', maxLength: 200 }))
  const allowed = fc.subarray([...customers])
  const talk = fc.option(fc.record({ customerId: fc.option(fc.constantFrom(...customers.map(({ id }) => id), 'gone')), topic: fc.oneof(fc.constantFrom('mfa', 'emails.in', 'meetings', 'posture', 'lastEmail.any'), fc.string()), range: fc.constantFrom(null, { kind: 'days', past: true, count: 3 } as const) }))

  it('answers something, only with customers that were allowed, and its button means the same kind', () => {
    fc.assert(
      fc.property(typed, allowed, talk, (text, list, last) => {
        const intent = understand(toPlain(text), list, last)
        if (intent.kind === 'unknown' && intent.customer !== null) expect(list).toContain(intent.customer)
        if (intent.kind !== 'ask') return
        if (intent.customer.kind === 'choose') for (const choice of intent.customer.choices) expect(list).toContain(choice)
        if (intent.customer.kind === 'found') {
          expect(list).toContain(intent.customer.customer)
          const { name } = intent.customer.customer
          expect(understand(again(intent, name), [customer(name)])).toMatchObject({ customer: { kind: 'found' } })
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('comes to an end with a long question among 500 customers', () => {
    const many = Array.from({ length: 500 }, (_, index) => customer(`Customer ${String(index)} Example Works`))
    const last = { customerId: null, topic: 'mfa', range: null }
    for (const text of ['and emails about meetings with exampel wroks since monday ', 'who emailed last no mfa at admins ', 'the emails from the last week with them of the ']) {
      expect(understand(toPlain(text.repeat(20)), many, last)).toBeDefined()
    }
  })
})
