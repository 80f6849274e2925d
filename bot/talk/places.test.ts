// Where an answer may be read, whatever is asked.
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { customers, meeting, useAsking } from '../testing/asking.fixture.ts'

const { state, ask } = useAsking()

describe('in a channel', () => {
  const secrets = ['Printer', 'Alex Example', 'alex@', 'Review', 'Robin', 'Kim Kettle', 'robin@', '10:00', '11:00']
  beforeEach(() => {
    for (const { id } of customers) state.calendar[id] = [meeting('Review', '2026-11-20T15:00:00Z', '2026-11-20T16:00:00Z')]
  })
  const scopes = ['channel', 'groupChat'] as const
  it.each(scopes.flatMap((scope) => ['emails from Contoso', 'emails about printer with contoso', 'who emailed contoso last', 'next meeting with Contoso', 'meetings today', 'meetings with contoso', 'admins at Contoso'].map((text) => [scope, text] as const)))(
    '%s: “%s” is answered privately',
    async (scope, text) => {
      const card = await ask(text, scope)
      expect(card).toContain('I wrote the answer to you privately')
      for (const secret of [...secrets, 'Contoso']) expect(card).not.toContain(secret)
      expect(state.privately).toHaveLength(1)
      expect(JSON.stringify(state.privately)).toMatch(/Printer|Review|Robin/)
    },
  )
  // Everything that the bot can be asked, of one customer and of all, of one that does not exist, and nonsense.
  const named = (name: string) => [`who has no mfa at ${name}`, `posture of ${name}`, `licences ${name}`, `mfa ${name}`]
  const across = ['posture', 'mfa', 'mfa for all customers', 'who has no mfa anywhere', 'sync status', 'licences', 'meetings today', 'last email', 'mfa contso', 'Fabrikam', 'weather']
  const counts = [...named('Contoso'), ...named('Fabrikam'), ...named('Litware'), ...across]
  const everyName = ['Contoso', 'contoso', 'Fabrikam', 'Northwind', 'Litware', 'Our tenant']

  it.each([['a group chat', 'groupChat', null], ['a channel that is for nothing', 'channel', null], ['a channel that the bot does not know', 'channel', undefined]] as const)(
    'in %s everything is answered privately, and the channel reads the same whatever was asked',
    async (_, scope, role) => {
      state.channel = role === undefined ? null : { id: 'ch', role, outsiders: false }
      const read = new Set<string>()
      for (const text of counts) read.add(await ask(text, scope))
      expect(read.size).toBe(1)
      for (const name of everyName) expect([...read][0]).not.toContain(name)
      expect(state.privately).toHaveLength(counts.length)
    },
  )
  it('in a channel of one customer, what names it or names none is answered there; everything else privately, in one and the same sentence', async () => {
    state.channel = { id: 'ch', role: { kind: 'customer', customerId: 'contoso' }, outsiders: true }
    for (const text of [...named('Contoso'), 'mfa', 'posture', 'licences', 'who has no mfa', 'sync status']) {
      const card = await ask(text, 'channel')
      expect(card).toContain('Contoso')
      for (const secret of [...secrets, 'Fabrikam', 'Northwind', 'Our tenant']) expect(card).not.toContain(secret)
    }
    expect(state.privately).toEqual([])
    const others = [...named('Fabrikam'), ...named('Litware'), 'mfa for all customers', 'who has no mfa anywhere', 'sync status of all customers', 'meetings today', 'last email', 'mfa contso', 'Fabrikam', 'weather',
      ...['Fabrikam', 'Litware'].flatMap((name) => [`mfa ${name} contoso`, `mfa ${name} as contoso`, `licences contoso, ${name} too`, `mfa of contoso and ${name}`, `mfa of all except ${name}`, `mfa of contoso but not of ${name}`])]
    const read = new Set<string>()
    for (const text of others) read.add(await ask(text, 'channel'))
    expect(read.size).toBe(1)
    for (const name of everyName) expect([...read][0]).not.toContain(name)
    expect(state.privately).toHaveLength(others.length)
  })
  it('in the channel of our alerts a customer may be named, with counts; what is about several is answered privately', async () => {
    state.channel = { id: 'ch', role: { kind: 'alerts' }, outsiders: false }
    for (const text of [...named('Contoso'), ...named('Fabrikam')]) {
      const card = await ask(text, 'channel')
      for (const secret of secrets) expect(card).not.toContain(secret)
    }
    expect(state.privately).toEqual([])
    for (const text of [...named('Litware'), ...across]) expect(await ask(text, 'channel')).toContain('I wrote the answer to you privately')
    state.privately = []
    state.channel = { id: 'ch', role: { kind: 'alerts' }, outsiders: true }
    for (const text of counts) expect(await ask(text, 'channel')).toContain('I wrote the answer to you privately')
    expect(state.privately).toHaveLength(counts.length)
  })
  it('in a channel of a customer that is archived nothing is answered there', async () => {
    state.channel = { id: 'ch', role: { kind: 'customer', customerId: 'archived' }, outsiders: false }
    for (const text of ['mfa', 'mfa Contoso']) expect(await ask(text, 'channel')).toContain('privately')
  })
  it('a failure is told privately, too', async () => {
    state.gone = ['contoso']
    expect(await ask('next meeting with contoso', 'channel')).toContain('privately')
    expect(state.privately).toEqual([new AppError('notFound').message])
  })
  it('leans on nothing that was asked before, and leaves nothing to lean on', async () => {
    state.talk = { customerId: 'contoso', topic: 'mfa', range: null }
    await ask('and licences?', 'channel')
    expect(JSON.stringify(state.privately)).toContain('Which customer?')
    await ask('licences fabrikam', 'channel')
    expect(state.talk).toEqual({ customerId: 'contoso', topic: 'mfa', range: null })
  })
})
