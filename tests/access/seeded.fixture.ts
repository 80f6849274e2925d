// Random cases that can be had again: a case is made from a seed and its number, and from nothing else.
import { createHash } from 'node:crypto'

export interface Draw {
  /** A whole number from 0 on, below this. */
  below(most: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Some of a list, in its order. */
  some<T>(list: readonly T[], share: number): T[]
  /** Characters of an alphabet. */
  text(length: number, alphabet?: string): string
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'

export function drawing(seed: number, name: string): Draw {
  let state = createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE(0)
  // mulberry32, by Tommy Ettinger (public domain).
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)]!,
    some: (list, share) => list.filter(() => next() < share),
    text: (length, alphabet = letters) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  }
}

const numberIn = (name: string): number | null => (process.env[name] === undefined ? null : Number(process.env[name]))

/**
 * How many cases, and from which seed: OUTPOST_RANDOM_REQUESTS and OUTPOST_RANDOM_SEED say so, and OUTPOST_RANDOM_CASE asks for one
 * case alone. The seed is printed.
 * @param usual how many, where nobody says
 */
export function randomly(usual: number) {
  const seed = numberIn('OUTPOST_RANDOM_SEED') ?? 1
  const count = numberIn('OUTPOST_RANDOM_REQUESTS') ?? usual
  const one = numberIn('OUTPOST_RANDOM_CASE')
  process.stdout.write(`seed ${seed}, ${one === null ? `${count} cases` : `case ${one} alone`}\n`)
  return {
    seed,
    count,
    /** Of the cases those whose number leaves this rest: what happens at one time. */
    numbers: (rest: number, times: number): number[] =>
      one === null ? Array.from({ length: Math.ceil((count - rest) / times) }, (_, index) => index * times + rest) : one % times === rest ? [one] : [],
    again: (number: number) => `OUTPOST_RANDOM_SEED=${seed} OUTPOST_RANDOM_CASE=${number}`,
  }
}

/** Does a piece of work for each, so many at a time. */
export async function sideBySide<T>(list: readonly T[], many: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = list.values()
  const worker = async () => {
    for (const one of left) await work(one)
  }
  await Promise.all(Array.from({ length: many }, worker))
}
