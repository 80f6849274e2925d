// Check: every enabled account with a privileged role is MFA capable. Pure.
import type { FindingDoc } from '../findingRows.ts'
import { coverageOf, privilegedHolders, type Check, type JudgedAccount, type Result } from '../judged.ts'

const check = 'privilegedAccountsMfaCapable'
export const privilegedAccountsMfaCapable: Check = { id: check, judge }

function judge(customerId: string, judged: readonly JudgedAccount[], before: readonly FindingDoc[], isRead: (tenantId: string) => boolean, now: Date): Result {
  const population = privilegedHolders(judged)
  const coverage = coverageOf(population)
  const findings: FindingDoc[] = []
  const known = new Map(before.map((finding) => [finding._id, finding]))
  const idOf = (one: JudgedAccount) => `${customerId}|${check}|${one.account._id}`
  const holders = new Map(population.map((one) => [idOf(one), one]))

  for (const [id, one] of holders) {
    const finding = known.get(id)
    if (one.mfa.capable === 'no' && finding?.state !== 'open') {
      findings.push({
        _id: id, customerId, check, tenantId: one.account.tenantId, accountId: one.account.accountId,
        accountName: one.account.displayName, state: 'open', reason: one.mfa.reason, openedAt: now, resolvedAt: null,
      })
    }
    if (one.mfa.capable === 'yes' && finding?.state === 'open') {
      findings.push({ ...finding, state: 'resolved', reason: 'The account is MFA capable now.', resolvedAt: now })
    }
  }
  const accounts = new Map(judged.map((one) => [idOf(one), one]))
  for (const finding of before) {
    if (finding.state !== 'open' || holders.has(finding._id) || !isRead(finding.tenantId)) continue
    const account = accounts.get(finding._id)?.account
    const reason =
      account === undefined ? 'The account no longer exists, or no longer belongs to this customer.' : account.enabled ? 'The account holds no privileged role any more.' : 'The account is disabled.'
    findings.push({ ...finding, state: 'resolved', reason, resolvedAt: now })
  }

  const after = new Map(known)
  for (const finding of findings) after.set(finding._id, finding)
  const states = [...after.values()].map((finding) => finding.state)
  const state = states.includes('open') ? 'open' : states.length > 0 ? 'resolved' : 'none'
  const outside = [...after.values()].filter((finding) => finding.state === 'open' && !holders.has(finding._id)).length
  return { findings, failing: states.filter((one) => one === 'open').length, of: coverage.of + outside, unknown: coverage.unknown, state }
}
