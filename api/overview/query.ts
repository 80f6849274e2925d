// Customers at a glance: the list, by name, with the last mail that the asking person may see and how well each is protected.
import type { Actor } from '../access/model.ts'
import { audienceOf, requireRight } from '../access/rights.ts'
import { asWritten } from '../asWritten.ts'
import type { Asking } from '../context.ts'
import { toCustomer } from '../customers/query.ts'
import { Customers, type CustomerDoc } from '../customers/rows.ts'
import { AppError } from '../errors.ts'
import { Messages, windowStart } from '../mail/rows.ts'
import { mailStream } from '../mail/stream.ts'
import { numbersOf, type Numbers } from '../posture/numbers.ts'
import { freshnessIn } from '../sync/freshness.ts'
import { Tenants, type TenantDoc } from '../tenants/rows.ts'
import { visible } from '../visible.ts'
import type { CustomerList, CustomerRow } from './model.ts'

const pageSize = 25

export interface CustomerPage {
  /** Part of a name, alias or domain. */
  readonly search?: string
  readonly after?: string
  readonly archived?: boolean
}

/** Customers by name, 25 a page. @throws AppError forbidden for the archive, which is for those who can restore; `invalidInput` */
async function customers(on: Asking, actor: Actor, { search, after, archived }: CustomerPage): Promise<CustomerList> {
  if (archived === true) requireRight(actor, 'manageCustomers')
  const { db } = on
  const [docs, tenants] = await Promise.all([archived === true ? db(Customers).archived() : db(Customers).living(), db(Tenants).all()])
  const wanted = visible(search ?? '').trim().toLowerCase()
  const matching = docs.filter((doc) => wanted === '' || [doc.name, ...doc.aliases, ...doc.domains.map(asWritten)].some((word) => word.toLowerCase().includes(wanted)))
  const start = after === undefined || after === '' ? 0 : await behind(on, matching, after)
  const page = matching.slice(start, start + pageSize)
  const ids = page.map(({ _id }) => _id)
  const [numbers, mail] = await Promise.all([numbersOf(db, ids), mailState(on)])
  const items = await Promise.all(page.map((doc) => toRow(on, actor, doc, tenants, numbers(doc._id))))
  return { items, next: start + pageSize < matching.length ? (page.at(-1)?._id ?? null) : null, mail }
}

/** Where the list goes on behind a customer, wherever that one stands by now. @throws AppError `invalidInput` for an id that is none */
async function behind({ db }: Asking, docs: readonly CustomerDoc[], customerId: string): Promise<number> {
  const doc = await db(Customers).get(customerId)
  if (doc === null) throw new AppError('invalidInput', { problems: [{ field: 'after', message: 'This is not a position that Outpost gave out.' }] })
  // Compared as the database sorts, not by the rules of a language.
  const start = docs.findIndex(({ sortName, _id }) => sortName > doc.sortName || (sortName === doc.sortName && _id > doc._id))
  return start === -1 ? docs.length : start
}

/** That there is no mail says something only when every mailbox has been read. */
async function mailState({ db }: Asking): Promise<CustomerList['mail']> {
  const { of, asOf } = await freshnessIn(db, mailStream, await db(Tenants).ownIds())
  return of === 0 ? 'none' : asOf === null ? 'unread' : 'read'
}

async function toRow({ db, now }: Asking, actor: Actor, doc: CustomerDoc, tenants: TenantDoc[], { mfa, openFindings, unknown }: Numbers): Promise<CustomerRow> {
  const newest = await db(Messages).newestAt(doc._id, audienceOf(actor), windowStart(now()))
  return {
    ...toCustomer(doc, tenants),
    lastMessageAt: newest?.toISOString() ?? null,
    mfa,
    openFindings,
    unknownReason: unknown.mfa,
  }
}

export const overviewQueries = { customers }
