// What the check of a signed token failed of. Both doors check with jose: that of the API, and that of the bot.
import { errors } from 'jose'
import { AppError } from './errors.ts'

/**
 * A token that is wrong is the caller's matter; keys that cannot be had are not.
 * @param error what jose raised, or what it passed on from the request for the keys
 * @returns `unauthenticated` for the first, `serviceUnavailable` for the other
 */
export function failureOfCheck(error: unknown): AppError {
  // With the generic code jose says that the keys' answer was none, or not 200.
  const isAboutToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== 'ERR_JOSE_GENERIC'
  return new AppError(isAboutToken ? 'unauthenticated' : 'serviceUnavailable', { cause: error })
}
