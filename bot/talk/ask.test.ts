// Lists, meetings, licences, roles, posture, sync and follow-ups: what is asked of Query, and where the answer is said.
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import type { Log } from '../../api/log.ts'
import type { Actor } from '../../api/access/model.ts'
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import type { Query } from '../../api/subjects.ts'
import type { Question, Said } from '../adapter/port.ts'
import { openLinks } from '../cards/deepLink.ts'
import type { Talk } from '../understand/talk.ts'
import { answerQuestion } from './answer.ts'
import type { ChannelHere } from './purpose.ts'

const log: Log = { info() {}, warn() {}, error() {} }
const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
const now = new Date('2026-11-20T14:00:00Z')
let actor: Actor
let asked: string[]
let mail: MessageRow[]
let calendar: Record<string, MeetingRow[]>
let gone: string[]

const customers = ['Contoso', 'Fabrikam Inc.', 'Northwind'].map((name) => ({ id: name.split(' ')[0]!.toLowerCase(), name, aliases: [], domains: [`${name.split(' ')[0]!.toLowerCase()}.com`], archived: false, tenants: [] }))
const message = (more: Partial<MessageRow> = {}): MessageRow => ({
  id: 'm', at: '2026-11-20T10:00:00Z', direction: 'in', private: false, subject: 'Printer', preview: 'Preview', hasAttachments: false,
  from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }, sender: null, to: [], cc: [], bcc: [], others: 0, ...more,
})
const meeting = (subject: string, start: string, end: string, more: Partial<MeetingRow> = {}): MeetingRow => ({
  id: subject, start, end, subject, allDay: !start.includes('T'), cancelled: false, private: false, organizer: null, attendees: [], others: 0, series: false, online: false, ...more,
})
const freshness = (stream: 'mail' | 'calendar' | 'mfa' | 'licences', more = {}) => ({ stream, of: 2, current: 2, asOf: '2026-11-20T13:00:00Z', lastError: null, ...more })
const coverage = { capable: 3, notCapable: 1, unknown: 1, of: 5, asOf: '2026-11-20T09:17:00Z' }
const person = (displayName: string, capable: 'yes' | 'no') => ({
  id: displayName, tenantId: 't', displayName, userPrincipalName: `${displayName}@contoso.com`, enabled: true, kind: 'member' as const, mfa: { capable, reason: '', methods: [] },
  roles: [{ name: 'Global Administrator', label: 'privileged' as const, assignment: 'active' as const, via: null, scope: 'tenant' as const }],
})
const sorted = (value: object): string => JSON.stringify(value, Object.keys(value).sort())

const posture = {
  customerId: 'contoso', tenants: 1, mfa: coverage, mfaUnknown: null, privilegedMfa: coverage, privilegedMfaUnknown: null, outside: { guests: 0, disabled: 0 },
  privilegedAccounts: [person('Robin Sample', 'no'), person('Kim Kettle', 'yes')], eligibility: 'known', eligibilityReason: null, findings: [], freshness: [],
}
const window = { from: '2026-11-13T14:00:00Z', to: '2026-12-04T14:00:00Z', scope: 'own', freshness: freshness('calendar') }

const query = {
  actorOfActivity: () => Promise.resolve(actor),
  customerNames: () => Promise.resolve(customers),
  communications: (_: Actor, id: string, filter: { limit?: number; direction?: 'in' | 'out' }) => {
    asked.push(`mail ${id} ${sorted(filter)}`)
    const items = mail.slice(0, filter.limit).map((row) => ({ ...row, direction: filter.direction ?? row.direction }))
    return Promise.resolve({ items, next: mail.length > (filter.limit ?? 25) ? 'more' : null, windowDays: 14, scope: 'own', freshness: freshness('mail') })
  },
  meetings: (_: Actor, id: string, options: object) => {
    asked.push(`meetings ${id} ${sorted(options)}`)
    if (gone.includes(id)) return Promise.reject(new AppError('notFound'))
    return Promise.resolve({ items: calendar[id] ?? [], ...window })
  },
  agenda: (_: Actor, options: object) => {
    asked.push(`agenda ${sorted(options)}`)
    return Promise.resolve({ groups: Object.entries(calendar).map(([customerId, items]) => ({ customerId, items })), ...window })
  },
  posture: (_: Actor, customerId: string) => {
    asked.push(`posture ${customerId}`)
    return Promise.resolve(posture)
  },
  lackingMfa: (_: Actor, customerId: string, limit: number) => {
    asked.push(`lacking ${customerId} ${limit}`)
    return Promise.resolve({ posture, lacking: { items: [{ ...person('Robin Sample', 'no'), privileged: true }], of: 12, next: 'x' } })
  },
  licences: (_: Actor, customerId: string) => {
    asked.push(`licences ${customerId}`)
    const items = [{ tenantId: 't', skuId: 's', partNumber: 'X', name: 'Microsoft 365 E3', bought: 5, used: 5, free: 0, warning: 1, suspended: 0, state: 'warning' }]
    return Promise.resolve({ customerId, items, accounts: [{ displayName: 'Robin Sample' }], freshness: [freshness('licences')] })
  },
  security: () => {
    asked.push('security')
    return Promise.resolve({ signals: [], items: [{ customerId: 'contoso', name: 'Contoso', mfa: coverage, privilegedMfa: coverage, openFindings: 1, asOf: null, unknownReason: null }] })
  },
  syncStatus: () => {
    asked.push('sync')
    const lastError = { code: 'x', message: 'The mailbox robin@msp.example is gone.', at: '2026-11-20T13:00:00Z' }
    return Promise.resolve({ tenants: [{ name: 'Our tenant', streams: [freshness('mail', { current: 1, lastError })] }] })
  },
} as unknown as Query

