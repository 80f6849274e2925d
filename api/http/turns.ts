// Takes turns: of what stands under one name a few are in work at a time, and the others wait in a short line.
import pLimit, { type LimitFunction } from 'p-limit'

/**
 * @returns a function that does a piece of work when it is the turn of its name
 * @throws what `full` throws, when the line of that name is full
 */
export function openTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const lines = new Map<string, { limit: LimitFunction; size: number }>()
  return async function inTurn<T>(name: string, work: () => Promise<T>, full: () => Promise<never>): Promise<T> {
    const line = lines.get(name) ?? { limit: pLimit(atOnce), size: 0 }
    if (line.size >= atOnce + mostWaiting) return full()
    lines.set(name, line)
    line.size += 1
    try {
      return await line.limit(work)
    } finally {
      line.size -= 1
      if (line.size === 0) lines.delete(name)
    }
  }
}
