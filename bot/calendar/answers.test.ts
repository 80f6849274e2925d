// Answers about meetings: what is asked of Query, and what is said.
import { describe, expect, it } from 'vitest'
import { meeting, useAsking } from '../testing/asking.fixture.ts'

const { state, ask } = useAsking()

describe('meetings', () => {
  it('the next one that is not cancelled, and what goes on now', async () => {
    state.calendar.contoso = [
      meeting('Yesterday', '2026-11-19T10:00:00Z', '2026-11-19T11:00:00Z'), meeting('Running', '2026-11-20T13:30:00Z', '2026-11-20T14:30:00Z'), meeting('Off', '2026-11-20T15:00:00Z', '2026-11-20T16:00:00Z', { cancelled: true }),
      meeting('Review', '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z'), meeting('Later', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'),
    ]
    const card = await ask('next meeting with Contoso')
    expect(card).toMatch(/Review.*Going on now.*Running.*Cancelled before that.*Off/)
    for (const other of ['Yesterday', 'Later']) expect(card).not.toContain(other)
  })
  it('of next week, all-day ones by their date', async () => {
    state.calendar.contoso = [
      meeting('Friday', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'), meeting('Sunday', '2026-11-22', '2026-11-23'), meeting('Monday', '2026-11-23', '2026-11-24'),
      meeting('Late', '2026-11-29T22:30:00Z', '2026-11-29T23:30:00Z'), meeting('After', '2026-11-29T23:00:00Z', '2026-11-29T23:30:00Z'), meeting('Whole', '2026-11-28', '2026-12-02'),
    ]
    const card = await ask('meetings with Contoso next week')
    for (const part of ['Monday', 'Late', 'Whole', 'next week (Mon, 23 Nov 2026 – Sun, 29 Nov 2026)']) expect(card).toContain(part)
    for (const other of ['"Friday"', '"Sunday"', '"After"']) expect(card).not.toContain(other)
    const { from, to } = JSON.parse(state.asked[0]!.slice('meetings contoso '.length)) as { from: string; to: string }
    expect([from, to]).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-29T23:00:00.000Z'])
  })
  it('today over all customers, grouped, asked for at once', async () => {
    state.calendar = { contoso: [meeting('One', '2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z'), meeting('Not today', '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z')], northwind: [meeting('Two', '2026-11-20', '2026-11-21')] }
    const card = await ask('meetings today')
    expect(card).toContain('2 meetings with 2 of 3 customers.')
    for (const part of ['One', 'Two', 'Contoso', 'Northwind', 'today (Fri, 20 Nov 2026)']) expect(card).toContain(part)
    expect(card).not.toContain('Not today')
    expect(state.asked).toHaveLength(1)
  })
  it('so many of those ahead, with one customer and with all, a meeting with two customers once', async () => {
    const both = meeting('Both', '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z')
    state.calendar = {
      contoso: [meeting('Over', '2026-11-20T06:00:00Z', '2026-11-20T07:00:00Z'), meeting('Off', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z', { cancelled: true }), both, meeting('Third', '2026-11-25T10:00:00Z', '2026-11-25T11:00:00Z')],
      northwind: [both, meeting('Second', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z')],
    }
    const own = await ask('next two meetings with contoso')
    for (const part of ['Next 2 meetings with Contoso', 'Both', 'Third']) expect(own).toContain(part)
    for (const other of ['Over', 'Off', 'Second']) expect(own).not.toContain(other)
    const all = await ask('next two meetings')
    for (const part of ['Next 2 meetings', 'Both', 'Second', 'Contoso', 'Northwind']) expect(all).toContain(part)
    expect(all).not.toContain('Third')
    const first = await ask('when is my next meeting?')
    expect(first).toContain('Next meeting')
    expect(first).toContain('Both')
    expect(first).not.toContain('Second')
  })
  it('says which days are not read', async () => expect(await ask('meetings with contoso last month')).toContain('Outpost reads meetings from'))
})
