// How well a customer is protected, as the hub shows it.
import type { AccountList, Finding, Posture } from './model.ts'
import type { FindingDoc } from './evidence.ts'
import { coverageOf, enabledMembers, judgeAccounts, privilegedHolders, privilegedList } from './judged.ts'
import { evidenceOf } from './job.ts'
import type { CustomerDoc } from '../customers/rows.ts'
import type { Store } from '../database/database.ts'
import type { UnitDoc } from '../sync/units.ts'
import type { ErrorCode } from '../errors.ts'
import { accounts } from './accountsQuery.ts'
import { freshnessOf } from '../sync/freshness.ts'
import { readings } from './numbers.ts'

/** @param reading of the evidence, when it is under way already */
export async function posture(store: Store, customer: CustomerDoc, reading = evidenceOf(store, customer)): Promise<Posture> {
  const [evidence, findings, tenants] = await Promise.all([
    reading,
    store.findings.ofCustomer(customer._id),
    store.tenants.ofCustomer(customer._id),
  ])
  const judged = judgeAccounts(evidence)
  const unknown = (await readings(store))(customer._id, judged.length)
  const names = new Map(judged.map(({ account }) => [account._id, account.displayName]))
  const streams = ['accounts', 'mfa', 'roles', 'eligibility'] as const
  const units = await Promise.all(streams.map((stream) => store.units.ofStream(evidence.tenantIds, stream)))
  return {
    customerId: customer._id,
    tenants: tenants.length,
    mfa: coverageOf(enabledMembers(judged)),
    mfaUnknown: unknown.mfa,
    privilegedMfa: coverageOf(privilegedHolders(judged)),
    privilegedMfaUnknown: unknown.privilegedMfa,
    outside: {
      guests: judged.filter(({ account }) => account.enabled && account.guest).length,
      disabled: judged.filter(({ account }) => !account.enabled).length,
    },
    // Holders of roles in the MSP’s tenant are nobody of this customer, unless they are accounts at its domains.
    privilegedAccounts: privilegedList(judged, evidence.roleMembers.filter(({ tenantId }) => tenants.some(({ _id }) => _id === tenantId))),
    ...eligibilityOf(units[3]!),
    findings: findings.map((doc) => toFinding(doc, names)).sort((a, b) => a.state.localeCompare(b.state) || b.openedAt.localeCompare(a.openedAt)),
    freshness: streams.slice(0, 3).map((stream, index) => freshnessOf(stream, units[index]!)),
  }
}

/** Posture, and the first accounts behind its MFA coverage that are not capable, from one reading of the evidence. */
export async function lackingMfa(store: Store, customer: CustomerDoc, limit: number): Promise<{ posture: Posture; lacking: AccountList }> {
  const reading = evidenceOf(store, customer)
  const [whole, lacking] = await Promise.all([posture(store, customer, reading), accounts(store, customer, { mfa: 'no', limit }, reading)])
  return { posture: whole, lacking }
}

/** What is not granted, or was read in part only, is not known whatever was read before. */
const notKnown: ReadonlySet<string> = new Set<ErrorCode>(['notGranted', 'consentMissing', 'accessDenied', 'partlyRead'])

/** Unknown unless the eligible assignments of every tenant concerned have been read, groups included. */
function eligibilityOf(units: readonly UnitDoc[]): Pick<Posture, 'eligibility' | 'eligibilityReason'> {
  const failed = units.find((unit) => unit.lastSuccessAt === null || (unit.lastError !== null && notKnown.has(unit.lastError.code)))
  if (units.length > 0 && failed === undefined) return { eligibility: 'known', eligibilityReason: null }
  const reason = failed?.lastError?.message ?? 'They have not been read yet.'
  return { eligibility: 'unknown', eligibilityReason: reason }
}

/** @param names of the accounts as they are called now */
function toFinding(doc: FindingDoc, names: ReadonlyMap<string, string>): Finding {
  return {
    id: doc._id,
    check: doc.check,
    customerId: doc.customerId,
    accountId: doc.accountId,
    accountName: names.get(`${doc.tenantId}|${doc.accountId}`) ?? doc.accountName,
    state: doc.state,
    reason: doc.reason,
    openedAt: doc.openedAt.toISOString(),
    resolvedAt: doc.resolvedAt?.toISOString() ?? null,
  }
}
