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
  it('days are those of the person’s zone', async () => {
    await ask('emails from contoso today', 'personal', { timezone: 'America/New_York' })
    expect(state.asked[0]).toContain('"from":"2026-11-20T05:00:00.000Z"')
    await ask('emails from contoso today', 'personal', { timezone: null })
    expect(state.asked[1]).toContain('"from":"2026-11-20T00:00:00.000Z"')
  })
  it.each([['since 1 november', true], ['this month', true], ['last 14 days', false], ['since monday', false]])('%s: says that it reaches beyond what is kept: %s', async (range, said) => {
    expect((await ask(`emails from contoso ${range}`)).includes('Outpost keeps mail for 14 days')).toBe(said)
  })
  it('asks back with the whole question', async () => {
    expect(await ask('emails about printer from contso last week')).toContain('"text":"emails about printer from Contoso last week"')
    expect(await ask('emails about printer')).toContain('"text":"emails about printer with Fabrikam Inc."')
    expect(state.asked).toEqual([])
  })
})
