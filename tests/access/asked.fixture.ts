// What a random person asks of the REST API: every endpoint by what it describes, with ids of everything that there is.
import { z } from 'zod'
import type { Endpoint } from '../../api/http/endpoint.ts'
import { endpoints } from '../../api/subjects.ts'
import type { MaySee, Person } from './maySee.fixture.ts'
import type { Draw } from './seeded.fixture.ts'

/** What a person asks with: the token of a role, or one that is none. */
export interface Asking {
  readonly as: Person
  /** Of the token: a role, `none` and `guest` without one, or what is wrong with it. */
  readonly token: string
}
export interface Asked extends Asking {
  readonly method: string
  readonly path: string
  readonly body?: string
  /** The id in the path; null: it has none. */
  readonly id: string | null
  readonly endpoint: Endpoint | null
}

export const faults = ['signature', 'audience', 'tenant', 'issuer', 'expired', 'scope', 'missing', 'garbage'] as const

export function askingOf(draw: Draw): Asking {
  const share = draw.below(100)
  if (share < 10) return { as: 'Admin', token: 'Admin' }
  if (share < 45) return { as: 'Member', token: 'Member' }
  if (share < 80) return { as: 'Viewer', token: 'Viewer' }
  if (share < 92) return { as: 'nobody', token: draw.pick(['none', 'guest']) }
  return { as: 'nobody', token: draw.pick(faults) }
}

/** Ids of what there is, beside rows and customers: they are the same in every run. */
export interface Ids {
  readonly tenants: readonly string[]
  readonly users: readonly string[]
  readonly channels: readonly string[]
}

