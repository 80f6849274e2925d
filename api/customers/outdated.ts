// What somebody else has changed since it was looked at: two people would undo each other in silence.
import { AppError } from '../errors.ts'

/** @param what people call it */
export const changedMeanwhile = (what: string): AppError =>
  new AppError('conflict', { sentence: `Somebody else has changed this ${what} meanwhile. Nothing of yours was saved: look at it as it is now, and change it again.` })

/** Whatever the order. */
export const sameList = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((item) => other.includes(item))
