// Reads the evidence of a customer and writes what follows from it: findings, and the outcome that cards are made from.
import type { Store } from '../database/database.ts'
import { coverageOf, enabledMembers, judgeAccounts, privilegedHolders, type Evidence, type JudgedAccount, type StreamState } from './judged.ts'
import { checkPrivilegedAccounts, privilegedAccountsMfaCapable } from './checks/privilegedAccounts.ts'

/** The evidence about a customer: all accounts of its own tenants, and those of the MSP's tenants whose UPN lies at its domains. */
export async function evidenceOf(store: Store, customer: { _id: string; domains: string[] }): Promise<Evidence & { tenantIds: string[] }> {
  const [tenants, own] = await Promise.all([store.tenants.ofCustomer(customer._id), store.tenants.own()])
  const tenantIds = tenants.map(({ _id }) => _id)
  const ownIds = own.map(({ _id }) => _id)
  const [inTenants, guestsOfMsp] = await Promise.all([
    Promise.all(tenantIds.map((id) => store.accounts.ofTenant(id))),
    customer.domains.length === 0 ? [] : store.accounts.atDomains(ownIds, customer.domains),
  ])
  const accounts = [...inTenants.flat(), ...guestsOfMsp]
  const concerned = [...new Set([...tenantIds, ...guestsOfMsp.map((account) => account.tenantId)])]
  const [registrations, active, eligible, mfa, roles] = await Promise.all([
    store.registrations.of(accounts.map(({ _id }) => _id)),
    Promise.all(concerned.map((id) => store.roleMembers.ofTenant(id))),
    Promise.all(concerned.map((id) => store.eligibleMembers.ofTenant(id))),
    states(store, concerned, 'mfa'),
    states(store, concerned, 'roles'),
  ])
  return { accounts, registrations, roleMembers: [...active.flat(), ...eligible.flat()], mfa, roles, tenantIds: concerned }
}

async function states(store: Store, tenantIds: string[], stream: 'accounts' | 'mfa' | 'roles'): Promise<Map<string, StreamState>> {
  return new Map((await store.units.ofStream(tenantIds, stream)).map((unit) => [unit.tenantId, unit]))
}

/** Judges a customer anew. @returns whether anything that people are told has changed */
export async function assessCustomer(store: Store, customer: { _id: string; domains: string[] }, now: Date): Promise<boolean> {
  const evidence = await evidenceOf(store, customer)
  const judged: JudgedAccount[] = judgeAccounts(evidence)
  const before = await store.findings.ofCheck(customer._id, privilegedAccountsMfaCapable)
  const tenantIds = [...new Set([...evidence.tenantIds, ...before.map(({ tenantId }) => tenantId)])]
  const [accounts, roles] = await Promise.all([states(store, tenantIds, 'accounts'), states(store, tenantIds, 'roles')])
  const rolesRead = (tenantId: string) => roles.get(tenantId)?.lastSuccessAt != null
  const isRead = (tenantId: string) => rolesRead(tenantId) && accounts.get(tenantId)?.lastSuccessAt != null
  await store.postures.put({
    _id: customer._id,
    mfa: coverageOf(enabledMembers(judged)),
    privilegedMfa: evidence.tenantIds.every(rolesRead) ? coverageOf(privilegedHolders(judged)) : null,
    accounts: judged.length,
    assessedAt: now,
  })
  const { findings, ...outcome } = checkPrivilegedAccounts(customer._id, judged, before, isRead, now)
  await store.findings.write(findings)
  // A tenant was disconnected, or is being read anew: the numbers that people were told stay, with their date, until there is news.
  if (findings.length === 0 && before.some(({ state, tenantId }) => state === 'open' && !isRead(tenantId))) return false
  const { changed } = await store.assessments.put({ ...outcome, customerId: customer._id, check: privilegedAccountsMfaCapable, assessedAt: now })
  return changed || findings.length > 0
}
