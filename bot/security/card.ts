// Posture across customers, and sync across tenants. Counts only.
import type { Card } from '../adapter/port.ts'
import type { Security, SecurityRow, Signal } from '../../api/model/security.ts'
import { percent } from '../../api/model/share.ts'
import type { SyncStatus } from '../../api/model/stream.ts'
import { byReason, isUnread, namesInShort } from '../../api/model/unread.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, harmless, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import { capability, coverageText } from './coverage.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine, neverTried } from './freshness.ts'
import { understood } from './understood.ts'

const mostRows = 10
const mostTenants = 8
const signalNames: Record<Signal, string> = { mfa: 'MFA', privilegedMfa: 'Privileged MFA' }

/** An average says what it averages, over how many, and whom it leaves out. */
function averageElements({ signal, average, customers, of, leftOut, capable, accounts, unknown }: Security['signals'][number]): Element[] {
  const name = signalNames[signal]
  const share = average === null ? 'no average' : `${percent(average)} on average`
  const line = `${name}: ${share} over ${String(customers)} of ${String(of)} customers; ${String(capable)} of ${String(accounts)} accounts capable, ${unknown === 0 ? 'none' : String(unknown)} unknown`
  const reasons = byReason(leftOut).map(({ reason, names }) => `${namesOf(names)} (${harmless(reason.replace(/\.$/, ''))})`)
  return [textBlock(line), ...(reasons.length === 0 ? [] : [verbatim(`Left out: ${reasons.join('; ')}`, { size: 'Small', isSubtle: true })])]
}

function rowElements(row: SecurityRow, clock: Clock): Element[] {
  const name = textBlock(escaped(row.name), { weight: 'Bolder', spacing: 'Medium' })
  if (row.mfa === null) return [name, verbatim(`Unknown. ${row.unknownReason ?? ''}`, { size: 'Small' })]
  const findings = row.openFindings === null ? 'findings unknown' : row.openFindings === 0 ? 'no open finding' : `${String(row.openFindings)} open ${row.openFindings === 1 ? 'finding' : 'findings'}`
  const privileged = row.privilegedMfa === null ? 'unknown' : coverageText(row.privilegedMfa)
  return [
    name,
    textBlock(`MFA ${coverageText(row.mfa)} · privileged ${privileged} · ${findings}`, { size: 'Small', spacing: 'None' }),
    aside(row.asOf === null ? 'Age unknown.' : `As of ${clock.at(row.asOf)}.`),
  ]
}

const namesOf = (names: readonly string[]): string => namesInShort(names.map(harmless))

/** Of whom nothing has been read: the same reason for many customers is said once. */
function unreadElements(items: readonly SecurityRow[]): Element[] {
  const unread = items.filter(isUnread).map(({ name, unknownReason }) => ({ name, reason: unknownReason ?? 'Nothing has been read yet.' }))
  return byReason(unread).map(({ reason, names }) => verbatim(`Unknown for ${namesOf(names)}: ${harmless(reason)}`, { size: 'Small', spacing: 'Medium' }))
}

/** The answer to "posture": every customer, worst first. */
export function securityCard({ signals, items }: Security, assumed: Assumed, clock: Clock, links: Links): Card {
  const known = items.filter((row) => !isUnread(row))
  const hidden = known.length - mostRows
  const worst = items[0]
  return toCard({
    summary: `Posture of ${String(items.length)} customers`,
    body: [
      title('Posture of all customers, worst first'),
      ...(items.length === 0 ? [textBlock('There is no customer yet.')] : signals.flatMap(averageElements)),
      ...known.slice(0, mostRows).flatMap((row) => rowElements(row, clock)),
      ...unreadElements(items),
      ...(hidden > 0 ? [textBlock(`The worst ${String(mostRows)} of ${String(known.length)}. Outpost shows them all.`, { size: 'Small' })] : []),
      textBlock(`${capability} An average is the mean of the customers’ shares; unknown counts as not capable.`, { size: 'Small' }),
      understood(null, ['posture'], assumed),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'security' })),
      ...(worst === undefined ? [] : [ask(`Posture of ${worst.name}`, `posture of ${worst.name}`)]),
      ask('Sync status', 'sync status'),
      ask('Help', 'help'),
    ],
  })
}

type TenantSync = SyncStatus['tenants'][number]

const behindOf = ({ streams }: TenantSync) => streams.filter(({ of, current, asOf }) => current < of || (of > 0 && asOf === null))

function tenantElements(tenant: TenantSync, errors: boolean, clock: Clock): Element[] {
  const { name, streams } = tenant
  const behind = behindOf(tenant)
  const oldest = streams.map(({ asOf }) => asOf).filter((asOf) => asOf !== null).sort()[0]
  const good = `${String(streams.length - behind.length)} of ${String(streams.length)} kinds of data read at the last try`
  // A zero would say that somebody has tried.
  if (streams.every(neverTried)) return [textBlock(escaped(name), { weight: 'Bolder', separator: true, spacing: 'Medium' }), textBlock('Being read for the first time.', { size: 'Small' })]
  const age = oldest === undefined ? 'nothing read completely yet' : `the oldest as of ${clock.at(oldest)}`
  return [
    textBlock(escaped(name), { weight: 'Bolder', separator: true, spacing: 'Medium' }),
    textBlock(`${good}, ${age}.`, { size: 'Small', ...(behind.length > 0 ? { color: 'Attention' } : {}) }),
    ...behind.slice(0, 4).map((freshness) => verbatim(freshnessLine(freshness, clock, errors), { size: 'Small', isSubtle: true })),
    ...(behind.length > 4 ? [aside(`And ${String(behind.length - 4)} more.`)] : []),
  ]
}

/**
 * The answer to "sync status".
 * @param errors whether the last errors may be told: they can name a mailbox, so only in a private chat
 * @param admin leads to the page of the integrations, which others may not see
 */
export function syncCard({ tenants }: SyncStatus, errors: boolean, admin: boolean, clock: Clock, links: Links): Card {
  const hidden = tenants.length - mostTenants
  const worst = tenants.toSorted((a, b) => behindOf(b).length - behindOf(a).length).slice(0, mostTenants)
  return toCard({
    summary: `Sync of ${String(tenants.length)} ${tenants.length === 1 ? 'tenant' : 'tenants'}`,
    body: [
      title('Sync status'),
      ...(tenants.length === 0 ? [textBlock('No tenant is connected yet.')] : worst.flatMap((tenant) => tenantElements(tenant, errors, clock))),
      ...(hidden > 0 ? [textBlock(`The worst ${String(mostTenants)} of ${String(tenants.length)} tenants.`, { size: 'Small' })] : []),
      aside('All tenants · sync status'),
    ],
    actions: [open('Open in Outpost', links.toTab({ view: admin ? 'admin' : 'customers' })), ask('Posture', 'posture'), ask('Help', 'help')],
  })
}
