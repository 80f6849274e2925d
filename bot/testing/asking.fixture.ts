// For tests: what the bot answers in a chat, over questions of Query that answer what they are told to.
import { beforeEach, expect } from 'vitest'
import type { Actor } from '../../api/access/model.ts'
import type { MeetingRow } from '../../api/calendar/model.ts'
import { AppError } from '../../api/errors.ts'
import type { Log } from '../../api/log.ts'
import type { MessageRow, PersonNamed } from '../../api/mail/model.ts'
import type { Query } from '../../api/subjects.ts'
import type { Question, Said } from '../adapter/port.ts'
import { openLinks } from '../parts/links.ts'
import type { ChannelHere } from '../subject.ts'
import { grammar } from '../subjects.ts'
import { answerQuestion } from '../talk/answer.ts'
import type { Talk } from '../understand/talk.ts'
import { wordsOf } from './cards.fixture.ts'

const log: Log = { info() {}, warn() {}, error() {} }
const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
const now = new Date('2026-11-20T14:00:00Z')

export const customers = ['Contoso', 'Fabrikam Inc.', 'Northwind'].map((name) => ({ id: name.split(' ')[0]!.toLowerCase(), name, aliases: [], domains: [`${name.split(' ')[0]!.toLowerCase()}.com`], archived: false, tenants: [] }))
export const message = (more: Partial<MessageRow> = {}): MessageRow => ({
  id: 'm', at: '2026-11-20T10:00:00Z', direction: 'in', private: false, subject: 'Printer', preview: 'Preview', hasAttachments: false,
  from: { name: 'Alex Example', address: 'alex@contoso.com', side: 'customer' }, sender: null, to: [], cc: [], bcc: [], others: 0, ...more,
})
export const meeting = (subject: string, start: string, end: string, more: Partial<MeetingRow> = {}): MeetingRow => ({
  id: subject, start, end, subject, allDay: !start.includes('T'), cancelled: false, private: false, organizer: null, attendees: [], others: 0, series: false, online: false, ...more,
})
const freshness = (stream: 'mail' | 'calendar' | 'mfa' | 'licences', more = {}) => ({ stream, words: wordsOf(stream), of: 2, current: 2, asOf: '2026-11-20T13:00:00Z', lastError: null, ...more })
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

/** What is there to be found, and what was asked for and said. */
interface Asking {
  actor: Actor
  /** Questions to Query, in their order. */
  asked: string[]
  mail: MessageRow[]
  people: PersonNamed[]
  /** By customer. */
  calendar: Record<string, MeetingRow[]>
  /** Customers that Query no longer finds. */
  gone: string[]
  talk: Talk | null
  /** What was written into the asking person's own chat. */
  privately: Said[]
  channel: ChannelHere | null
}
const begin = (): Asking => ({
  actor: { tenantId: 't', userId: 'u', role: 'member', addresses: [] }, asked: [], mail: [message()], people: [], calendar: {}, gone: [], talk: null, privately: [], channel: null,
})

/** Begins anew before each test. */
export function useAsking() {
  const state = begin()
  beforeEach(() => void Object.assign(state, begin()))

  const query = {
    actorOfActivity: () => Promise.resolve(state.actor),
    customerNames: () => Promise.resolve(customers),
    messages: (_: Actor, id: string, filter: { limit?: number; direction?: 'in' | 'out' }) => {
      state.asked.push(`mail ${id} ${sorted(filter)}`)
      const items = state.mail.slice(0, filter.limit).map((row) => ({ ...row, direction: filter.direction ?? row.direction }))
      return Promise.resolve({ items, next: state.mail.length > (filter.limit ?? 25) ? 'more' : null, windowDays: 14, scope: 'own', freshness: freshness('mail') })
    },
    meetings: (_: Actor, id: string, options: object) => {
      state.asked.push(`meetings ${id} ${sorted(options)}`)
      if (state.gone.includes(id)) return Promise.reject(new AppError('notFound'))
      return Promise.resolve({ items: state.calendar[id] ?? [], ...window })
    },
    agenda: (_: Actor, options: object) => {
      state.asked.push(`agenda ${sorted(options)}`)
      return Promise.resolve({ groups: Object.entries(state.calendar).map(([customerId, items]) => ({ customerId, items })), ...window })
    },
    peopleNamed: (_: Actor, words: readonly string[]) => {
      state.asked.push(`people ${words.join(' ')}`)
      return Promise.resolve(state.people)
    },
    posture: (_: Actor, customerId: string) => {
      state.asked.push(`posture ${customerId}`)
      return Promise.resolve(posture)
    },
    lackingMfa: (_: Actor, customerId: string, limit: number) => {
      state.asked.push(`lacking ${customerId} ${limit}`)
      return Promise.resolve({ posture, lacking: { items: [{ ...person('Robin Sample', 'no'), privileged: true }], of: 12, next: 'x' } })
    },
    licences: (_: Actor, customerId: string) => {
      state.asked.push(`licences ${customerId}`)
      const items = [{ tenantId: 't', skuId: 's', partNumber: 'X', name: 'Microsoft 365 E3', bought: 5, used: 5, free: 0, warning: 1, suspended: 0, state: 'warning' }]
      return Promise.resolve({ customerId, items, freshness: [freshness('licences')] })
    },
    security: () => {
      state.asked.push('security')
      return Promise.resolve({ signals: [], items: [{ customerId: 'contoso', name: 'Contoso', mfa: coverage, privilegedMfa: coverage, openFindings: 1, asOf: null, unknownReason: null }] })
    },
    syncStatus: (_: Actor, customerId?: string) => {
      state.asked.push(customerId === undefined ? 'sync' : `sync ${customerId}`)
      const lastError = { code: 'x', message: 'The mailbox robin@msp.example is gone.', at: '2026-11-20T13:00:00Z' }
      return Promise.resolve({ tenants: [{ name: customerId === undefined ? 'Our tenant' : 'Their tenant', streams: [freshness('mail', { current: 1, lastError })] }] })
    },
  } as unknown as Query
  const talks = {
    last: (_: string, user: string) => Promise.resolve(user === 'u' ? state.talk : null),
    remember: (_: string, __: string, next: Talk) => Promise.resolve(void (state.talk = { ...next, customerId: next.customerId ?? state.talk?.customerId ?? null })),
  }

  async function ask(text: string, scope: Question['place']['scope'] = 'personal', more: Partial<Question> = {}): Promise<string> {
    const turn: Question = {
      kind: 'message', id: '1', text, ownMentions: [], locale: 'en-GB', timezone: 'Europe/Berlin', user: { aadObjectId: 'u', tenantId: 't', mri: '29:u', name: 'Alex' },
      place: { scope, conversationId: 'c', tenantId: 't', serviceUrl: 'https://connector.example' }, ...more,
    }
    const said: Said[] = []
    const outbound = { writePrivately: (_: unknown, __: string, what: Said) => Promise.resolve((state.privately.push(what), { conversationId: 'p', activityId: '1' })) }
    const reply = { say: (what: Said) => Promise.resolve(void said.push(what)), typing: () => Promise.resolve() }
    await answerQuestion({ query, grammar, actions: { setChannelRole: () => Promise.reject(new Error('not asked')) }, inTurn: (_, work) => work(), channelAt: () => Promise.resolve(state.channel), outbound, talks, links, log, now: () => now }, turn, reply)
    expect(said).toHaveLength(1)
    return JSON.stringify(said[0])
  }

  return { state, ask }
}
