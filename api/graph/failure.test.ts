// Error payloads as Graph sends them, and what they mean here.
import { expect, it } from 'vitest'
import { retryAfterSeconds, toAppErrorFromGraph } from './failure.ts'

it.each([
  [401, 'InvalidAuthenticationToken', 'graphTokenRefused'],
  [403, 'Authorization_RequestDenied', 'consentMissing'],
  [403, 'ErrorAccessDenied', 'accessDenied'],
  [403, 'AccessDenied', 'accessDenied'],
  [403, '', 'accessDenied'],
  [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'licenceMissing'],
  [404, 'MailboxNotEnabledForRESTAPI', 'mailboxUnknown'],
  [404, 'ResourceNotFound', 'mailboxUnknown'],
  [404, 'Request_ResourceNotFound', 'mailboxUnknown'],
  [404, 'ErrorItemNotFound', 'gone'],
  [410, 'SyncStateNotFound', 'bookmarkLost'],
  [400, 'syncStateNotFound', 'bookmarkLost'],
  [400, 'resyncRequired', 'bookmarkLost'],
  [404, 'SyncStateInvalid', 'bookmarkLost'],
  [410, '', 'bookmarkLost'],
  [429, 'TooManyRequests', 'throttled'],
  [429, 'ApplicationThrottled', 'throttled'],
  [500, 'InternalServerError', 'serviceUnavailable'],
  [502, '', 'serviceUnavailable'],
  [503, '', 'serviceUnavailable'],
  [504, '', 'serviceUnavailable'],
  [400, 'ErrorInvalidUrlQuery', 'graphUnexpected'],
  [501, 'NotImplemented', 'graphUnexpected'],
])('%i %s → %s', (status, code, expected) => {
  expect(toAppErrorFromGraph(status, code, null, undefined).code).toBe(expected)
})

it.each([
  ['10', 10], ['2.128', 2.128], ['0', 0], ['86400', 600], ['-5', 0], [null, undefined], ['', undefined], ['soon', undefined],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30], ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
])('Retry-After %s → %s seconds', (header, expected) => {
  expect(retryAfterSeconds(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected)
})
