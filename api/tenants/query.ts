// Connected tenants as administrators see them. Never a secret.
import { AppError, type ErrorCode } from '../errors.ts'
import type { Tenant, UnmatchedAccounts } from './model.ts'
import type { Store } from '../database/database.ts'
import type { TenantDoc } from './rows.ts'
import type { UnitDoc } from '../sync/units.ts'
import { statusOf } from '../sync/freshness.ts'

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
  leaseLost: 'outpostError',
  internal: 'outpostError',
  // Errors of people's requests, which no stream has.
  unauthenticated: 'outpostError',
  noRole: 'outpostError',
  rolesUnknown: 'outpostError',
  forbidden: 'outpostError',
  notFound: 'outpostError',
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
function tenantStatus(units: readonly UnitDoc[], now: Date): Status {
  const states = units.map((unit): Status => {
    // What another release stored is an error, too.
    if (unit.lastError !== null) return (statusOfCode as Partial<Record<string, Status>>)[unit.lastError.code] ?? 'outpostError'
    if (unit.lastSuccessAt === null) return 'waiting'
    return now.getTime() - unit.lastSuccessAt.getTime() > staleMilliseconds ? 'stale' : 'connected'
  })
  return worstFirst.find((state) => states.includes(state)) ?? 'waiting'
}

export async function toTenant(store: Store, doc: TenantDoc, now: Date): Promise<Tenant> {
  const units = await store.units.ofTenant(doc._id)
  return {
    id: doc._id,
    name: doc.name,
    kind: doc.customerId === null ? 'msp' : 'customer',
    customerId: doc.customerId,
    clientId: doc.clientId,
    mailboxes: doc.mailboxes,
    verifiedDomains: doc.verifiedDomains,
    connectedAt: doc.connectedAt.toISOString(),
    secretExpiresAt: doc.secretExpiresAt?.toISOString() ?? null,
    status: tenantStatus(units, now),
    streams: units.map((unit) => statusOf(unit, now)),
    notices: await renamedMailboxes(store, doc._id, units),
    unmatchedAccounts: doc.customerId === null ? (await unmatched(store, doc)).length : null,
  }
}

/** Mailboxes whose user has another address by now: read on, because it is the same user. */
async function renamedMailboxes(store: Store, tenantId: string, units: readonly UnitDoc[]): Promise<string[]> {
  const users = new Map(units.flatMap(({ mailbox, facts }) => (mailbox === null || facts === null ? [] : [[mailbox, facts.userId] as const])))
  const names = await store.accounts.userPrincipalNames(tenantId, [...new Set(users.values())])
  return [...users].flatMap(([mailbox, userId]) => {
    const now = names.get(userId)?.toLowerCase()
    if (now === undefined || now === '' || now === mailbox) return []
    return [`${mailbox} is now called ${now}. Outpost goes on reading this mailbox; put the new address on the list of mailboxes.`]
  })
}

/** @throws AppError `notFound` */
export async function tenantDoc(store: Store, tenantId: string): Promise<TenantDoc> {
  const doc = await store.tenants.get(tenantId)
  if (doc === null) throw new AppError('notFound')
  return doc
}

async function unmatched(store: Store, tenant: TenantDoc) {
  if (tenant.customerId !== null) return []
  const customers = await store.customers.living()
  return store.accounts.notAtDomains(tenant._id, customers.flatMap(({ domains }) => domains))
}

/** Accounts of an own tenant whose UPN lies at no customer's domain: the MSP's own people among them. */
export async function unmatchedAccounts(store: Store, tenantId: string): Promise<UnmatchedAccounts> {
  const accounts = await unmatched(store, await tenantDoc(store, tenantId))
  return {
    items: accounts
      .map(({ accountId, displayName, userPrincipalName }) => ({ id: accountId, displayName, userPrincipalName }))
      .sort((a, b) => a.userPrincipalName.localeCompare(b.userPrincipalName)),
  }
}
