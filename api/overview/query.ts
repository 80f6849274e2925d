// Customers at a glance: the list, by name, with the last mail that the asking person may see and how well each is protected.
import type { Actor } from '../access/model.ts'
import { audienceOf, requireRight } from '../access/rights.ts'
import { asWritten } from '../asWritten.ts'
import type { Asking } from '../context.ts'
import { archivedCustomers, livingCustomers } from '../customers/living.ts'
import { toCustomer } from '../customers/query.ts'
import { Customers, type CustomerDoc } from '../customers/rows.ts'
import { shownDomains } from '../customers/shown.ts'
import { AppError } from '../errors.ts'
import { Messages, windowStart } from '../mail/rows.ts'
import { mailStream } from '../mail/stream.ts'
import { MailboxUnits } from '../mailboxes/rows.ts'
import { numbersOf, type Numbers } from '../posture/numbers.ts'
import { freshnessOf } from '../sync/freshness.ts'
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
  const wanted = visible(search ?? '').trim().toLowerCase()
  const behind = after === undefined || after === '' ? null : await positionOf(on, after)
  // One more than is shown says whether there is a next page.
  const found = wanted === '' ? await db(Customers).page(archived === true, behind, pageSize + 1) : await matching(on, { wanted, archived: archived === true, behind })
  const page = found.slice(0, pageSize)
  const ids = page.map(({ _id }) => _id)
  const tenants = await db(Tenants).around(ids)
  const [numbers, mail] = await Promise.all([numbersOf(db, ids), mailNow(on)])
  const items = await Promise.all(page.map((doc) => toRow(on, actor, { doc, tenants, numbers: numbers(doc._id), mailboxIds: mail.mailboxIds })))
  return { items, next: found.length > pageSize ? page.at(-1)!._id : null, mail: mail.state }
}

interface Search {
  /** In lower case. */
  readonly wanted: string
  readonly archived: boolean
  readonly behind: CustomerDoc | null
}

/** Looked for among what is kept: parts of words no index finds, and domains are looked for as people write them. Those that are found are read. */
async function matching({ db, kept }: Asking, { wanted, archived, behind }: Search): Promise<CustomerDoc[]> {
  const fits = (doc: CustomerDoc) => [doc.name, ...doc.aliases, ...doc.domains.map(asWritten)].some((word) => word.toLowerCase().includes(wanted))
  const found = (await kept(archived ? archivedCustomers : livingCustomers)).filter((doc) => fits(doc) && (behind === null || liesBehind(doc, behind))).slice(0, pageSize + 1)
  const read = new Map((await db(Customers).of(found.map(({ _id }) => _id))).map((doc) => [doc._id, doc]))
  return found.map(({ _id }) => read.get(_id)!).filter(({ archivedAt }) => (archivedAt !== null) === archived)
}

/** Compared as the database sorts, not by the rules of a language. */
const liesBehind = (doc: CustomerDoc, behind: CustomerDoc): boolean => doc.sortName > behind.sortName || (doc.sortName === behind.sortName && doc._id > behind._id)

/** The customer behind which the list goes on. @throws AppError `invalidInput` for an id that is none */
async function positionOf({ db }: Asking, customerId: string): Promise<CustomerDoc> {
  const doc = await db(Customers).get(customerId)
  if (doc === null) throw new AppError('invalidInput', { problems: [{ field: 'after', message: 'This is not a position that Outpost gave out.' }] })
  return doc
}

/** That there is no mail says something only when every mailbox has been read. */
async function mailNow({ db }: Asking): Promise<{ state: CustomerList['mail']; mailboxIds: string[] }> {
  const units = await db(MailboxUnits).ofStream(mailStream.name)
  const { of, asOf } = freshnessOf(mailStream, units)
  return { state: of === 0 ? 'none' : asOf === null ? 'unread' : 'read', mailboxIds: units.flatMap(({ facts }) => facts?.userId ?? []) }
}

interface Row {
  readonly doc: CustomerDoc
  readonly tenants: TenantDoc[]
  readonly numbers: Numbers
  /** Of the mailboxes that are listed. */
  readonly mailboxIds: readonly string[]
}

async function toRow({ db, now }: Asking, actor: Actor, { doc, tenants, numbers: { mfa, openFindings, unknown }, mailboxIds }: Row): Promise<CustomerRow> {
  const newest = await db(Messages).newestAt({ customerId: doc._id, domains: shownDomains(doc), mailboxIds }, audienceOf(actor), windowStart(now()))
  return {
    ...toCustomer(doc, tenants),
    lastMessageAt: newest?.toISOString() ?? null,
    mfa,
    openFindings,
    unknownReason: unknown.mfa,
  }
}

export const overviewQueries = { customers }
