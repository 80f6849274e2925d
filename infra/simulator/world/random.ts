// A small seeded generator, so that the same seed gives the same world on every machine.

/** Numbers, picks and ids that depend on nothing but the parts given to `seeded`. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number from 0 to n - 1. */
  int(n: number): number
  pick: <T>(list: readonly T[]) => T
  chance(probability: number): boolean; guid(): string
  /** `length` characters of a-z0-9. */
  token(length: number): string
}

/** 32-bit FNV-1a of a text, finished so that near texts give far numbers. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}

/** A generator for the given parts, e.g. `seeded(7, 'mailbox', upn)`: every part of the world has its own. */
export function seeded(...parts: (string | number)[]): Random {
  let state = hash(parts.join('|'))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (n: number): number => Math.floor(next() * n)
  const chars = (length: number, alphabet: string): string => Array.from({ length }, () => alphabet[int(alphabet.length)]).join('')
  return {
    next, int,
    pick: <T>(list: readonly T[]): T => list[int(list.length)] as T,
    chance: (probability) => next() < probability,
    guid: () => {
      const x = chars(32, '0123456789abcdef')
      const variant = '89ab'[int(4)] as string
      return `${x.slice(0, 8)}-${x.slice(8, 12)}-4${x.slice(13, 16)}-${variant}${x.slice(17, 20)}-${x.slice(20)}`
    },
    token: (length) => chars(length, 'abcdefghijklmnopqrstuvwxyz0123456789'),
  }
}
