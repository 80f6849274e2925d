// Our clock against Microsoft's, from the Date header of its answers. With a wrong clock good sign-ins look expired or not yet
// valid, and every window of days lies beside the days that are meant, so it is said instead of guessed around.
import { AppError } from './errors.ts'

/** Entra forgives five minutes. */
const toleratedSeconds = 300

export interface Clock {
  /** Compares with the clock of an answer that has just come. @param date its Date header; nothing is learned without one */
  heard(date: string | null): void
  /** What is wrong with our clock as last compared, to be thrown. Undefined: nothing that is known. */
  problem(): AppError | undefined
}

export function openClock(): Clock {
  let aheadSeconds = 0
  return {
    heard(date) {
      const theirs = Date.parse(date ?? '')
      if (!Number.isNaN(theirs)) aheadSeconds = (Date.now() - theirs) / 1000
    },
    problem() {
      if (Math.abs(aheadSeconds) <= toleratedSeconds) return undefined
      const minutes = new Intl.NumberFormat('en', { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(Math.round(Math.abs(aheadSeconds) / 60))
      const sentence = `The clock of the machine that runs Outpost is ${minutes} ${aheadSeconds > 0 ? 'ahead of' : 'behind'} Microsoft’s. Let it set its time by itself (NTP); Outpost then goes on by itself.`
      return new AppError('clockWrong', { sentence })
    },
  }
}
