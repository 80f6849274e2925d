// One card a channel, customer and check, however many copies of the process there are.
import { describe, expect, it } from 'vitest'
import { tenantId } from '../testing/fakeConnector.fixture.ts'
import { check, customers, summaryOf, useChannels } from './channels.fixture.ts'

const the = useChannels()
const { aCopy, pass, install, assess, cards, theCard, wait, posts, puts } = the

describe('one card a channel, customer and check', () => {
  it('is posted once, with counts and a link, and remembered by its ids', async () => {
    await assess('contoso', 'open', 2)
    for (let times = 0; times < 3; times += 1) await pass()
    expect(posts().map(summaryOf)).toEqual(['2 of 3 privileged accounts at Contoso are not MFA capable'])
    const card = await theCard()
    expect(card).toMatchObject({ state: 'posted', attempts: 0, error: null })
    expect(card.conversationId).toBe(`19:security;messageid=${card.activityId ?? ''}`)
    expect(JSON.stringify(posts()[0]?.body)).toContain('customer%2Fcontoso%2Fposture')
  })

  it('is replaced in place whatever changes; what is open again or worse is said in its thread as well, once, also after a restart', async () => {
    await assess('contoso', 'open', 2)
    await pass()
    const { conversationId, activityId } = await theCard()
    for (const [state, failing, said, reply] of [
      ['open', 1, '1 of 3 privileged accounts at Contoso is not MFA capable', null],
      ['open', 2, '2 of 3 privileged accounts at Contoso are not MFA capable', 'It got worse: 2 of 3 privileged accounts at Contoso are not MFA capable.'],
      ['resolved', 0, 'Resolved: All 3 privileged accounts at Contoso are MFA capable', null],
      ['open', 3, '3 of 3 privileged accounts at Contoso are not MFA capable', 'Open again: 3 of 3 privileged accounts at Contoso are not MFA capable.'],
      ['open', 1, '1 of 3 privileged accounts at Contoso is not MFA capable', null],
    ] as const) {
      the.connector.seen.length = 0
      await assess('contoso', state, failing)
      for (let times = 0; times < 3; times += 1) await pass(aCopy())
      expect(puts(), said).toMatchObject([{ path: `/v3/conversations/${conversationId ?? ''}/activities/${activityId ?? ''}` }])
      expect(summaryOf(puts()[0]!)).toBe(said)
      expect(posts(), said).toMatchObject(reply === null ? [] : [{ path: `/v3/conversations/${conversationId ?? ''}/activities`, body: { text: reply, textFormat: 'plain' } }])
    }
  })

  it('counts what is unknown without a word in the thread', async () => {
    await assess('contoso', 'open', 2)
    await pass()
    await assess('contoso', 'open', 2, 3, 1)
    for (let times = 0; times < 3; times += 1) await pass()
    expect(the.connector.sent().map(({ method }) => method)).toEqual(['POST', 'PUT'])
  })

  it('is not posted for what was resolved before anybody was told', async () => {
    await assess('contoso', 'resolved', 0)
    await assess('fabrikam', 'none', 0)
    await pass()
    expect(the.connector.sent()).toEqual([])
    expect(await cards()).toEqual([])
  })

  it('goes to every channel where the bot is installed, and no longer where it was removed', async () => {
    await install('19:second', 'team-2')
    await assess('contoso', 'open', 2)
    await pass()
    expect(posts()).toHaveLength(2)
    await the.test.store.installations.remove({ tenantId, conversationId: '19:general', teamId: 'team-2' }, new Date())
    await assess('contoso', 'open', 1)
    await pass()
    expect(puts()).toHaveLength(1)
  })

  it('waits its turn when there are many', async () => {
    for (const customer of customers.keys()) await assess(customer, 'open', 1)
    await pass()
    expect(posts()).toHaveLength(3)
    await pass()
    expect(posts()).toHaveLength(4)
  })

  it('is not made for a customer that is archived', async () => {
    await assess('northwind', 'open', 2)
    customers.set('northwind', { name: 'Northwind Traders', archived: true })
    await pass()
    expect(the.connector.sent()).toEqual([])
  })

  it('says that its customer has been archived, and goes on when it is restored', async () => {
    await assess('contoso', 'open', 2)
    await pass()
    for (const archived of [true, false]) {
      customers.set('contoso', { name: 'Contoso', archived })
      await pass()
      await pass()
    }
    expect(the.connector.sent().map(summaryOf)).toEqual([
      '2 of 3 privileged accounts at Contoso are not MFA capable', 'No longer watched: Contoso is archived', '2 of 3 privileged accounts at Contoso are not MFA capable',
    ])
    expect(posts()).toHaveLength(1)
  })
})

describe('several copies of the process', () => {
  it('never post the same card twice', async () => {
    for (const customer of [...customers.keys()].slice(0, 3)) await assess(customer, 'open', 1)
    await Promise.all(Array.from({ length: 8 }, () => pass(aCopy())))
    expect(posts()).toHaveLength(3)
    expect(new Set(posts().map(summaryOf)).size).toBe(3)
    expect((await cards()).map(({ state }) => state)).toEqual(['posted', 'posted', 'posted'])
  })

  it('leave alone what another one is sending', async () => {
    await assess('contoso', 'open', 2)
    await the.test.store.cards.begin({ targetId: `${tenantId}|19:security`, customerId: 'contoso', check }, 60)
    await pass()
    expect(the.connector.sent()).toEqual([])
    expect(await theCard()).toMatchObject({ state: 'sending' })
  })

  it('take over a refused card only once', async () => {
    await assess('contoso', 'open', 2)
    the.connector.behave(() => ({ status: 429 }))
    await pass()
    await wait()
    the.connector.reset()
    await Promise.all(Array.from({ length: 8 }, () => pass(aCopy())))
    expect(posts()).toHaveLength(1)
  })
})
