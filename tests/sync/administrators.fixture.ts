// Administrators at work while processes are killed, and an account of what they were told: what was acknowledged must be there afterwards,
// what was refused must not, and of what got no answer both may be.
import type { TenantInfo } from '../../infra/simulator/desk/simulator.ts'
import type { Customer } from '../../api/customers/model.ts'

type State = Pick<Customer, 'name' | 'aliases' | 'domains' | 'archived'>
type Known = State & Pick<Customer, 'id' | 'revision'>

/** A change that got no answer. @param revision of the customer that it was to change */
interface Open {
  readonly revision: number
  readonly change: Partial<State>
}

export interface Record {
  /** The newest state that somebody was told after a change of theirs. */
  acknowledged: Known
  readonly open: Open[]
}

export interface Account {
  readonly customers: Map<string, Record>
  /** Whether a tenant is connected; null where that got no answer. */
  readonly tenants: Map<string, boolean | null>
  /** What must not happen, in words. */
  readonly wrong: string[]
  acknowledgements: number
}

export interface Ask {
  /** @returns null without an answer that says what has become of it */
  <T>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T } | null>
}

export interface Administrator {
  readonly ask: Ask
  /** 0 to 1. */
  readonly random: () => number
  /** Tenants of customers that nobody else connects or disconnects. */
  readonly tenants: readonly TenantInfo[]
  readonly account: Account
  /** For names that nobody else gives. */
  readonly name: string
  readonly working: () => boolean
}

const stateOf = ({ id, revision, name, aliases, domains, archived }: Customer): Known => ({ id, revision, name, aliases, domains, archived })
const textOf = ({ revision, name, aliases, domains, archived }: Omit<Known, 'id'>) => JSON.stringify({ revision, name, aliases, domains: domains.toSorted(), archived })

/** Whether a state follows from what was acknowledged, by none or some of the changes that got no answer. */
export function follows({ acknowledged, open }: Record, state: Customer): boolean {
  const wanted = textOf(state)
  const reached = (from: Known): boolean =>
    from.revision >= state.revision ? textOf(from) === wanted : open.some(({ revision, change }) => revision === from.revision && reached({ ...from, ...change, revision: revision + 1 }))
  return reached(acknowledged)
}

/** Works until it is told to stop: changes, archives and restores customers, makes new ones, connects and disconnects tenants. */
export async function work(administrator: Administrator): Promise<void> {
  const { random, working } = administrator
  for (let turn = 0; working(); turn += 1) {
    const chance = random()
    if (chance < 0.1) await toggleTenant(administrator)
    else if (chance < 0.15) await create(administrator, turn)
    else await change(administrator, turn)
    await new Promise((resolve) => setTimeout(resolve, random() * 100))
  }
}

function acknowledge(account: Account, answer: Customer): void {
  account.acknowledgements += 1
  const known = account.customers.get(answer.id)
  if (known === undefined) account.customers.set(answer.id, { acknowledged: stateOf(answer), open: [] })
  else if (answer.revision > known.acknowledged.revision) known.acknowledged = stateOf(answer)
}

async function create({ ask, account, name }: Administrator, turn: number): Promise<void> {
  const answer = await ask<Customer>('POST', '/customers', { name: `Made by ${name} ${turn}`, domains: [`made-${name}-${turn}.example`] })
  if (answer?.status === 201) acknowledge(account, answer.body)
  else if (answer !== null) account.wrong.push(`making a customer was answered with ${answer.status}`)
}

/** What makes another state of this one. */
function changeOf({ random, name }: Administrator, turn: number, { id, archived, domains }: Customer): Partial<State> {
  const chance = random()
  if (archived ? chance < 0.5 : chance < 0.25) return { archived: !archived }
  const further = `further-${id}.example`
  if (chance < 0.6) return { domains: domains.includes(further) ? domains.filter((domain) => domain !== further) : [...domains, further].sort() }
  return { aliases: [`Alias ${name} ${turn}`] }
}

async function change(administrator: Administrator, turn: number): Promise<void> {
  const { ask, random, account } = administrator
  const ids = [...account.customers.keys()]
  const id = ids[Math.floor(random() * ids.length)]!
  const record = account.customers.get(id)!
  const known = record.acknowledged.revision
  const read = await ask<Customer>('GET', `/customers/${id}`)
  if (read === null) return
  const before = read.body
  if (read.status !== 200 || before.revision < known) return void account.wrong.push(`customer ${id}: ${read.status}, revision ${before.revision} after ${known} was acknowledged`)
  const patch = changeOf(administrator, turn, before)
  const answer = await ask<Customer>('PATCH', `/customers/${id}`, { ...patch, revision: before.revision })
  if (answer === null) return void record.open.push({ revision: before.revision, change: patch })
  if (answer.status === 409) return
  if (answer.status !== 200) return void account.wrong.push(`a change was answered with ${answer.status}: ${JSON.stringify(answer.body)}`)
  acknowledge(account, answer.body)
  const after = stateOf(answer.body)
  if (after.revision === before.revision + 1 && textOf(after) !== textOf({ ...stateOf(before), ...patch, revision: after.revision })) account.wrong.push(`customer ${id} became another than was asked for`)
}

async function toggleTenant({ ask, random, tenants, account }: Administrator): Promise<void> {
  const tenant = tenants[Math.floor(random() * tenants.length)]
  if (tenant === undefined) return
  const { tenantId, clientId, clientSecret, mailboxes, customer } = tenant
  const known = account.tenants.get(tenantId)
  const read = await ask('GET', `/tenants/${tenantId}`)
  if (read === null) return
  const is = read.status === 200
  if (known != null && known !== is) account.wrong.push(`tenant ${tenantId}: ${read.status}, which is not what was acknowledged`)
  const customerId = [...account.customers.values()].find(({ acknowledged }) => acknowledged.name === customer!.name)!.acknowledged.id
  account.tenants.set(tenantId, null)
  const answer = is ? await ask('DELETE', `/tenants/${tenantId}`) : await ask('POST', '/tenants', { tenantId, clientId, clientSecret, mailboxes, customerId })
  if (answer === null) return
  // Connecting asks Microsoft, and can be refused: then it is as it was.
  const done = answer.status < 300
  account.tenants.set(tenantId, done ? !is : is)
  if (done) account.acknowledgements += 1
}