let talk: Talk | null
let privately: Said[]
let channel: ChannelHere | null
const talks = {
  last: (_: string, user: string) => Promise.resolve(user === 'u' ? talk : null),
  remember: (_: string, __: string, next: Talk) => Promise.resolve(void (talk = { ...next, customerId: next.customerId ?? talk?.customerId ?? null })),
}

async function ask(text: string, scope: Question['place']['scope'] = 'personal', more: Partial<Question> = {}): Promise<string> {
  const turn: Question = {
    kind: 'message', id: '1', text, ownMentions: [], locale: 'en-GB', timezone: 'Europe/Berlin', user: { aadObjectId: 'u', tenantId: 't', mri: '29:u', name: 'Alex' },
    place: { scope, conversationId: 'c', tenantId: 't', serviceUrl: 'https://connector.example' }, ...more,
  }
  const said: Said[] = []
  const outbound = { writePrivately: (_: unknown, __: string, what: Said) => Promise.resolve((privately.push(what), { conversationId: 'p', activityId: '1' })) }
  const reply = { say: (what: Said) => Promise.resolve(void said.push(what)), typing: () => Promise.resolve() }
  await answerQuestion({ query, actions: { setChannelRole: () => Promise.reject(new Error('not asked')) }, channelAt: () => Promise.resolve(channel), outbound, talks, links, log, now: () => now }, turn, reply)
  expect(said).toHaveLength(1)
  return JSON.stringify(said[0])
}

beforeEach(() => {
  actor = { tenantId: 't', userId: 'u', role: 'member', addresses: [] }
  asked = []
  mail = [message()]
  calendar = {}
  gone = []
  talk = null
  privately = []
  channel = null
})

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
    expect(asked).toEqual([`mail contoso ${filter}`])
    expect(card).toContain('Printer')
  })
  it('shows five of those that are found, and says that there are more', async () => {
    mail = Array.from({ length: 7 }, (_, index) => message({ subject: `Toner ${String(index)}` }))
    const card = await ask('emails about toner with contoso')
    expect(card).toContain('Toner 4')
    expect(card).not.toContain('Toner 5')
    expect(card).toContain('The newest 5. There are more')
  })
  it('days are those of the person’s zone', async () => {
    await ask('emails from contoso today', 'personal', { timezone: 'America/New_York' })
    expect(asked[0]).toContain('"from":"2026-11-20T05:00:00.000Z"')
    await ask('emails from contoso today', 'personal', { timezone: null })
    expect(asked[1]).toContain('"from":"2026-11-20T00:00:00.000Z"')
  })
  it.each([['since 1 november', true], ['this month', true], ['last 14 days', false], ['since monday', false]])('%s: says that it reaches beyond what is kept: %s', async (range, said) => {
    expect((await ask(`emails from contoso ${range}`)).includes('Outpost keeps mail for 14 days')).toBe(said)
  })
  it('asks back with the whole question', async () => {
    expect(await ask('emails about printer from contso last week')).toContain('"text":"emails about printer from Contoso last week"')
    expect(await ask('emails about printer')).toContain('"text":"emails about printer with Fabrikam Inc."')
    expect(asked).toEqual([])
  })
})

