// Meetings with a customer that the actor may see.
import type { Actor } from '../access/model.ts'
import { audienceOf } from '../access/rights.ts'
import type { Asking } from '../context.ts'
import { livingCustomers } from '../customers/living.ts'
import { customerFor } from '../customers/query.ts'
import { Customers } from '../customers/rows.ts'
import { shownDomains } from '../customers/shown.ts'
import { MailboxUnits } from '../mailboxes/rows.ts'
import { freshnessOf } from '../sync/freshness.ts'
import type { MeetingList, MeetingRow } from './model.ts'
import { Meetings, nextDays, pastDays, type MeetingDoc } from './rows.ts'
import { calendarStream } from './stream.ts'

const day = 86_400_000

export interface MeetingWindow {
  readonly from?: Date
  readonly to?: Date
}

/** Meetings with every customer: without a meeting a customer is not among the groups. */
export interface Agenda extends Omit<MeetingList, 'items'> {
  readonly groups: readonly { readonly customerId: string; readonly items: MeetingRow[] }[]
}

/** Meetings with this customer that the actor may see, of the window or of a part of it. @returns one row a meeting, by start; @throws AppError notFound */
async function meetings(on: Asking, actor: Actor, customerId: string, asked: MeetingWindow): Promise<MeetingList> {
  const { groups, ...about } = await meetingsWith(on, actor, [(await customerFor(on.db, actor, customerId))._id], asked)
  return { ...about, items: groups.flatMap(({ items }) => items) }
}

/** The same for every customer that is not archived. */
async function agenda(on: Asking, actor: Actor, asked: MeetingWindow): Promise<Agenda> {
  return meetingsWith(on, actor, (await on.kept(livingCustomers)).map(({ _id }) => _id), asked)
}

async function meetingsWith({ db, now: clock }: Asking, actor: Actor, customerIds: string[], asked: MeetingWindow): Promise<Agenda> {
  const now = clock()
  const audience = audienceOf(actor)
  const window = { from: new Date(now.getTime() - pastDays * day), to: new Date(now.getTime() + nextDays * day) }
  const from = asked.from !== undefined && asked.from > window.from ? asked.from : window.from
  const to = asked.to !== undefined && asked.to < window.to ? asked.to : window.to
  const [found, units] = await Promise.all([
    db(Meetings).between(customerIds, audience, from, to),
    db(MailboxUnits).ofStream(calendarStream.name),
  ])
  // What is no longer matched or listed is being removed, which can take a while.
  const customers = await db(Customers).of([...new Set(found.map(({ customerId }) => customerId))])
  const domainsOf = new Map(customers.map((customer) => [customer._id, shownDomains(customer)]))
  const listed = new Set(units.map(({ facts }) => facts?.userId))
  const copies = found.filter(({ customerId, domains, mailboxId }) => listed.has(mailboxId) && domains.some((domain) => domainsOf.get(customerId)?.includes(domain) === true))
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
    freshness: freshnessOf(calendarStream, units),
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

export const calendarQueries = { meetings, agenda }
