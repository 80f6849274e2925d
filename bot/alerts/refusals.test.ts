// What becomes of a card that could not be sent.
import { describe, expect, it } from 'vitest'
import { openAdapter } from '../adapter/adapter.ts'
import { tenantId } from '../testing/fakeConnector.fixture.ts'
import { check, events, log, summaryOf, useChannels } from './channels.fixture.ts'

const the = useChannels()
const { aCopy, pass, assess, cards, theCard, wait, installation, posts } = the

describe('a send whose outcome is unknown', () => {
  it.each([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['reset', { reset: true }],
  ])('%s: is never repeated, and shown as unknown', async (_, behaviour) => {
    await assess('contoso', 'open', 2)
    the.connector.behave(() => behaviour)
    await pass()
    expect(await theCard()).toMatchObject({ state: 'unknown' })
    expect(events).toContain('alert.unknown')
    the.connector.behave(() => undefined)
    await assess('contoso', 'open', 1)
    await pass()
    expect(the.connector.sent()).toHaveLength(1)
  })

  it('ends with the finding: the next time it opens is told', async () => {
    await assess('contoso', 'open', 2)
    the.connector.behave(() => ({ status: 502 }))
    await pass()
    the.connector.behave(() => undefined)
    await assess('contoso', 'resolved', 0)
    await pass()
    expect(the.connector.sent()).toHaveLength(1)
    await assess('contoso', 'open', 1)
    await pass()
    expect(posts().map(summaryOf)[1]).toBe('1 of 3 privileged accounts at Contoso is not MFA capable')
    expect(await theCard()).toMatchObject({ state: 'posted' })
  })

  it('includes one whose process was killed while sending', async () => {
    await assess('contoso', 'open', 2)
    await the.test.store.cards.begin({ targetId: `${tenantId}|19:security`, customerId: 'contoso', check }, -1)
    await pass()
    await pass()
    expect(the.connector.sent()).toEqual([])
    expect(await theCard()).toMatchObject({ state: 'unknown', error: 'interrupted' })
    expect(events.filter((event) => event === 'alert.unknown')).toHaveLength(1)
  })
})

describe('a clean refusal', () => {
  it('429: is tried again, not before the time that was asked for', async () => {
    await assess('contoso', 'open', 2)
    the.connector.behave(() => ({ status: 429, headers: { 'retry-after': '40' } }))
    const before = Date.now()
    await pass()
    await pass()
    const card = await theCard()
    expect(card).toMatchObject({ state: 'refused', error: '429', attempts: 1 })
    expect(card.notBefore.getTime()).toBeGreaterThan(before + 35_000)
    expect(the.connector.sent()).toHaveLength(1)
    the.connector.behave(() => undefined)
    await wait()
    await pass()
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 0 })
  })

  it('is forgotten when the finding is resolved meanwhile', async () => {
    await assess('contoso', 'open', 2)
    the.connector.behave(() => ({ status: 429 }))
    await pass()
    await assess('contoso', 'resolved', 0)
    await pass()
    expect(await cards()).toEqual([])
    expect(the.connector.sent()).toHaveLength(1)
  })

  it.each([[403, 'BotNotInConversationRoster'], [404, 'ConversationNotFound']])('%i %s: the channel is dead until something comes from it', async (status, code) => {
    await assess('contoso', 'open', 2)
    await assess('fabrikam', 'open', 2)
    the.connector.behave(() => ({ status, body: { error: { code } } }))
    await pass()
    await wait()
    await pass()
    expect(the.connector.sent()).toHaveLength(1)
    expect(await installation()).toMatchObject({ deadAt: expect.any(Date) as Date, deadReason: code })
    the.connector.reset()
    await the.test.store.installations.refresh({ tenantId, teamId: null, conversationId: '19:security', serviceUrl: the.connector.origin })
    expect(await installation()).toMatchObject({ deadAt: null })
    await pass()
    expect(posts()).toHaveLength(2)
  })

  it('without a token nothing was sent, so it is tried again', async () => {
    await assess('contoso', 'open', 2)
    const config = { ...the.connector.config, botId: '55555555-5555-4555-8555-555555555555' }
    the.connector.tokens.status = 401
    await pass({ ...aCopy(), outbound: openAdapter(config, log, () => Promise.resolve()).outbound })
    expect(await theCard()).toMatchObject({ state: 'refused', error: 'token' })
  })
})
