// How much one may ask for: a person, a network address, and whoever has not signed in. Counted in this process alone.
import { setTimeout } from 'node:timers/promises'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../errors.ts'
import { openTurns } from './turns.ts'

/** What costs more than an answer from the database: a request to Microsoft, a row in the audit log, a round of every stream. */
export type Cost = 'open' | 'export' | 'sync' | 'test'

/** What is counted, and by whose name: `address` and `stranger` by network, everything else by person. */
type Measure = 'address' | 'stranger' | 'person' | Cost

export interface LimitOptions {
  /** How many a minute. */
  readonly perMinute: Readonly<Record<Measure, number>>
  /** How many requests of one person are in work at a time. */
  readonly atOnce: number
}

const measures: Readonly<Record<Measure, { seconds: number; sentence: string }>> = {
  // Counted in short windows, so that a tab that has to wait waits for seconds.
  address: { seconds: 10, sentence: 'Very many requests come from your network.' },
  stranger: { seconds: 10, sentence: 'Very many requests without a valid sign-in come from your network.' },
  person: { seconds: 10, sentence: 'You have asked Outpost for very much in a short time.' },
  open: { seconds: 60, sentence: 'You have opened very many messages and meetings in a short time.' },
  export: { seconds: 60, sentence: 'You have exported very often in a short time.' },
  sync: { seconds: 60, sentence: 'You have asked very often to sync now.' },
  test: { seconds: 60, sentence: 'You have tested very many connections in a short time.' },
}

/** Of one person, beside those that are in work. A tab that opens asks for less than ten things. */
const mostWaiting = 50

/**
 * A refusal is held back for as long as this, at least and at most: who asks again as soon as they are answered is slowed by it, and the
 * others are not. It differs from one to the next, so that they do not all come back in one moment.
 */
const [leastHeldMilliseconds, mostHeldMilliseconds] = [1_000, 4_000]
/** More than these are not held back at a time. */
const mostHeld = 500

const tooMany = (measure: Measure, seconds: number): AppError =>
  new AppError('tooMany', { sentence: `${measures[measure].sentence} Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`, retryAfterSeconds: seconds })

export interface Limits {
  /** Counts a request by where it comes from, whoever sent it. @throws AppError `tooMany` */
  ofAddress(network: string): Promise<void>
  /** Counts a request that no valid sign-in came with. @throws AppError `tooMany` */
  ofStranger(network: string): Promise<void>
  /**
   * Counts a request of somebody who has signed in, and does its work when it is their turn: a few of one person's are in work at a
   * time, so that they do not stand before everybody else's. What waits for Microsoft has turns of its own. It counts for its network
   * only when it is not one too many of this person, else one person could keep out all who share the network.
   * @throws AppError `tooMany`, and what the work throws
   */
  ofPerson<T>(asked: Asked, work: () => Promise<T>): Promise<T>
}

export interface Asked {
  readonly userId: string
  /** Null in chat: everybody's messages come from Teams. */
  readonly network: string | null
  readonly cost: Cost | null
}

export function openLimits({ perMinute, atOnce }: LimitOptions): Limits {
  const counted = Object.fromEntries(
    Object.entries(measures).map(([measure, { seconds }]) => [measure, new RateLimiterMemory({ points: Math.ceil((perMinute[measure as Measure] * seconds) / 60), duration: seconds })]),
  ) as Record<Measure, RateLimiterMemory>
  const inTurn = openTurns({ atOnce, mostWaiting })

  let held = 0
  /** @param milliseconds until another request would be let in */
  async function refuse(measure: Measure, milliseconds: number): Promise<never> {
    const hold = held < mostHeld ? leastHeldMilliseconds + Math.random() * (mostHeldMilliseconds - leastHeldMilliseconds) : 0
    held += 1
    await setTimeout(hold)
    held -= 1
    throw tooMany(measure, Math.max(1, Math.ceil((milliseconds - hold) / 1000)))
  }

  async function count(measure: Measure, whose: string): Promise<void> {
    try {
      await counted[measure].consume(whose)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      await refuse(measure, refused.msBeforeNext)
    }
  }

  return {
    ofAddress: (network) => count('address', network),
    ofStranger: (network) => count('stranger', network),
    async ofPerson({ userId, network, cost }, work) {
      await count('person', userId)
      if (cost !== null) await count(cost, userId)
      if (network !== null) await count('address', network)
      const asksMicrosoft = cost === 'open' || cost === 'test'
      return inTurn(`${userId} ${asksMicrosoft ? 'outside' : 'here'}`, work, () => refuse('person', 0))
    },
  }
}
