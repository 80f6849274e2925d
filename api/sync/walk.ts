// Reads a delta or a list page by page: items first, bookmark last, so that a crash anywhere repeats at most one page and changes
// nothing. A reading from the start has a number; what a finished one has not seen is gone.
import type { Tally } from '../database/readings.ts'
import { AppError } from '../errors.ts'
import { openBounds, type Limits, type Page } from '../graph/page.ts'
import { Bookmarks, type BookmarkDoc } from './bookmarks.ts'
import { doubtAbout, isShort } from './doubt.ts'
import type { Round } from './round.ts'

export interface Walk<T> {
  readonly container: string
  /** How a reading is begun now; a bookmark of another version is not followed. */
  readonly version: string
  /** Reads a page: from the start, or from a link. */
  read(link: string | null): Promise<Page<T>>
  /** Writes a page's items with the number of the reading. Must be idempotent. */
  write(items: T[], reading: number): Promise<void>
  /** Of the rows of this container: how many a full reading has seen, and how many it has not. */
  tally(reading: number): Promise<Tally>
  /** Removes what a full reading has not seen. */
  sweep(reading: number): Promise<void>
}

/** What one reading may take. Far above any tenant that is known; a reading that passes it leads on for ever. */
const walkLimits: Limits = { pages: 20_000, bytes: 8 * 2 ** 30, milliseconds: 2 * 3_600_000 }

/** Delta is known not to tell of everything (a restored user, a move that nobody reports), so each container is read whole once a day. */
const reconcileMilliseconds = 24 * 3_600_000

/**
 * Reads on from the bookmark to the end.
 * @returns how many items this reading has seen since it began, and whether it began from the start
 * @throws AppError; what was read so far stays read. `listDoubted`: nothing is removed for now. `listEndless`: begins again next time
 */
export async function walk<T>(round: Round, what: Walk<T>, limits = walkLimits): Promise<{ items: number; full: boolean }> {
  let bookmark = await currentBookmark(round, what)
  // A crash can fall between the last page and the sweep.
  if (bookmark?.kind === 'delta' && bookmark.full) bookmark = await settle(round, what, bookmark)
  let at = bookmark !== null && bookmark.kind !== 'end' && !dueForReconciliation(round, bookmark) ? follow(bookmark) : begin(round, what, bookmark)
  let begunAgain = false
  const bounds = openBounds(limits, at.pages)
  for (;;) {
    let page: Page<T>
    try {
      page = await what.read(at.link === '' ? null : at.link)
    } catch (error) {
      // Directory lists refuse a page token that is too old with a 400 of their own, and Exchange with a 404 (ErrorSyncFolderNotFound), so
      // a link that is refused in any words is given up.
      const refused = error instanceof AppError && ['bookmarkLost', 'graphUnexpected', 'gone', 'objectGone'].includes(error.code)
      if (!refused || at.link === '' || begunAgain) throw error
      begunAgain = true
      at = begin(round, what, at)
      continue
    }
    // Before the write: a worker that has slept over its lease must not put an older page over a newer one.
    await round.keepLease()
    // Most rounds of a delta find nothing.
    if (page.items.length > 0) await what.write(page.items, at.reading)
    at = { ...at, items: at.items + page.items.length, pages: at.pages + 1, link: page.link?.url ?? '', kind: page.link?.kind ?? 'end' }
    try {
      bounds.passed(page)
    } catch (error) {
      await put(round, { ...at, link: '', kind: 'end' })
      throw error
    }
    await put(round, at)
    if (at.kind === 'next') continue
    if (at.full) await settle(round, what, at)
    return { items: at.items, full: at.full }
  }
}

type Bookmark = Omit<BookmarkDoc, '_id'>
type Named = Pick<Walk<unknown>, 'container' | 'version'>

