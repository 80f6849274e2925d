// One page of a list or of a delta reading.
import { AppError } from '../errors.ts'
import { idIn } from './said.ts'

export interface Link {
  readonly kind: 'next' | 'delta'
  readonly url: string
}

export interface Page<T> {
  readonly items: T[]
  /** Of the answer that it came in; 0 where nobody counted. */
  readonly bytes: number
  /** Where to go on: `next` within this reading, `delta` from its end. Null at the end of a plain list. */
  readonly link: Link | null
}

/** An item of a delta page: changed, or removed from what the delta watches. */
export type Changed<T> = T & { id: string; '@removed'?: { reason: string } }

/** Whether an item says which object it is about. Anything else in a page, null too, is about nothing. */
export const hasId = <T extends { id: string }>(item: unknown): item is T => idIn((item as { id?: unknown } | null)?.id) !== null

const sizes = new WeakMap<object, number>()

/** Notes how many bytes an answer had, for the bounds of what is read page by page. */
export function noteSize(body: object, bytes: number): void {
  sizes.set(body, bytes)
}

/** What a reading of many pages may take. */
export interface Limits {
  readonly pages: number
  readonly bytes: number
  readonly milliseconds: number
}

/** What leads on for ever once will do so again: it is not asked for at the pace of a short outage. */
const pauseSeconds = 600

/**
 * Ends what would lead on for ever. Graph has been seen to lead back to a page that was there already, and to pages without end.
 * @param pages that were passed before
 */
export function openBounds(limits: Limits, pages = 0) {
  const links = new Set<string>()
  const until = performance.now() + limits.milliseconds
  let bytes = 0
  return {
    /** To be told of each page. @throws AppError `listEndless` */
    passed(page: Pick<Page<unknown>, 'bytes' | 'link'>): void {
      pages++
      bytes += page.bytes
      if (page.link?.kind !== 'next') return
      const seen = links.has(page.link.url)
      links.add(page.link.url)
      if (seen || pages >= limits.pages || bytes >= limits.bytes || performance.now() >= until) throw new AppError('listEndless', { retryAfterSeconds: pauseSeconds })
    },
  }
}

const linkOf = (body: Record<string, unknown>, name: string): string | null => {
  const value = body[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function itemsOf<T>(body: Record<string, unknown>): T[] {
  // A 200 with an error body or a page without items is a failure, never an empty success.
  if (!Array.isArray(body.value)) throw new AppError('serviceUnavailable', { cause: new Error('a page has no value') })
  return objectsIn(body.value as T[])
}

/** The objects in a list of an answer. Graph has been seen to put null among them, or in the place of the list. */
export const objectsIn = <T>(value: readonly T[] | null | undefined): T[] =>
  Array.isArray(value) ? (value as readonly T[]).filter((item) => typeof item === 'object' && item !== null) : []

/** A page of a plain list; it ends where no next link is. */
export function listPage<T>(body: Record<string, unknown>): Page<T> {
  const next = linkOf(body, '@odata.nextLink')
  return { items: itemsOf(body), bytes: sizes.get(body) ?? 0, link: next === null ? null : { kind: 'next', url: next } }
}

/** A page of a delta reading. A reading ends only on a delta link: a page with neither link is an error, not the end. */
export function deltaPage<T>(body: Record<string, unknown>): Page<T> & { link: Link } {
  const next = linkOf(body, '@odata.nextLink')
  const delta = linkOf(body, '@odata.deltaLink')
  const link: Link | null = next !== null ? { kind: 'next', url: next } : delta !== null ? { kind: 'delta', url: delta } : null
  if (link === null) throw new AppError('serviceUnavailable', { cause: new Error('a delta page has no link') })
  return { items: itemsOf(body), bytes: sizes.get(body) ?? 0, link }
}

/** Prefer header of every request of a paged read: it holds for that request alone, so each page asks again. */
export const pagePrefer = (size: number): string => `IdType="ImmutableId", odata.maxpagesize=${size}`
