import { AppError } from '../errors.ts'
import type { Mark } from './mark.ts'

/** @throws AppError `privateItem` for what is marked private, and for what Microsoft does not say it of */
export function refusePrivate(mark: Mark): void {
  if (mark === 'private') throw new AppError('privateItem')
  if (mark === 'unknown') throw new AppError('privateItem', { sentence: 'Microsoft does not say whether this is marked private, so Outpost does not open it. Try again later.' })
}