/** The bookmark to go on from; null when there is none, or none that holds still. */
async function currentBookmark({ db, unit }: Round, what: Named): Promise<Bookmark | null> {
  const bookmark = await db(Bookmarks).get(unit._id, what.container)
  // A worker that was cut off for long can still write one for a unit that has been removed and made again meanwhile.
  if (bookmark === null || bookmark.epoch < unit.bornEpoch) return null
  // What it says of its container holds on; where it leads to does not.
  return bookmark.version === what.version ? bookmark : { ...bookmark, kind: 'end', link: '' }
}

const follow = (bookmark: Bookmark): Bookmark => (bookmark.kind === 'delta' ? { ...bookmark, full: false, items: 0, pages: 0 } : bookmark)

/** Above every number before it: what an earlier reading has seen under the same lease is swept, too, if this one does not see it. */
const begin = ({ unit }: Round, what: Named, last: Bookmark | null): Bookmark => ({
  unitId: unit._id, container: what.container, version: what.version, epoch: unit.epoch, reading: Math.max(unit.epoch, (last?.reading ?? 0) + 1), full: true,
  kind: 'next', link: '', items: 0, pages: 0, fullAt: last?.fullAt ?? null, doubtedAt: last?.doubtedAt ?? null,
  doubtedReading: last?.doubtedReading ?? null,
})

/** At most one container a round, so that a mailbox of many folders is not read whole at once. */
function dueForReconciliation({ parts, now }: Round, bookmark: Bookmark): boolean {
  const due = bookmark.kind === 'delta' && now().getTime() - (bookmark.fullAt?.getTime() ?? 0) > reconcileMilliseconds
  return due && parts.claimReconciliation()
}

/** The end of a full reading: what it did not see goes, unless it saw so little that it is not believed yet. */
async function settle(round: Round, what: Pick<Walk<unknown>, 'tally' | 'sweep'>, at: Bookmark): Promise<Bookmark> {
  const reading = { items: at.items, ...(await what.tally(at.reading)) }
  const doubt = doubtAbout(reading, at.doubtedAt, round.now())
  if (doubt !== null) {
    await put(round, { ...at, link: '', kind: 'end', doubtedAt: at.doubtedAt ?? round.now(), doubtedReading: at.doubtedReading ?? at.reading })
    throw doubt
  }
  // Two short readings agree about what neither of them has seen.
  await what.sweep(isShort(reading) ? (at.doubtedReading ?? at.reading) : at.reading)
  const settled = { ...at, full: false, fullAt: round.now(), doubtedAt: null, doubtedReading: null }
  await put(round, settled)
  return settled
}

async function put({ db, unit }: Round, bookmark: Bookmark): Promise<void> {
  if (!(await db(Bookmarks).put({ ...bookmark, epoch: unit.epoch }))) throw new AppError('leaseLost')
}

export interface List extends Pick<Walk<unknown>, 'container' | 'tally' | 'sweep'> {
  /** Writes the whole list with the number of this reading. */
  write(reading: number): Promise<void>
}

/**
 * Replaces what is stored of a list that was read whole into memory.
 * @param items how many Microsoft's list has
 * @throws AppError `listDoubted`: written, but nothing is removed for now
 */
export async function replaceList(round: Round, items: number, what: List): Promise<void> {
  const named = { container: what.container, version: what.container }
  const at = begin(round, named, await currentBookmark(round, named))
  await what.write(at.reading)
  await settle(round, what, { ...at, kind: 'end', items, pages: 1 })
}

/** A list of a tenant, as `replaceList` takes it. @param rows the rows of a reading, by its number */
export function listOf<T>(
  container: string, store: { write(rows: T[]): Promise<void>; tally(tenantId: string, reading: number): Promise<Tally>; sweep(tenantId: string, reading: number): Promise<void> },
  tenantId: string, rows: (reading: number) => T[],
): List {
  return {
    container,
    write: (reading) => store.write(rows(reading)),
    tally: (reading) => store.tally(tenantId, reading),
    sweep: (reading) => store.sweep(tenantId, reading),
  }
}
