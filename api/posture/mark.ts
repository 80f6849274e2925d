// What a judging rests on, in one word: the same word, the same judgement. So nobody is judged anew because a list was read again.
import { createHash } from 'node:crypto'
import { Accounts } from '../accounts/rows.ts'
import type { Database } from '../database/collection.ts'
import { Marks } from '../database/markRows.ts'
import { markId } from '../database/marks.ts'
import { Registrations } from '../registrations/rows.ts'
import { EligibleMembers, RoleMembers } from '../roles/rows.ts'
import { Tenants } from '../tenants/rows.ts'
import { statesIn } from './states.ts'

/** To be raised when evidence is judged otherwise than before: then every customer is judged anew. */
const rules = 1

const lists = [Accounts, Registrations, RoleMembers, EligibleMembers].map(({ name }) => name)

export interface EvidenceMark {
  /** Null: some of it is being written. */
  readonly mark: string | null
  /** Tenants whose rows are in it: the customer's own, and the MSP's where accounts lie at its domains. */
  readonly tenantIds: readonly string[]
}

/** @returns the mark of each of these customers, by id */
export async function evidenceMarks(db: Database, customers: readonly { _id: string; domains: readonly string[] }[]): Promise<Map<string, EvidenceMark>> {
  const tenants = await db(Tenants).owned(customers.map(({ _id }) => _id))
  const of = (customerId: string | null) => tenants.filter((tenant) => tenant.customerId === customerId).map(({ _id }) => _id)
  const own = of(null)
  const ids = tenants.map(({ _id }) => _id)
  const [held, marks, read] = await Promise.all([
    db(Accounts).domainsHeld(own, customers.flatMap(({ domains }) => domains)).then((domains) => new Set(domains)),
    db(Marks).of(ids), statesIn(db, ids),
  ])
  const isRead = (stream: 'accounts' | 'roles', id: string) => read[stream].get(id)?.lastSuccessAt != null
  const markOf = ({ _id, domains }: (typeof customers)[number]): EvidenceMark => {
    const tenantIds = [...of(_id), ...(domains.some((domain) => held.has(domain)) ? own : [])]
    const found = tenantIds.map((id) => [id, isRead('accounts', id), isRead('roles', id), ...lists.map((list) => marks.get(markId(list, id)))] as const)
    if (found.some((one) => one.includes(null))) return { mark: null, tenantIds }
    return { mark: createHash('sha256').update(JSON.stringify([rules, domains, found])).digest('base64url').slice(0, 22), tenantIds }
  }
  return new Map(customers.map((customer) => [customer._id, markOf(customer)]))
}