const hex = '0123456789abcdef'
const guid = (draw: Draw) => [8, 4, 4, 4, 12].map((length) => draw.text(length, hex)).join('-')
const random = (draw: Draw) => draw.pick([() => draw.text(32), () => draw.text(24, hex), () => guid(draw), () => draw.text(1 + draw.below(12)), () => '000000000000000000000000'])()
const mutations: ((id: string, draw: Draw) => string)[] = [
  (id, draw) => id.slice(0, -1) + draw.text(1), (id) => id.slice(0, -1), (id, draw) => id + draw.text(1), (id) => id.toUpperCase(), (id) => id.toLowerCase(), (id) => `${id}%00`, (id) => `${id}%20`,
  (id) => `${id}/`, (id) => `${id}%2F..`, (id) => `.%2F${id}`, (id) => `${id}.json`, (id) => `%7B%22$ne%22:%22${id}%22%7D`, (id) => encodeURIComponent(`${id}\n`), (id) => [...id].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
]
const plainId = (id: string) => {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function idFor(kind: string, as: Person, draw: Draw, may: MaySee, ids: Ids): string {
  const rows = (only: (row: MaySee['rows'][number]) => boolean) => may.rows.filter(only).map(({ id }) => id)
  const own: Record<string, () => readonly string[]> = {
    customers: () => may.customers.map(({ _id }) => _id), tenants: () => ids.tenants, channels: () => ids.channels,
    messages: () => rows((row) => row.kind === 'messages' && (draw.chance(0.6) ? !row.seenBy.has(as) : true)), meetings: () => rows((row) => row.kind === 'meetings' && (draw.chance(0.6) ? !row.seenBy.has(as) : true)),
  }
  const of = (list: readonly string[]) => (list.length === 0 ? random(draw) : draw.pick(list))
  const share = draw.below(100)
  if (share < 65) return of(own[kind]?.() ?? [])
  if (share < 75) return of(own[draw.pick(Object.keys(own))]!())
  if (share < 80) return of(ids.users)
  if (share < 90) return random(draw)
  return draw.pick(mutations)(of(own[kind]?.() ?? []), draw)
}

/** A position in a list that somebody else may have been given. */
const cursor = (draw: Draw, may: MaySee) => Buffer.from(`${Date.now() - draw.below(20 * 24) * 3_600_000} ${may.rows.length > 0 && draw.chance(0.7) ? draw.pick(may.rows).id : draw.text(32)}`).toString('base64url')
const day = (draw: Draw) => new Date(Date.now() - (draw.below(60) - 20) * 86_400_000).toISOString().slice(0, 10)

interface Described {
  readonly properties?: Record<string, { enum?: string[]; type?: string; minimum?: number; maximum?: number; format?: string }>
}

function queryOf(endpoint: Endpoint, draw: Draw, may: MaySee, ids: Ids): string {
  if (endpoint.query === null) return draw.chance(0.05) ? '?archived=true&limit=100' : ''
  const { properties = {} } = z.toJSONSchema(endpoint.query, { io: 'input', unrepresentable: 'any' }) as Described
  const texts = [
    () => cursor(draw, may), () => (may.customers.length > 0 ? draw.pick(may.customers)._id : ''), () => (may.rows.length > 0 ? draw.pick(may.rows).id : ''), () => draw.pick(may.customers).name.slice(0, 2 + draw.below(8)),
    () => draw.pick(['tailspin', 'evil.example', 'zq', '@', '.*', '', 'Europe/Berlin', 'UTC']), () => day(draw), () => draw.pick(ids.users), () => draw.text(draw.below(40)),
  ]
  const given = Object.entries(properties).flatMap(([name, { enum: values, type, minimum = 0, maximum = 100 }]) => {
    if (draw.chance(0.5)) return []
    const value = values !== undefined && draw.chance(0.9) ? draw.pick(values) : type === 'integer' ? String(minimum - 1 + draw.below(Math.min(maximum, 200) - minimum + 3)) : name === 'after' && draw.chance(0.6) ? cursor(draw, may) : draw.pick(texts)()
    return [`${name}=${encodeURIComponent(value)}`]
  })
  return given.length === 0 ? '' : `?${given.join('&')}`
}

const bodies = (draw: Draw): unknown => draw.pick<unknown>([{}, { archived: false, revision: draw.below(5) }, { name: draw.text(8), domains: ['evil.example'] }, { mailboxes: [] }, { role: null }, { role: { kind: 'alerts' } }, { aliases: ['x'] }])
/** What nobody can mean: an administrator's request must not change the world that everybody is held against. */
const refused = (draw: Draw): unknown => draw.pick<unknown>([[], 'text', { name: 7, tenantId: 7, role: 7, aliases: 7, mailboxes: 7 }])

export function askedBy(draw: Draw, may: MaySee, ids: Ids): Asked {
  const asking = askingOf(draw)
  if (draw.chance(0.02)) return { ...asking, method: draw.pick(['GET', 'HEAD']), path: draw.pick(['/openapi.json', '/nothing', '/customers/', '//customers', '/../healthz']), id: null, endpoint: null }
  const endpoint = draw.pick(endpoints)
  const changes = endpoint.method !== 'get'
  const isSync = endpoint.path.endsWith('/sync')
  const id = !endpoint.path.includes(':id') ? null : (changes && asking.as === 'Admin') || (isSync && !draw.chance(0.01)) ? random(draw) : idFor(endpoint.path.split('/')[1]!, asking.as, draw, may, ids)
  const method = changes ? (endpoint.method === 'del' ? 'DELETE' : endpoint.method.toUpperCase()) : draw.chance(0.03) ? 'HEAD' : 'GET'
  const path = endpoint.path.replace(':id', () => id ?? '') + queryOf(endpoint, draw, may, ids)
  const body = endpoint.body === null ? undefined : JSON.stringify(asking.as === 'Admin' ? refused(draw) : bodies(draw))
  return { ...asking, method, path, id: id === null ? null : plainId(id), endpoint, ...(body === undefined ? {} : { body }) }
}

const questions = [
  'last email from *', 'last email with *', 'emails about *', 'emails from *', 'emails with * last week', 'who emailed us from *', 'who emailed us today', 'next meeting with *', 'meetings with *', 'meetings today', 'meetings this week', 'mfa *',
  'no mfa', 'posture *', 'licences *', 'roles *', 'security', 'sync status', 'help', '*', 'last email', 'and meetings?', 'yes, this channel is for *', 'more',
]
/** What somebody asks the bot, of customers, of people, and by words that stand in mail. */
export function question(draw: Draw, may: MaySee, words: readonly string[]): { as: 'Admin' | 'Member' | 'Viewer' | 'nobody'; text: string; where: 'personal' | 'channel' } {
  const what = draw.chance(0.6) ? draw.pick(may.customers).name : draw.pick([draw.pick(words), 'kim kettle', 'Robin Rivet', 'Mika Marble', 'evil.example', draw.text(8)])
  return { as: draw.pick(['Member', 'Member', 'Viewer', 'Viewer', 'Admin', 'nobody']), text: draw.pick(questions).replace('*', what), where: draw.chance(0.3) ? 'channel' : 'personal' }
}
