// How many items to ask for at once, where Microsoft fails on large pages. Exchange answers 500 or 504 to a page that holds a message
// which it cannot convert, or that takes too long, at every try, and answers a smaller one.
import { GraphError } from '@microsoft/microsoft-graph-client'
import { AppError } from '../errors.ts'

/** Good pages after which a larger one is tried again. */
const pagesToGrow = 4

/** Whether a smaller page might be answered: Microsoft's own failure at this one, and neither an outage (503) nor a limit (429). */
export function failsBySize(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'serviceUnavailable') return false
  const { cause } = error
  // Microsoft's client gives our own limit of time the name that it had.
  return cause instanceof GraphError && ([500, 504].includes(cause.statusCode) || cause.code === 'TimeoutError')
}

/**
 * The page size of one reading: halved at each such failure, down to single items, and doubled again after some good pages.
 * @param most the size to begin with
 */
export function openPageSize(most: number) {
  let size = most
  let good = 0
  return {
    /** Asks for a page, again and smaller while it fails by its size. @throws AppError also where a single item fails */
    async read<T>(ask: (size: number) => Promise<T>): Promise<T> {
      for (;;) {
        try {
          const page = await ask(size)
          good++
          if (good >= pagesToGrow) [size, good] = [Math.min(size * 2, most), 0]
          return page
        } catch (error) {
          if (size === 1 || !failsBySize(error)) throw error
          ;[size, good] = [Math.floor(size / 2), 0]
        }
      }
    },
  }
}
