// Microsoft's registration report, page by page; where its pages fail, account by account.
import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types'
import { accountKey, Accounts } from '../accounts/rows.ts'
import { AppError } from '../errors.ts'
import type { Page } from '../graph/page.ts'
import { failsBySize } from '../graph/pageSize.ts'
import { idIn, yesOrNoIn } from '../graph/said.ts'
import { Bookmarks } from '../sync/bookmarks.ts'
import { inLane, sendNow } from '../sync/lane.ts'
import type { Round } from '../sync/round.ts'
import { walk } from '../sync/walk.ts'
import { noteEach, portion } from './each.ts'
import { readRegistrations, readRegistrationsOf, registrationPageSize } from './graph.ts'
import { Registrations, type RegistrationDoc } from './rows.ts'

type Registered = UserRegistrationDetails & { unreadable?: true }
const container = 'mfa'
/** A link of ours, no address of Graph: from here on accounts are asked for one by one, behind the one that it names. */
const oneByOne = 'one-by-one:'

/** @returns rows seen; @throws AppError `licenceMissing` in a tenant that has no report */
export async function syncReport(round: Round): Promise<number> {
  const { db, tenant } = round
  const read = reportReader(round)
  const { items } = await walk<Registered>(round, {
    container,
    version: container,
    read,
    write: (rows, number) => db(Registrations).write(rows.flatMap((row) => registrationOf(round, row, number))),
    tally: (number) => db(Registrations).tally(tenant._id, number),
    sweep: (number) => db(Registrations).sweep(tenant._id, number),
  })
  return items
}

/**
 * Reads the report page by page. A page that fails by its size is not asked for again: a link keeps the size that it was made with, so
 * the list begins anew in smaller pages, which changes nothing of what was written. Where even that costs more requests than there are
 * accounts left, these are asked for one by one.
 */
function reportReader(round: Round): (link: string | null) => Promise<Page<Registered>> {
  const { graph, db, tenant, unit } = round
  const lane = round.lane!
  let size = registrationPageSize
  let unseen: string[] | undefined
  const singly = async (after: string) => {
    unseen ??= await unseenIds(round)
    return readOneByOne(round, unseen, after, unseen.length < (await db(Accounts).countOf(tenant._id)))
  }

  async function page(link: string | null): Promise<Page<Registered>> {
    const read = () => readRegistrations(graph, link === null ? { size } : { link })
    // The first page of a round does not wait: one request is never too many, and Microsoft would say how long to wait.
    return link === null && size === registrationPageSize ? sendNow(lane, read) : inLane(lane, 1, round, read)
  }

  return async (link) => {
    if (link?.startsWith(oneByOne) === true) return singly(link.slice(oneByOne.length))
    for (let at = link; ; at = null) {
      try {
        return await page(at)
      } catch (error) {
        if (!failsBySize(error)) throw error
        const [left, all] = [(await unseenIds(round)).length, await db(Accounts).countOf(tenant._id)]
        // A page that can hold every account is the same page, whatever its size.
        const smaller = Math.floor((all > 0 ? Math.min(size, all) : size) / 2)
        // Where every size fails Microsoft may be away for a moment, and where no account is known there is nobody to ask for.
        if (smaller === 0 && (unit.attempts === 0 || all === 0)) throw error
        if (smaller === 0 || (all > 0 && all / smaller >= left)) return singly('')
        size = smaller
      }
    }
  }
}

/** Accounts that no page of this reading has shown, in the order of their ids. */
async function unseenIds({ db, tenant, unit }: Round): Promise<string[]> {
  const bookmark = await db(Bookmarks).get(unit._id, container)
  const before = bookmark === null ? -1 : bookmark.kind === 'next' ? bookmark.reading - 1 : bookmark.reading
  const seen = new Set((await db(Registrations).ofTenant(tenant._id)).flatMap(({ accountId, reading }) => (reading > before ? [accountId] : [])))
  return (await db(Accounts).ofTenant(tenant._id)).map(({ accountId }) => accountId).filter((id) => !seen.has(id)).sort()
}

/**
 * The rows of the next accounts. What cannot be read even so is named, and does not stop the rest.
 * @param others whether pages of this reading have shown other accounts: then Microsoft is not away
 */
async function readOneByOne(round: Round, unseen: readonly string[], after: string, others: boolean): Promise<Page<Registered>> {
  const left = unseen.filter((id) => id > after)
  if (left.length === 0) return { items: [], bytes: 0, link: null }
  const [ids, rows] = await inLane(round.lane!, Math.min(portion, left.length), round, async (count) => {
    const asked = left.slice(0, count)
    return [asked, await readRegistrationsOf(round.graph, asked)]
  })
  await noteEach(round, rows, others)
  const items = [...rows].map(([id, row]): Registered => (row instanceof AppError ? { id, unreadable: true } : row))
  return { items, bytes: 0, link: left.length === ids.length ? null : { kind: 'next', url: `${oneByOne}${ids.at(-1)!}` } }
}

function registrationOf({ tenant, now }: Round, row: Registered, reading: number): RegistrationDoc[] {
  const accountId = idIn(row.id)
  if (accountId === null) return []
  const methods = Array.isArray(row.methodsRegistered) ? row.methodsRegistered.filter((method) => typeof method === 'string') : []
  return [{
    _id: accountKey(tenant._id, accountId), tenantId: tenant._id, accountId, capable: yesOrNoIn(row.isMfaCapable), registered: yesOrNoIn(row.isMfaRegistered),
    methods, readAt: now(), source: row.unreadable === true ? 'unreadable' : 'report', reading,
  }]
}
