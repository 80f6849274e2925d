// What somebody has marked private, and what nobody says it of.
import { AppError } from '../errors.ts'

/** `unknown`: the answer does not say. */
export type Mark = 'open' | 'private' | 'unknown'

/** @throws AppError `privateItem` for what is marked private, and for what Microsoft does not say it of */
export function refusePrivate(mark: Mark): void {
  if (mark === 'private') throw new AppError('privateItem')
  if (mark === 'unknown') throw new AppError('privateItem', { sentence: 'Microsoft does not say whether this is marked private, so Outpost does not open it. Try again later.' })
}
