// Judging a customer: a job of its own, done when evidence about it has been read anew or its domains have changed.
import { accountStream } from '../accounts/stream.ts'
import { Changes } from '../changes/rows.ts'
import { Customers, type CustomerDoc } from '../customers/rows.ts'
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import { Registrations } from '../registrations/rows.ts'
import { registrationStream } from '../registrations/stream.ts'
import { eligibilityStream } from '../roles/eligibilityStream.ts'
import { roleStream } from '../roles/stream.ts'
import type { Go, Job } from '../sync/job.ts'
import { Tenants } from '../tenants/rows.ts'
import { privilegedAccountsMfaCapable } from './checks/privilegedAccounts.ts'
import { evidenceOf } from './evidence.ts'
import { Findings } from './findingRows.ts'
import { coverageOf, enabledMembers, judgeAccounts, privilegedHolders, type Check } from './judged.ts'
import { evidenceMarks, type EvidenceMark } from './mark.ts'
import { Postures, type PostureDoc } from './postureRows.ts'
import { Results } from './resultRows.ts'
import { statesIn } from './states.ts'

const checks: readonly Check[] = [privilegedAccountsMfaCapable]

export const judging: Job = {
  name: 'judging',
  about: 'customer',
  follows: {
    restsOn: [accountStream.name, registrationStream.name, roleStream.name, eligibilityStream.name],
    async concerns(db, tenantId) {
      const [tenant, customers] = await Promise.all([db(Tenants).get(tenantId), db(Customers).matches()])
      if (tenant === null) return []
      // Accounts at a customer's domains lie in the MSP's own tenant as well.
      return customers.filter(({ _id, domains }) => (tenant.customerId === null ? domains.length > 0 : _id === tenant.customerId)).map(({ _id }) => _id)
    },
    async outdated(db, customerIds, read) {
      const customers = (await db(Customers).of([...customerIds])).filter(({ archivedAt }) => archivedAt === null)
      const [marks, postures] = await Promise.all([evidenceMarks(db, customers), db(Postures).of(customers.map(({ _id }) => _id))])
      const isOutdated = ({ _id }: CustomerDoc) => !restsOn(postures.get(_id), marks.get(_id)!)
      if (read.stream === registrationStream.name) {
        for (const customer of customers.filter((one) => !isOutdated(one))) await sayReadAgain(db, postures.get(customer._id)!, marks.get(customer._id)!, read.tenantId)
      }
      return customers.filter(isOutdated).map(({ _id }) => _id)
    },
  },
  async run(db, customerId, { now, epoch }) {
    const customer = await db(Customers).get(customerId)
    if (customer === null || customer.archivedAt !== null) return
    // Before the evidence itself: what is written while it is gathered makes this one an old mark.
    const mark = (await evidenceMarks(db, [customer])).get(customerId)!
    if (restsOn((await db(Postures).of([customerId])).get(customerId), mark)) return
    if (await judge(db, customer, { now, epoch })) await db(Changes).add(now, [{ kind: 'posture', customerId }])
    await db(Postures).restsOn(customerId, epoch, mark.mark)
  },
}

const restsOn = (posture: PostureDoc | undefined, { mark }: EvidenceMark): boolean => mark !== null && posture?.evidence === mark

/** How old it is, is said in lists across customers: what is still true is not shown as old. */
async function sayReadAgain(db: Database, posture: PostureDoc, { tenantIds }: EvidenceMark, tenantId: string): Promise<void> {
  if (!tenantIds.includes(tenantId)) return
  const oldest = await db(Registrations).oldest(tenantIds)
  if (oldest !== null) await db(Postures).readAgain(posture, oldest)
}

/** Judges a customer anew. @returns whether anything that people are told has changed */
async function judge(db: Database, customer: { _id: string; domains: string[] }, { now, epoch }: Pick<Go, 'now' | 'epoch'>): Promise<boolean> {
  const evidence = await evidenceOf(db, customer)
  const judged = judgeAccounts(evidence)
  const before = await db(Findings).ofCustomer(customer._id)
  const tenantIds = [...new Set([...evidence.tenantIds, ...before.map(({ tenantId }) => tenantId)])]
  const read = await statesIn(db, tenantIds)
  const areRolesRead = (tenantId: string) => read.roles.get(tenantId)?.lastSuccessAt != null
  const isRead = (tenantId: string) => areRolesRead(tenantId) && read.accounts.get(tenantId)?.lastSuccessAt != null
  const isNewest = await db(Postures).put({
    _id: customer._id,
    mfa: coverageOf(enabledMembers(judged)),
    privilegedMfa: evidence.tenantIds.every(areRolesRead) ? coverageOf(privilegedHolders(judged)) : null,
    accounts: judged.length,
    judgedAt: now,
    epoch,
  })
  // Its lease was lost while it judged, and somebody else knows more by now.
  if (!isNewest) throw new AppError('leaseLost')
  let news = false
  for (const check of checks) {
    const known = before.filter((finding) => finding.check === check.id)
    const { findings, ...result } = check.judge(customer._id, judged, known, isRead, now)
    await db(Findings).write(findings, epoch)
    // A tenant was disconnected, or is being read anew: the numbers that people were told stay, with their date, until there is news.
    if (findings.length === 0 && known.some(({ state, tenantId }) => state === 'open' && !isRead(tenantId))) continue
    const { changed } = await db(Results).put({ ...result, customerId: customer._id, check: check.id, judgedAt: now }, epoch)
    if (changed || findings.length > 0) news = true
  }
  return news
}
