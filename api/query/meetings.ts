// Meetings with a customer that the actor may see.
import type { Actor } from '../model/actor.ts'
import type { MeetingRow, Meetings } from '../model/meeting.ts'
import { nextDays, pastDays, type MeetingDoc } from '../store/meetings.ts'
import type { Store } from '../store/store.ts'
import { audienceOf } from './actor.ts'
import { freshnessOf } from './freshness.ts'

const day = 86_400_000

/** One row a meeting, by start. Of several copies the one in the actor's own mailbox stands for it, else the first. */
export async function meetings(store: Store, actor: Actor, customerId: string, options: { from?: Date; to?: Date }, now: Date): Promise<Meetings> {
  const audience = audienceOf(actor)
  const window = { from: new Date(now.getTime() - pastDays * day), to: new Date(now.getTime() + nextDays * day) }
  const from = options.from !== undefined && options.from > window.from ? options.from : window.from
  const to = options.to !== undefined && options.to < window.to ? options.to : window.to
  const [copies, own] = await Promise.all([store.meetings.between(customerId, audience, from, to), store.tenants.own()])
  const units = await store.units.ofStream(own.map(({ _id }) => _id), 'calendar')
  const shown = new Map<string, MeetingDoc>()
  for (const copy of copies) {
    const known = shown.get(copy.meetingKey)
    if (known === undefined || copy.mailboxId === actor.userId) shown.set(copy.meetingKey, copy)
  }
  return {
    items: [...shown.values()].map(toRow),
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    scope: audience === 'all' ? 'all' : 'own',
    freshness: freshnessOf('calendar', units),
  }
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
