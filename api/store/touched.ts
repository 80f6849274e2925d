// Customers whose mail or meetings changed, each with who may know: what nobody may see of a customer, nobody hears of either.

/** Customer id → audience keys, as in MessageDoc. */
export type Touched = ReadonlyMap<string, readonly string[]>

export function touchedBy(rows: readonly { customerId: string; audience: readonly string[] }[]): Touched {
  const touched = new Map<string, Set<string>>()
  for (const { customerId, audience } of rows) {
    const keys = touched.get(customerId) ?? new Set()
    for (const key of audience) keys.add(key)
    touched.set(customerId, keys)
  }
  return new Map([...touched].map(([customerId, keys]) => [customerId, [...keys]]))
}
