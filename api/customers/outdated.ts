// What somebody else has changed since it was read: two people would undo each other in silence.
import { AppError, type States } from '../errors.ts'

/**
 * @param what people call it
 * @param states what was asked for, without a secret, and what it is by now
 */
export const changedMeanwhile = (what: string, states: States): AppError =>
  new AppError('conflict', { states, sentence: `Somebody else has changed this ${what} meanwhile. Nothing of yours was saved: look at it as it is now, and change it again.` })
