import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/access/model.ts'
import { AppError } from '../../api/errors.ts'
import type { Log } from '../../api/log.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import type { Query } from '../../api/subjects.ts'
import { DeliveryError, type Question, type Said } from '../adapter/port.ts'
import { openLinks } from '../parts/links.ts'
import type { ChannelHere } from '../subject.ts'
import { grammar } from '../subjects.ts'
import { wordsOf } from '../testing/cards.fixture.ts'
import { answerQuestion } from './answer.ts'
import { withTyping } from './typing.ts'

const events: string[] = []
const log: Log = { info: (event) => void events.push(event), warn: (event) => void events.push(event), error: (event) => void events.push(event) }
const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
const actor: Actor = { tenantId: 't', userId: 'u', role: 'member', addresses: [] }

const row = (id: string, more: Partial<MessageRow> = {}): MessageRow => ({
  id, at: '2026-11-20T14:05:00Z', direction: 'in', private: false, subject: `Subject ${id}`, preview: `Preview ${id}`,
  from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }, sender: null, to: [], cc: [], bcc: [], others: 0, hasAttachments: false, ...more,
})
const customer = (id: string, name: string) => ({ id, name, aliases: [], domains: [`${id}.com`], archived: false, tenants: [] })

let pages: MessageRow[][]
let channel: ChannelHere | null
let denied: AppError | Error | null
let asked: string[]

const query = {
  actorOfActivity: (tenantId: string, userId: string) => {
    asked.push(`actor ${tenantId} ${userId}`)
    return denied === null ? Promise.resolve(actor) : Promise.reject(denied)
  },
  customerNames: () => Promise.resolve([customer('contoso', 'Contoso'), customer('fabrikam', 'Fabrikam Inc.')]),
  messages: (_: Actor, id: string, { after }: { after?: string }) => {
    asked.push(`mail ${id} ${after ?? ''}`)
    const page = Number(after ?? 0)
    return Promise.resolve({
      items: pages[page] ?? [], next: page + 1 < pages.length ? String(page + 1) : null, windowDays: 14, scope: 'own' as const,
      freshness: { stream: 'mail', words: wordsOf('mail'), of: 1, current: 1, asOf: '2026-11-20T14:00:00Z', lastError: null },
    })
  },
  posture: (_: Actor, customerId: string) => {
    asked.push(`posture ${customerId}`)
    const coverage = { capable: 1, notCapable: 1, unknown: 0, of: 2, asOf: null }
    return Promise.resolve({
      customerId, tenants: 1, mfa: coverage, mfaUnknown: null, privilegedMfa: coverage, privilegedMfaUnknown: null, outside: { guests: 0, disabled: 0 }, privilegedAccounts: [], eligibility: 'known' as const, eligibilityReason: null,
      findings: [{ id: 'f', check: 'c', customerId, accountId: 'a', accountName: 'Robin Sample', state: 'open' as const, reason: '', openedAt: '', resolvedAt: null }],
      freshness: [],
    })
  },
} as unknown as Query

const talks = { last: () => Promise.reject(new Error('no database')), remember: () => Promise.reject(new Error('no database')) }
let privately: () => Promise<{ conversationId: string; activityId: string }>
let privateSaid: Said[]

async function ask(text: string, scope: Question['place']['scope'] = 'personal'): Promise<string> {
  const turn: Question = {
    kind: 'message', id: '1', text, ownMentions: ['<at>Outpost</at>'], locale: 'en-GB', timezone: 'Europe/London',
    user: { aadObjectId: 'u', tenantId: 't', mri: '29:u', name: 'Alex' },
    place: { scope, conversationId: 'c', tenantId: 't', serviceUrl: 'https://connector.example' },
  }
  const said: Said[] = []
  const outbound = {
    writePrivately: (_: unknown, __: string, what: Said) => {
      privateSaid.push(what)
      return privately()
    },
  }
  await answerQuestion({ query, grammar, actions: { setChannelRole: () => Promise.reject(new Error('not asked')) }, inTurn: (_, work) => work(), channelAt: () => Promise.resolve(channel), outbound, talks, links, log, now: () => new Date() }, turn, { say: (what) => Promise.resolve(void said.push(what)), typing: () => Promise.resolve() })
  expect(said).toHaveLength(1)
  return JSON.stringify(said[0])
}

