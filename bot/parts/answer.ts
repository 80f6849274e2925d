// What is said, and where it may be read.
import type { Said } from '../adapter/port.ts'

/** @param discreet may only be said in a private chat */
export interface Answer {
  readonly said: Said
  readonly discreet: boolean
}

export const inTheOpen = (said: Said): Answer => ({ said, discreet: false })
export const discreetly = (said: Said): Answer => ({ said, discreet: true })
