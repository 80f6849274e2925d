// A round: one go of a worker at a unit, under its lease. `walk` reads a delta or a list page by page: items first, bookmark
// last, so that a crash anywhere repeats at most one page and changes nothing.
import { AppError } from '../errors.ts'
import type { Graph } from '../graph/client.ts'
import type { Page } from '../graph/page.ts'
import type { Store } from '../store/store.ts'
import type { TenantDoc } from '../store/tenants.ts'
import type { UnitDoc } from '../store/units.ts'

export interface Round {
  readonly store: Store
  readonly graph: Graph
  readonly tenant: TenantDoc
  /** Opened, to recognise it by its first characters. */
  readonly clientSecret: string
  readonly unit: UnitDoc
  readonly now: () => Date
  /** Keeps the lease and notes how far the round is. @throws AppError `leaseLost`: stop at once */
  keepLease(change?: Partial<Pick<UnitDoc, 'facts' | 'progress'>>): Promise<void>
}

export interface Walk<T> {
  readonly container: string
  /** How a round is begun now; a bookmark of another version is not followed. */
  readonly version: string
  /** Reads a page: from the start, or from a link. */
  read(link: string | null): Promise<Page<T>>
  /** Writes a page's items with the number of the round. Must be idempotent. */
  write(items: T[], round: number): Promise<void>
  /** Removes what a full round has not seen. */
  sweep(round: number): Promise<void>
}

/**
 * Reads on from the bookmark to the end of the round.
 * @returns how many items this round has seen since it began, and whether it began from the start
 * @throws AppError; what was read so far stays read
 */
export async function walk<T>(round: Round, what: Walk<T>): Promise<{ items: number; full: boolean }> {
  const { store, unit } = round
  const found = await store.bookmarks.get(unit._id, what.container)
  // A worker that was cut off for long can still write one for a unit that has been removed and made again meanwhile.
  const bookmark = found !== null && found.epoch >= unit.bornEpoch ? found : null
  let begunAgain = false
  // Above every number before it: what an earlier reading has seen under the same lease is swept, too, if this one does not see it.
  const begin = (last: number) => ({ number: Math.max(unit.epoch, last + 1), full: true, items: 0, link: null as string | null })
  let at =
    bookmark === null || bookmark.version !== what.version || bookmark.kind === 'end'
      ? begin(bookmark?.round ?? 0)
      : { number: bookmark.round, full: bookmark.full, items: bookmark.kind === 'delta' ? 0 : bookmark.items, link: bookmark.link as string | null }
  // A crash can fall between the last page and the sweep.
  if (bookmark?.kind === 'delta' && bookmark.full && bookmark.version === what.version) {
    await what.sweep(bookmark.round)
    at.full = false
  }
  for (;;) {
    let page: Page<T>
    try {
      page = await what.read(at.link)
    } catch (error) {
      // Directory lists refuse a page token that is too old with a 400 of their own, so a link that is refused in any words is given up.
      const refused = error instanceof AppError && ['bookmarkLost', 'graphUnexpected'].includes(error.code)
      if (!refused || at.link === null || begunAgain) throw error
      begunAgain = true
      at = begin(at.number)
      continue
    }
    // Graph has been seen to lead back to the same page for ever.
    if (page.link?.kind === 'next' && page.link.url === at.link) throw new AppError('serviceUnavailable', { cause: new Error('a page leads to itself') })
    await what.write(page.items, at.number)
    at.items += page.items.length
    await round.keepLease()
    const kind = page.link?.kind ?? ('end' as const)
    const row = {
      unitId: unit._id, container: what.container, link: page.link?.url ?? '', kind, round: at.number, full: at.full,
      version: what.version, items: at.items, epoch: unit.epoch,
    }
    if (!(await store.bookmarks.put(row))) throw new AppError('leaseLost')
    at.link = row.link
    if (kind === 'next') continue
    if (at.full) {
      await what.sweep(at.number)
      if (!(await store.bookmarks.put({ ...row, full: false }))) throw new AppError('leaseLost')
    }
    return { items: at.items, full: at.full }
  }
}