beforeEach(() => {
  pages = [[row('one'), row('two')]]
  denied = null
  channel = { id: 'ch', role: { kind: 'alerts' }, outsiders: false }
  asked = []
  privateSaid = []
  privately = () => Promise.resolve({ conversationId: 'p', activityId: '1' })
})

describe('in the private chat', () => {
  it('answers with the newest mail', async () => {
    const card = await ask('last email from Contoso')
    expect(card).toContain('Subject one')
    expect(card).not.toContain('Subject two')
    expect(asked).toEqual(['actor t u', 'mail contoso '])
  })

  it('looks for the newest of the asked direction over all pages', async () => {
    pages = [[row('a', { direction: 'out' })], [row('b', { direction: 'out' })], [row('c'), row('d')]]
    const card = await ask('last email from Contoso')
    expect(card).toMatch(/Subject c.*A newer one, sent.*Subject a/)
    expect(card).not.toContain('Subject b')
    expect(await ask('last email to Contoso')).toContain('Subject a')
    expect(await ask('last email with Contoso')).toContain('Subject a')
  })

  it('from a customer is what its own people wrote, and not what others wrote to them and us', async () => {
    const outsider = { domain: 'contoso.com.evil.example', side: 'outside' as const }
    const elsewhere = { name: 'Kim Kettle', address: 'kim@fabrikam.com', side: 'customer' as const }
    pages = [[row('a', { from: outsider }), row('b', { from: elsewhere }), row('c', { from: null })], [row('d', { from: { name: null, address: 'Pat@EU.contoso.com', side: 'customer' } })]]
    for (const question of ['last email from Contoso', 'emails from Contoso', 'who emailed last at Contoso']) {
      const card = await ask(question)
      expect(card).toContain('Subject d')
      for (const other of ['evil.example wrote last', 'Kim Kettle', 'Subject c']) expect(card).not.toContain(other)
    }
    pages = [[row('a', { from: outsider })]]
    expect(await ask('last email from Contoso')).toMatch(/No email from Contoso in the last 14 days, private mail apart. The newest one was sent by somebody else:.*Received · .*somebody at contoso.com.evil.example/)
    expect(await ask('who emailed last at Contoso')).toContain('No email from Contoso in the last 14 days.')
  })

  it('says when there is none', async () => {
    pages = [[]]
    expect(await ask('last email from Contoso')).toContain('No email from Contoso in the last 14 days.')
  })

  it('answers MFA with names', async () => expect(await ask('mfa Contoso')).toContain('Robin Sample'))

  it('asks back on a typing error, and shows nothing before', async () => {
    const card = await ask('last mail from contso')
    expect(card).toContain('Did you mean Contoso?')
    expect(card).toContain('"text":"last email from Contoso"')
    expect(asked).toEqual(['actor t u'])
  })

  it('asks which customer, and offers some', async () => {
    const card = await ask('mfa')
    expect(card).toContain('Which customer?')
    expect(card).toContain('"text":"mfa Fabrikam Inc."')
  })

  it('knows a way on from an unknown customer and from gibberish, in different words', async () => {
    const [nobody, gibberish] = [await ask('mfa litware'), await ask('asdf')]
    expect(nobody).toContain('I know no such customer')
    expect(gibberish).toContain('I did not understand that')
    for (const card of [nobody, gibberish]) expect(card).toContain('Action.')
  })
})