describe('meetings', () => {
  it('the next one that is not cancelled, and what goes on now', async () => {
    calendar.contoso = [
      meeting('Yesterday', '2026-11-19T10:00:00Z', '2026-11-19T11:00:00Z'), meeting('Running', '2026-11-20T13:30:00Z', '2026-11-20T14:30:00Z'), meeting('Off', '2026-11-20T15:00:00Z', '2026-11-20T16:00:00Z', { cancelled: true }),
      meeting('Review', '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z'), meeting('Later', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'),
    ]
    const card = await ask('next meeting with Contoso')
    expect(card).toMatch(/Review.*Going on now.*Running.*Cancelled before that.*Off/)
    for (const other of ['Yesterday', 'Later']) expect(card).not.toContain(other)
  })
  it('of next week, all-day ones by their date', async () => {
    calendar.contoso = [
      meeting('Friday', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'), meeting('Sunday', '2026-11-22', '2026-11-23'), meeting('Monday', '2026-11-23', '2026-11-24'),
      meeting('Late', '2026-11-29T22:30:00Z', '2026-11-29T23:30:00Z'), meeting('After', '2026-11-29T23:00:00Z', '2026-11-29T23:30:00Z'), meeting('Whole', '2026-11-28', '2026-12-02'),
    ]
    const card = await ask('meetings with Contoso next week')
    for (const part of ['Monday', 'Late', 'Whole', 'next week (Mon, 23 Nov 2026 – Sun, 29 Nov 2026)']) expect(card).toContain(part)
    for (const other of ['"Friday"', '"Sunday"', '"After"']) expect(card).not.toContain(other)
    const { from, to } = JSON.parse(asked[0]!.slice('meetings contoso '.length)) as { from: string; to: string }
    expect([from, to]).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-29T23:00:00.000Z'])
  })
  it('today over all customers, grouped, asked for at once', async () => {
    calendar = { contoso: [meeting('One', '2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z'), meeting('Not today', '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z')], northwind: [meeting('Two', '2026-11-20', '2026-11-21')] }
    const card = await ask('meetings today')
    expect(card).toContain('2 meetings with 2 of 3 customers.')
    for (const part of ['One', 'Two', 'Contoso', 'Northwind', 'today (Fri, 20 Nov 2026)']) expect(card).toContain(part)
    expect(card).not.toContain('Not today')
    expect(asked).toHaveLength(1)
  })
  it('says which days are not read', async () => expect(await ask('meetings with contoso last month')).toContain('Outpost reads meetings from'))
})

describe('the others', () => {
  it.each([
    ['licences Contoso', ['licences contoso'], '5 of 5 used'],
    ['admins at Contoso', ['posture contoso'], 'Robin Sample'],
    ['who has no mfa at Contoso', ['lacking contoso 10'], 'Not MFA capable (12): Robin Sample (privileged) and 11 more in Outpost'],
    ['posture of Contoso', ['posture contoso'], '3 of 5 (60 %)'],
    ['posture', ['security'], 'worst first'],
    ['mfa for all customers', ['security'], 'worst first'],
    ['who has no mfa anywhere', ['security'], 'worst first'],
    ['sync status', ['sync'], 'robin@msp.example'],
  ])('%s', async (text, questions, part) => {
    expect(await ask(text)).toContain(part)
    expect(asked).toEqual(questions)
  })
  it('sync status leads administrators to the integrations', async () => {
    expect(await ask('sync status')).not.toContain('subEntityId%22%3A%22admin')
    actor = { ...actor, role: 'admin' }
    expect(await ask('sync status')).toContain('subEntityId%22%3A%22admin')
  })
  it('an error of Query is told in its words', async () => {
    gone = ['contoso']
    expect(await ask('next meeting with contoso')).toBe(JSON.stringify(new AppError('notFound').message))
  })
})

describe('in a channel', () => {
  const secrets = ['Printer', 'Alex Example', 'alex@', 'Review', 'Robin', 'Kim Kettle', 'robin@', '10:00', '11:00']
  beforeEach(() => {
    for (const { id } of customers) calendar[id] = [meeting('Review', '2026-11-20T15:00:00Z', '2026-11-20T16:00:00Z')]
  })
  const scopes = ['channel', 'groupChat'] as const
  it.each(scopes.flatMap((scope) => ['emails from Contoso', 'emails about printer with contoso', 'who emailed contoso last', 'next meeting with Contoso', 'meetings today', 'meetings with contoso', 'admins at Contoso'].map((text) => [scope, text] as const)))(
    '%s: “%s” is answered privately',
    async (scope, text) => {
      const card = await ask(text, scope)
      expect(card).toContain('I wrote the answer to you privately')
      for (const secret of [...secrets, 'Contoso']) expect(card).not.toContain(secret)
      expect(privately).toHaveLength(1)
      expect(JSON.stringify(privately)).toMatch(/Printer|Review|Robin/)
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
      channel = role === undefined ? null : { id: 'ch', role, outsiders: false }
      const read = new Set<string>()
      for (const text of counts) read.add(await ask(text, scope))
      expect(read.size).toBe(1)
      for (const name of everyName) expect([...read][0]).not.toContain(name)
      expect(privately).toHaveLength(counts.length)
    },
  )
  it('in a channel of one customer, what names it or names none is answered there; everything else privately, in one and the same sentence', async () => {
    channel = { id: 'ch', role: { kind: 'customer', customerId: 'contoso' }, outsiders: true }
    for (const text of [...named('Contoso'), 'mfa', 'posture', 'licences', 'who has no mfa']) {
      const card = await ask(text, 'channel')
      expect(card).toContain('Contoso')
      for (const secret of [...secrets, 'Fabrikam', 'Northwind', 'Our tenant']) expect(card).not.toContain(secret)
    }
    expect(privately).toEqual([])
    const others = [...named('Fabrikam'), ...named('Litware'), 'mfa for all customers', 'who has no mfa anywhere', 'sync status', 'meetings today', 'last email', 'mfa contso', 'Fabrikam', 'weather']
    const read = new Set<string>()
    for (const text of others) read.add(await ask(text, 'channel'))
    expect(read.size).toBe(1)
    for (const name of everyName) expect([...read][0]).not.toContain(name)
    expect(privately).toHaveLength(others.length)
  })
  it('in the channel of our alerts a customer may be named, with counts; what is about several is answered privately', async () => {
    channel = { id: 'ch', role: { kind: 'alerts' }, outsiders: false }
    for (const text of [...named('Contoso'), ...named('Fabrikam')]) {
      const card = await ask(text, 'channel')
      for (const secret of secrets) expect(card).not.toContain(secret)
    }
    expect(privately).toEqual([])
    for (const text of [...named('Litware'), ...across]) expect(await ask(text, 'channel')).toContain('I wrote the answer to you privately')
    privately = []
    channel = { id: 'ch', role: { kind: 'alerts' }, outsiders: true }
    for (const text of counts) expect(await ask(text, 'channel')).toContain('I wrote the answer to you privately')
    expect(privately).toHaveLength(counts.length)
  })
  it('in a channel of a customer that is archived nothing is answered there', async () => {
    channel = { id: 'ch', role: { kind: 'customer', customerId: 'archived' }, outsiders: false }
    for (const text of ['mfa', 'mfa Contoso']) expect(await ask(text, 'channel')).toContain('privately')
  })
  it('a failure is told privately, too', async () => {
    gone = ['contoso']
    expect(await ask('next meeting with contoso', 'channel')).toContain('privately')
    expect(privately).toEqual([new AppError('notFound').message])
  })
  it('leans on nothing that was asked before, and leaves nothing to lean on', async () => {
    talk = { customerId: 'contoso', topic: 'mfa' }
    await ask('and licences?', 'channel')
    expect(JSON.stringify(privately)).toContain('Which customer?')
    await ask('licences fabrikam', 'channel')
    expect(talk).toEqual({ customerId: 'contoso', topic: 'mfa' })
  })
})

describe('follow-ups', () => {
  it('go on with the customer, then with another, and say so', async () => {
    await ask('mfa Contoso')
    expect(await ask('and meetings?')).toContain('Contoso, from your last question · meetings')
    expect(await ask('and licences?')).toContain('Contoso, from your last question · licences')
    expect(await ask('what about Fabrikam?')).toMatch(/Licences of Fabrikam Inc\..*as in your last question/)
    expect(await ask('and mfa?')).toContain('Fabrikam Inc., from your last question')
    expect(talk).toEqual({ customerId: 'fabrikam', topic: 'mfa' })
  })
  it('keep the customer over a question about all', async () => {
    await ask('mfa Contoso')
    await ask('posture')
    expect(talk).toEqual({ customerId: 'contoso', topic: 'posture' })
    await ask('sync status')
    await ask('help')
    await ask('mfa litware')
    expect(talk).toEqual({ customerId: 'contoso', topic: 'posture' })
  })
  it('are of the same person only', async () => {
    await ask('mfa Contoso')
    expect(await ask('and licences?', 'personal', { user: { aadObjectId: 'somebody else', tenantId: 't', mri: '29:x', name: 'X' } })).toContain('Which customer?')
  })
})
