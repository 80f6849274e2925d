import { errors } from 'jose'
import { expect, it } from 'vitest'
import { failureOfCheck } from './tokenCheck.ts'

it.each([
  ['a signature that is wrong', new errors.JWSSignatureVerificationFailed()],
  ['a token that has expired', new errors.JWTExpired('expired', {}, 'exp')],
  ['a claim that is missing', new errors.JWTClaimValidationFailed('missing', {}, 'exp', 'missing')],
  ['what is no token', new errors.JWSInvalid()],
  ['another algorithm', new errors.JOSEAlgNotAllowed()],
  ['a key that is not among the keys', new errors.JWKSNoMatchingKey()],
])('%s is the caller’s matter', (_what, error) => {
  expect(failureOfCheck(error)).toMatchObject({ code: 'unauthenticated', cause: error })
})

it.each([
  ['an answer that does not come', new errors.JWKSTimeout()],
  ['an answer that is no list of keys', new errors.JOSEError('Expected 200 OK from the JSON Web Key Set HTTP response')],
  ['a connection that is refused', new TypeError('fetch failed')],
])('%s is not', (_what, error) => {
  expect(failureOfCheck(error)).toMatchObject({ code: 'serviceUnavailable', cause: error })
})
