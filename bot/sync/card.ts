// How fresh the data of each tenant is.
import type { SyncStatus } from '../../api/sync/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, type NamedCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { freshnessLine, neverTried } from '../parts/freshness.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'

const mostTenants = 8

export interface SyncFacts extends SyncStatus {
  /** Whose tenants these are; null for all. */
  readonly customer: NamedCustomer | null
  readonly assumed: Assumed
  /** Whether the last errors may be told: they can name a mailbox, so only in a private chat. */
  readonly errors: boolean
  /** Leads to the page of the integrations, which others may not see. */
  readonly admin: boolean
}

type TenantSync = SyncStatus['tenants'][number]

const behindOf = ({ streams }: TenantSync) => streams.filter(({ of, current, asOf }) => current < of || (of > 0 && asOf === null))

function tenantElements(tenant: TenantSync, errors: boolean, times: LocalTimes): Element[] {
  const { name, streams } = tenant
  const behind = behindOf(tenant)
  const oldest = streams.map(({ asOf }) => asOf).filter((asOf) => asOf !== null).sort()[0]
  const good = `${String(streams.length - behind.length)} of ${String(streams.length)} kinds of data read at the last try`
  // A zero would say that somebody has tried.
  if (streams.every(neverTried)) return [textBlock(escaped(name), { weight: 'Bolder', separator: true, spacing: 'Medium' }), textBlock('Being read for the first time.', { size: 'Small' })]
  const age = oldest === undefined ? 'nothing read completely yet' : `the oldest as of ${times.at(oldest)}`
  return [
    textBlock(escaped(name), { weight: 'Bolder', separator: true, spacing: 'Medium' }),
    textBlock(`${good}, ${age}.`, { size: 'Small', ...(behind.length > 0 ? { color: 'Attention' } : {}) }),
    ...behind.slice(0, 4).map((freshness) => verbatim(freshnessLine(freshness, times, errors), { size: 'Small', isSubtle: true })),
    ...(behind.length > 4 ? [aside(`And ${String(behind.length - 4)} more.`)] : []),
  ]
}

/** The answer to "sync status". */
export function syncCard({ tenants, customer, assumed, errors, admin }: SyncFacts, { times, links }: CardContext): Card {
  const hidden = tenants.length - mostTenants
  const worst = tenants.toSorted((a, b) => behindOf(b).length - behindOf(a).length).slice(0, mostTenants)
  return toCard({
    summary: customer === null ? `Sync of ${String(tenants.length)} ${tenants.length === 1 ? 'tenant' : 'tenants'}` : `Sync of ${customer.name}`,
    body: [
      title(customer === null ? 'Sync status' : `Sync status of ${escaped(customer.name)}`),
      ...(tenants.length === 0 ? [textBlock(customer === null ? 'No tenant is connected yet.' : 'No tenant of theirs is connected.')] : worst.flatMap((tenant) => tenantElements(tenant, errors, times))),
      ...(hidden > 0 ? [textBlock(`The worst ${String(mostTenants)} of ${String(tenants.length)} tenants.`, { size: 'Small' })] : []),
      ...(tenants.length > 0 ? [aside('I only show it. “Sync now” in Outpost reads a tenant again.')] : []),
      ...(customer === null ? [aside('All tenants · sync status')] : [aside('Mail and meetings with them are read from our own tenant.'), understood(customer.name, ['sync status of their tenants'], assumed)]),
    ],
    actions: [open('Open in Outpost', links.toTab({ view: admin ? 'admin' : 'customers' })), customer === null ? ask('Posture', 'posture') : ask('Posture', `posture of ${customer.name}`), helpButton],
  })
}
