// Customers whose mail or meetings changed, each with who may know: what nobody may see of a customer, nobody hears of either.
import type { Collection, Filter } from 'mongodb'
import { deleteAll, portion } from '../database/portions.ts'

/** Customer id → audience keys, as in MessageDoc. */
export type Touched = ReadonlyMap<string, readonly string[]>

interface Row {
  customerId: string
  audience: readonly string[]
}

export function touchedBy(rows: readonly Row[]): Touched {
  const touched = new Map<string, Set<string>>()
  for (const { customerId, audience } of rows) {
    const keys = touched.get(customerId) ?? new Set()
    for (const key of audience) keys.add(key)
    touched.set(customerId, keys)
  }
  return new Map([...touched].map(([customerId, keys]) => [customerId, [...keys]]))
}

/** Removes a portion of rows. @returns how many it found, none: nothing is left; and whose they were */
export async function removeTouchedPortion<T extends Row>(collection: Collection<T>, filter: Filter<T>): Promise<{ found: number; touched: Touched }> {
  const rows = await collection.find(filter).project<Row & { _id: never }>({ customerId: 1, audience: 1 }).limit(portion).toArray()
  // With the filter: a row that has been seen again since then stays.
  if (rows.length > 0) await collection.deleteMany({ ...filter, _id: { $in: rows.map(({ _id }) => _id) } })
  return { found: rows.length, touched: touchedBy(rows) }
}

/** Removes rows, portion by portion. @returns whose they were */
export async function removeTouched<T extends Row>(collection: Collection<T>, filter: Filter<T>): Promise<Touched> {
  let touched: Touched = new Map()
  await deleteAll(async () => {
    const one = await removeTouchedPortion(collection, filter)
    touched = touchedBy([...touched, ...one.touched].map(([customerId, audience]) => ({ customerId, audience })))
    return one.found
  })
  return touched
}
