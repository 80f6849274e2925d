// A tiny house in which a test may change what Exchange answers, and short words for what such tests do.
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { MeetingList } from '../../api/calendar/model.ts'
import type { Tenant } from '../../api/connections/model.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import type { GraphAnswer } from './graphProxy.fixture.ts'
import { openHouse, type House, type RoleName } from './house.fixture.ts'

export type Json = Record<string, unknown>
/** Of the file that is running. */
export let house: House
export let customer: { id: string; name: string }
export let mailbox: string
export let mailboxId: string
export let kim: string
export const undo: (() => void)[] = []
export const change = (hook: (answer: GraphAnswer) => void | Promise<void>) => undo.push(house.graph().change(hook))

/** Opens the house before the tests of the file that calls this, and closes it after them; what a test has changed ends with it. */
export function useExchange(): void {
  beforeAll(async () => {
    house = await openHouse({ world: 'tiny', graph: 'proxied' })
    const tenants = (await house.get<{ items: Tenant[] }>('/tenants')).items
    const tenant = tenants.find(({ kind }) => kind === 'customer')!
    customer = { id: tenant.customerId!, name: tenant.name }
    const { domains } = await house.get<{ domains: string[] }>(`/customers/${customer.id}`)
    kim = `kim.kettle@${domains[0]!}`
    mailbox = house.personas.Admin.upn
    mailboxId = house.personas.Admin.userId
  })
  afterEach(async () => {
    for (const end of undo.splice(0)) end()
    await house.simulator('DELETE', '/faults')
  })
  afterAll(() => house?.close())
}

export const send = (mail: object) => house.simulator<{ id: string }>('POST', '/mail', { mailbox, from: kim, to: [mailbox], ...mail })
export const meet = (meeting: object) => {
  const at = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString()
  return house.simulator<{ ids: string[]; iCalUId: string }>('POST', '/meetings', { mailbox, organizer: kim, attendees: [mailbox], start: at(30), end: at(31), ...meeting })
}
export const rows = (role: RoleName = 'Admin') => house.mailWith(customer.name, role)
export const agenda = async () => (await house.get<MeetingList>(`/customers/${customer.id}/meetings`)).items
export const rowOf = async (subject: string): Promise<MessageRow | undefined> => (await rows()).find((row) => row.subject === subject)
export const rowAt = async (at: string): Promise<MessageRow | undefined> => (await rows()).find((row) => row.at === at)
export const own = async () => (await house.get<{ items: Tenant[] }>('/tenants')).items.find(({ kind }) => kind === 'msp')!
export const mailStream = async () => (await own()).streams.find((one) => one.stream === 'mail' && one.mailbox === mailbox)!
export const stored = (filter: object) => house.db.collection('messages').find(filter).toArray()

/** A moment of its own for a mail that is to be known by nothing else. */
let minutes = 600
export const moment = () => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes++ * 60_000).toISOString()

export const isDelta = ({ path }: GraphAnswer) => /messages\/delta/i.test(path)
export const isList = ({ path }: GraphAnswer) => path.includes('/calendarView')
export const isOne = (path: string) => /\/(messages|events)\/[^/]+\?/.test(path) && !/delta/i.test(path)
/** Changes items of mail or meetings, in lists and by themselves. */
export const changeItems = (where: (answer: GraphAnswer) => boolean, edit: (item: Json) => void) =>
  change((answer) => {
    if (!where(answer) || answer.status >= 300) return
    for (const item of Array.isArray(answer.body.value) ? (answer.body.value as Json[]) : [answer.body]) edit(item)
  })
