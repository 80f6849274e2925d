// Meetings with a customer that the actor may see.
import type { Actor } from '../access/model.ts'
import type { MeetingRow, Meetings } from './model.ts'
import { nextDays, pastDays, type MeetingDoc } from './rows.ts'
import type { Store } from '../database/database.ts'
import { audienceOf } from '../access/actor.ts'
import { freshnessOf, ownUnits } from '../sync/freshness.ts'

const day = 86_400_000

export interface MeetingWindow {
  readonly from?: Date
  readonly to?: Date
}

/** Meetings with every customer: without a meeting a customer is not among the groups. */
export interface Agenda extends Omit<Meetings, 'items'> {
  readonly groups: readonly { readonly customerId: string; readonly items: MeetingRow[] }[]
}

/** @returns one row a meeting, by start */
export async function meetings(store: Store, actor: Actor, customerId: string, part: MeetingWindow, now: Date): Promise<Meetings> {
  const { groups, ...about } = await agenda(store, actor, [customerId], part, now)
  return { ...about, items: groups.flatMap(({ items }) => items) }
}

/** The same for many customers at once. */
export async function agenda(store: Store, actor: Actor, customerIds: string[], part: MeetingWindow, now: Date): Promise<Agenda> {
  const audience = audienceOf(actor)
  const window = { from: new Date(now.getTime() - pastDays * day), to: new Date(now.getTime() + nextDays * day) }
  const from = part.from !== undefined && part.from > window.from ? part.from : window.from
  const to = part.to !== undefined && part.to < window.to ? part.to : window.to
  const [copies, units] = await Promise.all([store.meetings.between(customerIds, audience, from, to), ownUnits(store, 'calendar')])
  copies.sort((a, b) => a.start.getTime() - b.start.getTime() || (a._id < b._id ? -1 : 1))
  const copiesOf = new Map<string, MeetingDoc[]>()
  for (const copy of copies) {
    const known = copiesOf.get(copy.customerId)
    if (known === undefined) copiesOf.set(copy.customerId, [copy])
    else known.push(copy)
  }
  return {
    groups: [...copiesOf].map(([customerId, ofOne]) => ({ customerId, items: once(ofOne, actor).map(toRow) })),
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    scope: audience === 'all' ? 'all' : 'own',
    freshness: freshnessOf('calendar', units),
  }
}

/** Of several copies of a meeting the one in the actor's own mailbox stands for it, else the first. */
function once(copies: readonly MeetingDoc[], actor: Actor): MeetingDoc[] {
  const shown = new Map<string, MeetingDoc>()
  for (const copy of copies) {
    if (!shown.has(copy.meetingKey) || copy.mailboxId === actor.userId) shown.set(copy.meetingKey, copy)
  }
  return [...shown.values()]
}

function toRow(doc: MeetingDoc): MeetingRow {
  const time = (date: Date) => (doc.allDay ? date.toISOString().slice(0, 10) : date.toISOString())
  return {
    id: doc._id,
    start: time(doc.start),
    end: time(doc.end),
    allDay: doc.allDay,
    cancelled: doc.cancelled,
    private: doc.private,
    subject: doc.subject,
    organizer: doc.organizer,
    attendees: doc.attendees,
    others: doc.others,
    series: doc.series,
    online: doc.online,
  }
}
