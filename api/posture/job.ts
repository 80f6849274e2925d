// Judging a customer: a job of its own, done when evidence about it has been read anew or its domains have changed.
import { accountStream } from '../accounts/stream.ts'
import { Changes } from '../changes/rows.ts'
import { Customers } from '../customers/rows.ts'
import type { Database } from '../database/collection.ts'
import { registrationStream } from '../registrations/stream.ts'
import { eligibilityStream } from '../roles/eligibilityStream.ts'
import { roleStream } from '../roles/stream.ts'
import type { Job } from '../sync/job.ts'
import { Tenants } from '../tenants/rows.ts'
import { privilegedAccountsMfaCapable } from './checks/privilegedAccounts.ts'
import { evidenceOf, states } from './evidence.ts'
import { Findings } from './findingRows.ts'
import { coverageOf, enabledMembers, judgeAccounts, privilegedHolders, type Check } from './judged.ts'
import { Postures } from './postureRows.ts'
import { Results } from './resultRows.ts'

const checks: readonly Check[] = [privilegedAccountsMfaCapable]

export const judging: Job = {
  name: 'judging',
  about: 'customer',
  restsOn: [accountStream.name, registrationStream.name, roleStream.name, eligibilityStream.name],
  async concerns(db, tenantId) {
    const [tenant, customers] = await Promise.all([db(Tenants).get(tenantId), db(Customers).living()])
    if (tenant === null) return []
    // Accounts at a customer's domains lie in the MSP's own tenant as well.
    return customers.filter(({ _id, domains }) => (tenant.customerId === null ? domains.length > 0 : _id === tenant.customerId)).map(({ _id }) => _id)
  },
  async run(db, customerId, now) {
    const customer = await db(Customers).get(customerId)
    if (customer === null || customer.archivedAt !== null) return
    if (await judge(db, customer, now)) await db(Changes).add(now, [{ kind: 'posture', customerId }])
  },
}

/** Judges a customer anew. @returns whether anything that people are told has changed */
async function judge(db: Database, customer: { _id: string; domains: string[] }, now: Date): Promise<boolean> {
  const evidence = await evidenceOf(db, customer)
  const judged = judgeAccounts(evidence)
  const before = await db(Findings).ofCustomer(customer._id)
  const tenantIds = [...new Set([...evidence.tenantIds, ...before.map(({ tenantId }) => tenantId)])]
  const [accountsRead, rolesRead] = await Promise.all([states(db, tenantIds, accountStream.name), states(db, tenantIds, roleStream.name)])
  const areRolesRead = (tenantId: string) => rolesRead.get(tenantId)?.lastSuccessAt != null
  const isRead = (tenantId: string) => areRolesRead(tenantId) && accountsRead.get(tenantId)?.lastSuccessAt != null
  await db(Postures).put({
    _id: customer._id,
    mfa: coverageOf(enabledMembers(judged)),
    privilegedMfa: evidence.tenantIds.every(areRolesRead) ? coverageOf(privilegedHolders(judged)) : null,
    accounts: judged.length,
    judgedAt: now,
  })
  let news = false
  for (const check of checks) {
    const known = before.filter((finding) => finding.check === check.id)
    const { findings, ...result } = check.judge(customer._id, judged, known, isRead, now)
    await db(Findings).write(findings)
    // A tenant was disconnected, or is being read anew: the numbers that people were told stay, with their date, until there is news.
    if (findings.length === 0 && known.some(({ state, tenantId }) => state === 'open' && !isRead(tenantId))) continue
    const { changed } = await db(Results).put({ ...result, customerId: customer._id, check: check.id, judgedAt: now })
    if (changed || findings.length > 0) news = true
  }
  return news
}
