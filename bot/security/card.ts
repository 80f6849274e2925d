// Posture across customers. Counts only.
import { percent } from '../../api/posture/share.ts'
import type { Security, SecurityRow, Signal } from '../../api/security/model.ts'
import { byReason, isUnread, namesInShort } from '../../api/security/unread.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton } from '../parts/buttons.ts'
import { aside, ask, escaped, harmless, open, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { capability, coverageText } from './coverage.ts'

const mostRows = 10
const signalNames: Record<Signal, string> = { mfa: 'MFA', privilegedMfa: 'Privileged MFA' }

export interface SecurityFacts {
  readonly security: Security
  readonly assumed: Assumed
}

/** An average says what it averages, over how many, and whom it leaves out. */
function averageElements({ signal, average, customers, of, leftOut, capable, accounts, unknown }: Security['signals'][number]): Element[] {
  const name = signalNames[signal]
  const share = average === null ? 'no average' : `${percent(average)} on average`
  const line = `${name}: ${share} over ${String(customers)} of ${String(of)} customers; ${String(capable)} of ${String(accounts)} accounts capable, ${unknown === 0 ? 'none' : String(unknown)} unknown`
  const reasons = byReason(leftOut).map(({ reason, names }) => `${namesOf(names)} (${harmless(reason.replace(/\.$/, ''))})`)
  return [textBlock(line), ...(reasons.length === 0 ? [] : [verbatim(`Left out: ${reasons.join('; ')}`, { size: 'Small', isSubtle: true })])]
}

function rowElements(row: SecurityRow, times: LocalTimes): Element[] {
  const name = textBlock(escaped(row.name), { weight: 'Bolder', spacing: 'Medium' })
  if (row.mfa === null) return [name, verbatim(`Unknown. ${row.unknownReason ?? ''}`, { size: 'Small' })]
  const findings = row.openFindings === null ? 'findings unknown' : row.openFindings === 0 ? 'no open finding' : `${String(row.openFindings)} open ${row.openFindings === 1 ? 'finding' : 'findings'}`
  const privileged = row.privilegedMfa === null ? 'unknown' : coverageText(row.privilegedMfa)
  return [
    name,
    textBlock(`MFA ${coverageText(row.mfa)} · privileged ${privileged} · ${findings}`, { size: 'Small', spacing: 'None' }),
    aside(row.asOf === null ? 'Age unknown.' : `As of ${times.at(row.asOf)}.`),
  ]
}

const namesOf = (names: readonly string[]): string => namesInShort(names.map(harmless))

/** Of whom nothing has been read: the same reason for many customers is said once. */
function unreadElements(items: readonly SecurityRow[]): Element[] {
  const unread = items.filter(isUnread).map(({ name, unknownReason }) => ({ name, reason: unknownReason ?? 'Nothing has been read yet.' }))
  return byReason(unread).map(({ reason, names }) => verbatim(`Unknown for ${namesOf(names)}: ${harmless(reason)}`, { size: 'Small', spacing: 'Medium' }))
}

/** The answer to "posture": every customer, worst first. */
export function securityCard({ security: { signals, items }, assumed }: SecurityFacts, { times, links }: CardContext): Card {
  const known = items.filter((row) => !isUnread(row))
  const hidden = known.length - mostRows
  const worst = items[0]
  return toCard({
    summary: `Posture of ${String(items.length)} customers`,
    body: [
      title('Posture of all customers, worst first'),
      ...(items.length === 0 ? [textBlock('There is no customer yet.')] : signals.flatMap(averageElements)),
      ...known.slice(0, mostRows).flatMap((row) => rowElements(row, times)),
      ...unreadElements(items),
      ...(hidden > 0 ? [textBlock(`The worst ${String(mostRows)} of ${String(known.length)}. Outpost shows them all.`, { size: 'Small' })] : []),
      textBlock(`${capability} An average is the mean of the customers’ shares; unknown counts as not capable.`, { size: 'Small' }),
      understood(null, ['posture'], assumed),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'security' })),
      ...(worst === undefined ? [] : [ask(`Posture of ${worst.name}`, `posture of ${worst.name}`)]),
      ask('Sync status', 'sync status'),
      helpButton,
    ],
  })
}
