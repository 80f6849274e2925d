// What becomes of a card that stands in a channel, and what is said in its thread.
import { describe, expect, it } from 'vitest'
import { events, summaryOf, useChannels } from './channels.fixture.ts'
import type { CardDoc } from './rows.ts'

const the = useChannels()
const { aCopy, pass, assess, theCard, wait, installation, posts, puts } = the

describe('replacing a card', () => {
  it.each([500, 429, 412])('is repeated after %i', async (status) => {
    await assess('contoso', 'open', 2)
    await pass()
    await assess('contoso', 'resolved', 0)
    the.connector.behave(() => ({ status }))
    await pass()
    await pass()
    expect(puts()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 1 })
    the.connector.behave(() => undefined)
    await wait()
    await pass()
    await pass()
    expect(puts()).toHaveLength(2)
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 0, error: null })
  })

  const again = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await wait()
      await pass()
    }
  }
  const deleted = [[403, 'ServiceError'], [404, 'ActivityNotFoundInConversation'], [404, 'ConversationNotFound'], [400, 'BadArgument'], [403, undefined]] as const

  it.each(deleted)('%i %s: looks several times for a card that somebody deleted, then posts it anew, once', async (status, code) => {
    await assess('contoso', 'open', 2)
    await pass()
    await assess('contoso', 'open', 1)
    the.connector.behave(({ method }) => (method === 'PUT' ? { status, body: { error: { code, message: 'Unknown' } } } : undefined))
    await again(3)
    expect(posts()).toHaveLength(1)
    await again(2)
    expect(posts()).toHaveLength(2)
    await assess('contoso', 'open', 3)
    await again(8)
    expect(posts()).toHaveLength(2)
    expect(await theCard()).toMatchObject({ state: 'gone' })
    // Whoever deleted it does not want to see it again, but the next finding is another one.
    await assess('contoso', 'resolved', 0)
    await again(1)
    await assess('contoso', 'open', 1)
    await again(1)
    expect(posts()).toHaveLength(3)
    expect((await installation())?.deadAt).toBeNull()
  })

  it.each(deleted)('%i %s: a card that somebody deleted ends neither the channel nor the cards of other customers', async (status, code) => {
    await assess('contoso', 'open', 2)
    await pass()
    the.connector.behave(({ method }) => (method === 'PUT' ? { status, body: { error: { code, message: 'Unknown' } } } : undefined))
    await assess('contoso', 'resolved', 0)
    await assess('fabrikam', 'open', 1)
    await again(6)
    expect((await installation())?.deadAt).toBeNull()
    expect(posts().map(summaryOf)).toEqual(['2 of 3 privileged accounts at Contoso are not MFA capable', '1 of 3 privileged accounts at Fabrikam Inc. is not MFA capable'])
  })

  it('a card that is found deleted when its finding opens again is posted anew, however often that happens', async () => {
    await assess('contoso', 'open', 2)
    await pass()
    for (let finding = 2; finding < 5; finding += 1) {
      await assess('contoso', 'resolved', 0)
      await again(1)
      the.connector.behave(({ method }) => (method === 'PUT' ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
      await assess('contoso', 'open', 1)
      await again(5)
      the.connector.behave(() => undefined)
      expect(posts(), `finding ${finding}`).toHaveLength(finding)
    }
  })

  it.each(['BotNotInConversationRoster', 'BotDisabledByAdmin'])('403 %s: an edit says nothing about the card, and nothing about the channel', async (code) => {
    await assess('contoso', 'open', 2)
    await pass()
    await assess('contoso', 'open', 1)
    the.connector.behave(() => ({ status: 403, body: { error: { code } } }))
    await again(6)
    expect(await theCard()).toMatchObject({ state: 'posted', error: code })
    expect((await installation())?.deadAt).toBeNull()
    await assess('fabrikam', 'open', 1)
    await again(2)
    expect((await installation())?.deadReason).toBe(code)
  })
})

describe('the reply in a thread', () => {
  const replies = () => posts().filter(({ path }) => path.includes(';messageid='))
  const opensAgain = async () => {
    await assess('contoso', 'open', 1)
    await pass()
    await assess('contoso', 'resolved', 0)
    await pass()
    await assess('contoso', 'open', 2)
    await pass()
  }
  const failing = (answer: { status?: number; reset?: true; body?: unknown }) => the.connector.behave(({ method, path }) => (method === 'POST' && path.includes(';messageid=') ? answer : undefined))

  it.each([['500', { status: 500 }], ['reset', { reset: true }]] as const)('%s: is never repeated', async (_, answer) => {
    failing(answer)
    await opensAgain()
    for (let times = 0; times < 4; times += 1) await pass()
    expect(replies()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ state: 'posted', reply: null })
  })

  it('429: is tried again, until it is no longer true', async () => {
    failing({ status: 429 })
    await opensAgain()
    await pass()
    expect(replies()).toHaveLength(1)
    the.connector.behave(() => undefined)
    await wait()
    for (let times = 0; times < 3; times += 1) await pass()
    expect(replies()).toHaveLength(2)
    failing({ status: 429 })
    await assess('contoso', 'open', 3)
    await pass()
    await pass()
    expect(replies()).toHaveLength(3)
    await assess('contoso', 'resolved', 0)
    the.connector.behave(() => undefined)
    for (let times = 0; times < 4; times += 1) {
      await wait()
      await pass()
    }
    expect(replies()).toHaveLength(3)
  })

  it('a thread that somebody deleted: the card is posted anew', async () => {
    failing({ status: 404, body: { error: { code: 'ConversationNotFound' } } })
    await opensAgain()
    for (let times = 0; times < 6; times += 1) {
      await wait()
      await pass()
    }
    expect(posts().filter(({ path }) => path === '/v3/conversations')).toHaveLength(2)
    expect((await installation())?.deadAt).toBeNull()
  })

  it('is sent by one copy of the process, and not again after one was killed', async () => {
    await opensAgain()
    expect(replies()).toHaveLength(0)
    await Promise.all(Array.from({ length: 6 }, () => pass(aCopy())))
    expect(replies()).toHaveLength(1)
    await the.test.db.collection<CardDoc>('cards').updateMany({}, { $set: { reply: { what: 'again', sending: true }, leaseUntil: new Date(0) } })
    await pass()
    await pass()
    expect(replies()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ reply: null })
    expect(events).toContain('alert.reply.unknown')
  })
})
