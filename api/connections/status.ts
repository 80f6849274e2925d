// How a tenant is doing, from what its streams say. Pure.
import type { ErrorCode } from '../errors.ts'
import type { UnitDoc } from '../sync/units.ts'
import type { Tenant } from './model.ts'

type Status = Tenant['status']
/** What a stream's last error means for its tenant. Total, so that no error can leave a tenant green by not being thought of. */
const statusOfCode: Record<ErrorCode, Status> = {
  secretInvalid: 'authenticationError',
  secretExpired: 'authenticationError',
  appUnknown: 'authenticationError',
  appDisabled: 'authenticationError',
  graphDisabled: 'authenticationError',
  policyBlocks: 'authenticationError',
  tenantBlocked: 'authenticationError',
  signInRefused: 'authenticationError',
  tenantUnknown: 'authenticationError',
  graphTokenRefused: 'authenticationError',
  consentMissing: 'permissionError',
  accessDenied: 'permissionError',
  mailboxesMissing: 'configurationError',
  mailboxUnknown: 'configurationError',
  mailboxFull: 'configurationError',
  clockWrong: 'configurationError',
  throttled: 'throttled',
  mailboxMoving: 'serviceError',
  refused: 'serviceError',
  gone: 'serviceError',
  objectGone: 'serviceError',
  filterRefused: 'serviceError',
  bookmarkLost: 'serviceError',
  serviceUnavailable: 'serviceError',
  graphUnexpected: 'serviceError',
  listDoubted: 'serviceError',
  listEndless: 'serviceError',
  partlyRead: 'serviceError',
  // Nothing to wait for, nothing to mend: a tenant without Entra ID P1 has no registration report, and what is optional may be missing.
  licenceMissing: 'connected',
  notGranted: 'connected',
  databaseUnavailable: 'outpostError',
  databaseClosed: 'outpostError',
  masterKeyMissing: 'outpostError',
  databaseNewer: 'outpostError',
  databaseUnmigrated: 'outpostError',
  leaseLost: 'outpostError',
  internal: 'outpostError',
  // Errors of people's requests, which no stream has.
  unauthenticated: 'outpostError',
  noRole: 'outpostError',
  rolesUnknown: 'outpostError',
  rolesNeverRead: 'outpostError',
  forbidden: 'outpostError',
  notFound: 'outpostError',
  methodNotAllowed: 'outpostError',
  tooMany: 'outpostError',
  privateItem: 'outpostError',
  invalidInput: 'outpostError',
  conflict: 'outpostError',
  outsidersRead: 'outpostError',
  readersUnknown: 'outpostError',
}
const worstFirst: readonly Status[] = [
  'authenticationError', 'permissionError', 'configurationError', 'outpostError', 'serviceError', 'throttled', 'stale', 'waiting', 'connected',
]
const staleMilliseconds = 2 * 3_600_000

/** The worst that the units say; `waiting` until each has succeeded once, `stale` when one has not for two hours. */
export function tenantStatus(units: readonly UnitDoc[], now: Date): Status {
  const states = units.map((unit): Status => {
    // What another release stored is an error, too.
    if (unit.lastError !== null) return (statusOfCode as Partial<Record<string, Status>>)[unit.lastError.code] ?? 'outpostError'
    if (unit.lastSuccessAt === null) return 'waiting'
    return now.getTime() - unit.lastSuccessAt.getTime() > staleMilliseconds ? 'stale' : 'connected'
  })
  return worstFirst.find((state) => states.includes(state)) ?? 'waiting'
}