describe('in a channel', () => {
  it.each(['channel', 'groupChat'] as const)('%s: mail goes to the private chat, and nothing of it is shown', async (scope) => {
    const card = await ask('<at>Outpost</at> last email from Contoso', scope)
    for (const secret of ['Subject', 'Preview', 'Alex', 'alex@', '14:05', 'Received']) expect(card).not.toContain(secret)
    expect(card).toContain('privately')
    expect(JSON.stringify(privateSaid)).toContain('Subject one')
  })

  it('also says privately that there is no mail', async () => {
    pages = [[]]
    expect(await ask('last email from Contoso', 'channel')).not.toContain('No email')
    expect(JSON.stringify(privateSaid)).toContain('No email')
  })

  it('says how to open the chat when Teams refuses it', async () => {
    privately = () => Promise.reject(new DeliveryError('refused', { statusCode: 403 }))
    const card = await ask('last email from Contoso', 'channel')
    expect(card).toContain('add Outpost for yourself')
    expect(card).toContain('https://teams.microsoft.com/l/app/app-1')
    expect(card).not.toContain('Subject')
  })

  it('says so when writing privately failed for another reason', async () => {
    privately = () => Promise.reject(new DeliveryError('unknown', { statusCode: 502 }))
    expect(await ask('last email from Contoso', 'channel')).toContain('Ask me again in our chat.')
  })

  it('answers MFA there, without names', async () => {
    const card = await ask('mfa Contoso', 'channel')
    expect(card).toContain('1 of 2')
    expect(card).not.toContain('Robin Sample')
    expect(privateSaid).toEqual([])
  })
})

describe('who may ask', () => {
  it.each([
    ['noRole', new AppError('noRole')],
    ['rolesUnknown', new AppError('rolesUnknown')],
    ['rolesNeverRead', new AppError('rolesNeverRead')],
  ])('%s: help and greetings work, everything else is answered with the reason', async (_, error) => {
    denied = error
    expect(await ask('help')).toContain('Ask me like this')
    expect(await ask('hello')).toContain('Hello, I am Outpost.')
    expect(asked).toEqual([])
    for (const text of ['last email from Contoso', 'mfa Contoso', 'asdf']) expect(await ask(text)).toBe(JSON.stringify(error.message))
    expect(await ask('last email from Contoso', 'channel')).toBe(JSON.stringify(error.message))
  })

  it('tells nothing about an unexpected error, and logs no text', async () => {
    denied = new Error('connection to alex@contoso.com lost')
    events.length = 0
    expect(await ask('mfa Contoso')).toBe('"Something went wrong in Outpost. Please try again in a moment."')
    expect(events.join()).not.toContain('@')
    expect(events).toContain('bot.answer.failed')
  })
})

it('nobody is shown as typing where others read along: how long it takes could tell what there is', async () => {
  const typed = async (scope: Question['place']['scope']) => {
    let shown = 0
    const slow = { ...query, customerNames: () => new Promise<Awaited<ReturnType<Query['customerNames']>>>((resolve) => setTimeout(resolve, 1700, [])) }
    const turn: Question = {
      kind: 'message', id: '1', text: 'mfa Contoso', ownMentions: [], locale: null, timezone: null, user: { aadObjectId: 'u', tenantId: 't', mri: '29:u', name: 'Alex' },
      place: { scope, conversationId: 'c', tenantId: 't', serviceUrl: 'https://connector.example' },
    }
    const reply = { say: () => Promise.resolve(), typing: () => Promise.resolve(void (shown += 1)) }
    const ports = { query: slow, grammar, actions: { setChannelRole: () => Promise.reject(new Error('not asked')) }, inTurn: <T>(_: string, work: () => Promise<T>) => work(), channelAt: () => Promise.resolve(channel), talks, links, log, now: () => new Date() }
    await answerQuestion({ ...ports, outbound: { writePrivately: () => privately() } }, turn, reply)
    return shown
  }
  expect(await Promise.all([typed('personal'), typed('channel'), typed('groupChat')])).toEqual([1, 0, 0])
})

describe('typing', () => {
  const order: string[] = []
  const reply = { say: () => Promise.resolve(), typing: () => Promise.resolve(void order.push('typing')) }
  const after = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, 'done'))
  it('is shown when the answer takes long, before the answer, and not otherwise', async () => {
    expect(await withTyping(reply, log, () => after(1), 50)).toBe('done')
    expect(order).toEqual([])
    expect(await withTyping(reply, log, () => after(60), 5)).toBe('done')
    expect(order).toEqual(['typing'])
  })
})
