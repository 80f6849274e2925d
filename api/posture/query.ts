// How well a customer is protected, as the hub shows it.
import type { Actor } from '../access/model.ts'
import { accountKey } from '../accounts/rows.ts'
import type { Asking } from '../context.ts'
import { customerFor } from '../customers/query.ts'
import type { CustomerDoc } from '../customers/rows.ts'
import { eligibilityStream } from '../roles/eligibilityStream.ts'
import { securityDefaultsStream } from '../securityDefaults/stream.ts'
import { freshnessOf } from '../sync/freshness.ts'
import type { UnitDoc } from '../sync/units.ts'
import { accountList, accounts } from './accountsQuery.ts'
import { evidenceOf, type Gathered } from './evidence.ts'
import { Findings, type FindingDoc } from './findingRows.ts'
import { coverageOf, enabledMembers, judgeAccounts, privilegedHolders, privilegedList } from './judged.ts'
import type { AccountList, Finding, Posture } from './model.ts'
import { securityDefaultsOf } from './securityDefaults.ts'
import { judgedStreams, statesOf } from './states.ts'
import { unknownOf, withheld } from './unknown.ts'

/** How well a customer is protected. @throws AppError notFound */
const posture = async (on: Asking, actor: Actor, customerId: string): Promise<Posture> => {
  const customer = await customerFor(on.db, actor, customerId)
  return postureFrom(on, customer, evidenceOf(on.db, customer))
}

/** Who looks wants what is open and what was mended lately, and not the findings of years. */
const resolvedDays = 90
const mostFindings = 200

async function postureFrom({ db, now }: Asking, customer: CustomerDoc, gathered: Promise<Gathered>): Promise<Posture> {
  const [evidence, findings] = await Promise.all([
    gathered,
    db(Findings).recent(customer._id, new Date(now().getTime() - resolvedDays * 86_400_000), mostFindings),
  ])
  const judged = judgeAccounts(evidence)
  const tenants = evidence.tenants.filter(({ customerId }) => customerId === customer._id)
  const own = evidence.tenants.filter(({ customerId }) => customerId === null)
  const unknown = unknownOf({ tenantIds: tenants.map(({ _id }) => _id), accounts: judged.length }, own.map(({ _id }) => _id), statesOf(evidence.units))
  const units = ({ name }: { name: string }) => evidence.units.filter((unit) => unit.stream === name && evidence.tenantIds.includes(unit.tenantId))
  const names = new Map(judged.map(({ account }) => [account._id, account.displayName]))
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
    ...eligibilityOf(units(eligibilityStream)),
    securityDefaults: await securityDefaultsOf(db, tenants, units(securityDefaultsStream)),
    findings: findings.map((doc) => toFinding(doc, names)).sort((a, b) => a.state.localeCompare(b.state) || b.openedAt.localeCompare(a.openedAt)),
    freshness: judgedStreams.map((stream) => freshnessOf(stream, units(stream))),
  }
}

/** Posture, and the first accounts behind its MFA coverage that are not capable, from the same evidence. @throws AppError notFound */
async function lackingMfa(on: Asking, actor: Actor, customerId: string, limit: number): Promise<{ posture: Posture; lacking: AccountList }> {
  const customer = await customerFor(on.db, actor, customerId)
  const gathered = evidenceOf(on.db, customer)
  return { posture: await postureFrom(on, customer, gathered), lacking: accountList(await gathered, { mfa: 'no', limit }) }
}

/** Unknown unless the eligible assignments of every tenant concerned have been read, groups included. */
function eligibilityOf(units: readonly UnitDoc[]): Pick<Posture, 'eligibility' | 'eligibilityReason'> {
  const isUnknown = (code: string) => withheld.has(code) || code === 'partlyRead'
  const failed = units.find((unit) => unit.lastSuccessAt === null || (unit.lastError !== null && isUnknown(unit.lastError.code)))
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
    accountName: names.get(accountKey(doc.tenantId, doc.accountId)) ?? doc.accountName,
    state: doc.state,
    reason: doc.reason,
    openedAt: doc.openedAt.toISOString(),
    resolvedAt: doc.resolvedAt?.toISOString() ?? null,
  }
}

export const postureQueries = { posture, accounts, lackingMfa }
