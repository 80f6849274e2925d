// One page of a list or of a delta round.
import { AppError } from '../errors.ts'

export interface Link {
  readonly kind: 'next' | 'delta'
  readonly url: string
}

export interface Page<T> {
  readonly items: T[]
  /** Where to go on: `next` within this round, `delta` from its end. Null at the end of a plain list. */
  readonly link: Link | null
}

const linkOf = (body: Record<string, unknown>, name: string): string | null => {
  const value = body[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function itemsOf<T>(body: Record<string, unknown>): T[] {
  // A 200 with an error body or a page without items is a failure, never an empty success.
  if (!Array.isArray(body.value)) throw new AppError('serviceUnavailable', { cause: new Error('a page has no value') })
  return body.value as T[]
}

/** A page of a plain list; it ends where no next link is. */
export function listPage<T>(body: Record<string, unknown>): Page<T> {
  const next = linkOf(body, '@odata.nextLink')
  return { items: itemsOf(body), link: next === null ? null : { kind: 'next', url: next } }
}

/** A page of a delta round. A round ends only on a delta link: a page with neither link is an error, not the end. */
export function deltaPage<T>(body: Record<string, unknown>): Page<T> & { link: Link } {
  const next = linkOf(body, '@odata.nextLink')
  const delta = linkOf(body, '@odata.deltaLink')
  const link: Link | null = next !== null ? { kind: 'next', url: next } : delta !== null ? { kind: 'delta', url: delta } : null
  if (link === null) throw new AppError('serviceUnavailable', { cause: new Error('a delta page has no link') })
  return { items: itemsOf(body), link }
}

/** Prefer header of every request of a paged read: it holds for that request alone, so each page asks again. */
export const pagePrefer = (size: number): string => `IdType="ImmutableId", odata.maxpagesize=${size}`
