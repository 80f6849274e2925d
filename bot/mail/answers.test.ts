// Answers about mail: what is asked of Query, and what is said.
import { describe, expect, it } from 'vitest'
import { message, useAsking } from '../testing/asking.fixture.ts'

const { state, ask } = useAsking()

describe('mail', () => {
  it.each([
    ['emails from Contoso', '{"direction":"in"}'],
    ['emails with Contoso', '{}'],
    ['emails to contoso yesterday', '{"direction":"out","from":"2026-11-18T23:00:00.000Z","to":"2026-11-19T23:00:00.000Z"}'],
    ['emails about new printer with Contoso', '{"words":["new","printer"]}'],
    ['emails from contoso between 3 and 4 november', '{"direction":"in","from":"2026-11-02T23:00:00.000Z","to":"2026-11-04T23:00:00.000Z"}'],
    ['who emailed contoso last', '{"direction":"out"}'],
    ['who emailed last at contoso', '{"direction":"in"}'],
  ])('%s asks for %s', async (text, filter) => {
    const card = await ask(text)
    expect(state.asked).toEqual([`mail contoso ${filter}`])
    expect(card).toContain('Printer')
  })
  it('shows five of those that are found, and says that there are more', async () => {
    state.mail = Array.from({ length: 7 }, (_, index) => message({ subject: `Toner ${String(index)}` }))
    const card = await ask('emails about toner with contoso')
    expect(card).toContain('Toner 4')
    expect(card).not.toContain('Toner 5')
    expect(card).toContain('The newest 5. There are more')
  })
  it('shows as many as are asked for, ten at most', async () => {
    state.mail = Array.from({ length: 12 }, (_, index) => message({ subject: `Toner ${String(index)}.` }))
    const three = await ask('last 3 emails with contoso')
    expect(three).toContain('Toner 2.')
    expect(three).not.toContain('Toner 3.')
    const most = await ask('last twelve emails with contoso')
    expect(most).toContain('Toner 9.')
    expect(most).toContain('The newest 10. There are more')
  })
  it('the oldest one is the last of what is kept, and is said to be that', async () => {
    state.mail = [message({ subject: 'New' }), message({ subject: 'Old' })]
    const card = await ask('first email with contoso')
    expect(card).toMatch(/Oldest email with Contoso.*Old.*Outpost keeps mail for 14 days/)
    expect(card).not.toContain('"New"')
    expect(await ask('oldest email from contoso this week')).toMatch(/I did not use “oldest” of your question/)
  })
  it.each([['en-US', '2026-11-09T23:00'], ['en-GB', '2026-10-10T22:00'], [null, '2026-10-10T22:00']])('11/10/2026 is read as people write it in %s', async (locale, from) => {
    await ask('emails from contoso on 11/10/2026', 'personal', { locale })
    expect(state.asked[0]).toContain(`"from":"${from}`)
  })
  it('days are those of the person’s zone', async () => {
    await ask('emails from contoso today', 'personal', { timezone: 'America/New_York' })
    expect(state.asked[0]).toContain('"from":"2026-11-20T05:00:00.000Z"')
    await ask('emails from contoso today', 'personal', { timezone: null })
    expect(state.asked[1]).toContain('"from":"2026-11-20T00:00:00.000Z"')
  })
  it.each([['since 1 november', true], ['this month', true], ['last 14 days', false], ['since monday', false]])('%s: says that it reaches beyond what is kept: %s', async (range, said) => {
    expect((await ask(`emails from contoso ${range}`)).includes('Outpost keeps mail for 14 days')).toBe(said)
  })
  it('of one person are looked for in the database, by address', async () => {
    await ask('emails from kim@contoso.com')
    await ask('last email to kim@contoso.com')
    await ask('emails with kim@contoso.com')
    await ask('emails from tom@msp.example to contoso')
    expect(state.asked).toEqual(['{"direction":"in","writer":"kim@contoso.com"}', '{"party":"kim@contoso.com"}', '{"party":"kim@contoso.com"}', '{"direction":"out","writer":"tom@msp.example"}'].map((filter) => `mail contoso ${filter}`))
  })
  it('people are asked for by name where words are left over, and nowhere else', async () => {
    state.people = [{ name: 'Kim Kettle', address: 'kim@contoso.com', customerId: 'contoso' }]
    const card = await ask('any mails from kim since monday?')
    expect(state.asked).toEqual(['people kim', 'mail contoso {"direction":"in","from":"2026-11-15T23:00:00.000Z","writer":"kim@contoso.com"}'])
    expect(card).toContain('Contoso · emails from them · only kim@contoso.com')
    state.asked = []
    for (const text of ['emails from contoso', 'emails about printer with contoso last week', 'last email from northwind', 'mfa kim', 'emails from contso']) await ask(text)
    expect(state.asked.filter((asked) => asked.startsWith('people'))).toEqual([])
  })
  it('about several of something finds one of it', async () => {
    await ask('emails about invoices and status with contoso')
    expect(state.asked.at(-1)).toContain('"words":["invoice","and","status"]')
  })
  it('of people of one name asks which, with the whole question', async () => {
    state.people = [{ name: 'Kim Kettle', address: 'kim@contoso.com', customerId: 'contoso' }, { name: 'Kim Example', address: 'kim@fabrikam.com', customerId: 'fabrikam' }]
    const card = await ask('emails from kim about the printer yesterday')
    expect(card).toContain('"text":"emails about printer from kim@contoso.com yesterday"')
    expect(card).toContain('"text":"emails about printer from kim@fabrikam.com yesterday"')
    expect(await ask('emails from kim of fabrikam')).toContain('kim@fabrikam.com')
  })
  it('of people of one name means the one at the customer that was asked about', async () => {
    state.people = [{ name: 'Kim Kettle', address: 'kim@contoso.com', customerId: 'contoso' }, { name: 'Kim Example', address: 'kim@fabrikam.com', customerId: 'fabrikam' }]
    await ask('emails from contoso last week')
    expect(await ask('only from kim')).toContain('only kim@contoso.com')
  })
  it('who writes to a customer is one of ours, although somebody there is called so', async () => {
    state.people = [{ name: 'Kim Kettle', address: 'kim@contoso.com', customerId: 'contoso' }, { name: 'Kim Ours', address: 'kim@msp.example', customerId: null }]
    await ask('what did kim send to contoso last week')
    expect(state.asked.at(-1)).toContain('"direction":"out","from"')
    expect(state.asked.at(-1)).toContain('"writer":"kim@msp.example"')
  })
  it('of nobody that the person may know is answered as of no customer', async () => {
    expect(await ask('emails from kim')).toContain('I know no such customer')
  })
  it('names a date that no calendar has, and looks for nothing', async () => {
    expect(await ask('emails from contoso on 31 february')).toBe('"There is no 31 February."')
    expect(await ask('meetings on 2026-02-30')).toBe('"There is no 2026-02-30."')
    expect(state.asked).toEqual([])
  })
  it.each(['delete the last email from contoso', 'send an email to contoso', 'turn on mfa at contoso'])('“%s” is no question', async (text) => {
    expect(await ask(text)).toContain('I only read')
    expect(state.asked).toEqual([])
  })
  it('asks back with the whole question', async () => {
    expect(await ask('emails about printer from contso last week')).toContain('"text":"emails about printer from Contoso last week"')
    expect(await ask('emails about printer')).toContain('"text":"emails about printer with Fabrikam Inc."')
    expect(state.asked).toEqual([])
  })
})
