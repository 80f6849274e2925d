// What is not known of a customer, by the state of the streams: nothing is counted over what nobody has read.
import { expect, it } from 'vitest'
import type { StreamState } from './judged.ts'
import { unknownOf, type States } from './unknown.ts'

const read: StreamState = { lastSuccessAt: new Date(), lastError: null }
const waiting: StreamState = { lastSuccessAt: null, lastError: null }
const refused: StreamState = { lastSuccessAt: null, lastError: { code: 'consentMissing', message: 'Consent is missing.' } }
const noReport: StreamState = { lastSuccessAt: null, lastError: { code: 'licenceMissing', message: 'No P1.' } }

const states = (accounts: StreamState, mfa: StreamState, roles: StreamState, tenant = 't'): States => ({
  accounts: new Map([[tenant, accounts]]), mfa: new Map([[tenant, mfa]]), roles: new Map([[tenant, roles]]),
})
const nothing: States = { accounts: new Map(), mfa: new Map(), roles: new Map() }
const customer = (accounts: number, tenantIds = ['t']) => ({ tenantIds, accounts })

it.each<[string, ReturnType<typeof unknownOf>, string | null, string | null]>([
  ['everything', unknownOf(customer(3), [], states(read, read, read)), null, null],
  ['no tenant at all', unknownOf(customer(0, []), [], nothing), 'No tenant is connected yet.', 'No tenant is connected yet.'],
  ['no tenant of its own', unknownOf(customer(0, []), ['msp'], states(read, read, read, 'msp')), 'No tenant of its own is connected, and no account of your own tenant lies at its domains.', 'No tenant of its own is connected, and no account of your own tenant lies at its domains.'],
  ['no tenant of its own, and the MSP’s is being read', unknownOf(customer(0, []), ['msp'], states(waiting, waiting, waiting, 'msp')), 'The accounts of your own tenant have not been read yet.', 'The accounts of your own tenant have not been read yet.'],
  ['accounts in the MSP’s tenant', unknownOf(customer(2, []), ['msp'], states(read, read, read, 'msp')), null, null],
  ['a tenant that was just connected', unknownOf(customer(0), [], nothing), 'The accounts have not been read yet.', 'The accounts have not been read yet.'],
  ['some accounts of the first page', unknownOf(customer(100), [], states(waiting, waiting, waiting)), 'The accounts have not been read yet.', 'The accounts have not been read yet.'],
  ['accounts without registrations', unknownOf(customer(3), [], states(read, waiting, read)), 'The MFA registrations have not been read yet.', 'The MFA registrations have not been read yet.'],
  ['registrations that are refused', unknownOf(customer(3), [], states(read, refused, read)), 'The MFA registrations could not be read. Consent is missing.', 'The MFA registrations could not be read. Consent is missing.'],
  ['no report, for want of a licence', unknownOf(customer(3), [], states(read, noReport, read)), null, null],
  ['no roles', unknownOf(customer(3), [], states(read, read, waiting)), null, 'The directory roles have not been read yet, so privileged accounts are unknown.'],
  ['a tenant without anybody', unknownOf(customer(0), [], states(read, read, read)), 'The tenant has no account.', 'The tenant has no account.'],
])('of %s', (_, reading, mfa, privilegedMfa) => {
  expect(reading).toEqual({ mfa, privilegedMfa })
})
