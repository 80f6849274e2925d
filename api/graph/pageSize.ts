// The size of pages. Some pages of Graph answer 500 or 504 at every try as long as they are large: one item in them is broken, or
// they take Microsoft too long. A smaller page is another question, not the same one again, so it is asked at once.
import { AppError } from '../errors.ts'
import type { Page } from './page.ts'

export interface SizedPages<T> {
  /** Items a page, where all is well. */
  readonly max: number
  /** Reads one page of at most `size` items, from the start or from a link. */
  readonly read: (size: number, link: string | null) => Promise<Page<T>>
  /**
   * Goes on behind an item that cannot be read even by itself: a page without it, whose link leads past it.
   * Without this, its error ends the reading.
   */
  readonly pass?: (link: string | null, error: AppError) => Promise<Page<T>>
}

/**
 * Reads pages, half as large after each failure that may be one of size, down to single items. After `max` items without one the
 * pages are twice as large again, so what is broken in one place costs one failure each time that many items have passed.
 * @returns reads the page behind a link; holds the size from page to page, so make one a walk
 * @throws AppError of `read`: any that has nothing to do with size, or that of a single item which `pass` does not pass
 */
export function readHalving<T>({ max, read, pass }: SizedPages<T>): (link: string | null) => Promise<Page<T>> {
  let size = max
  let passed = 0
  return async (link) => {
    for (;;) {
      try {
        const page = await read(size, link)
        passed += page.items.length
        if (size < max && passed >= max) {
          size = Math.min(size * 2, max)
          passed = 0
        }
        return page
      } catch (error) {
        if (!(error instanceof AppError) || !mayBeTooLarge(error)) throw error
        passed = 0
        if (size > 1) size = Math.floor(size / 2)
        else if (pass === undefined) throw error
        else return pass(link, error)
      }
    }
  }
}

/** Whether a smaller page may succeed where this one failed: 500, 504, or no answer in time. 503 is Microsoft's own wish to wait. */
export function mayBeTooLarge({ code, cause }: AppError): boolean {
  if (code !== 'serviceUnavailable' || typeof cause !== 'object' || cause === null) return false
  const { statusCode, code: word, name } = cause as { statusCode?: unknown; code?: unknown; name?: unknown }
  return statusCode === 500 || statusCode === 504 || word === 'TimeoutError' || name === 'TimeoutError'
}
