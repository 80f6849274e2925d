// How well a customer's accounts are protected by MFA. In a channel: counts only.
import type { Card } from '../adapter/port.ts'
import type { Coverage, Posture } from '../../api/model/posture.ts'
import { aside, ask, escaped, facts, harmless, open, textBlock, title, toCard, verbatim } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine } from './freshness.ts'

/** More names than this belong into the tab. */
const mostNames = 5

const percent = ({ capable, of }: Coverage): string => (of === 0 ? '' : ` (${String(Math.floor((100 * capable) / of))} %)`)

function coverageText(coverage: Coverage): string {
  if (coverage.of === 0) return 'none known'
  const unknown = coverage.unknown === 0 ? 'none unknown' : `${String(coverage.unknown)} unknown`
  return `${String(coverage.capable)} of ${String(coverage.of)}${percent(coverage)}, ${unknown}`
}

/** The oldest evidence in it, and what could not be read lately. */
function ageLines(posture: Posture, clock: Clock, names: boolean): string[] {
  const ages = [posture.mfa.asOf, posture.privilegedMfa.asOf].filter((asOf) => asOf !== null)
  const oldest = ages.length === 0 ? 'Not known yet: the evidence has not been read.' : `As of ${clock.at(ages.toSorted()[0] ?? null)}.`
  const stale = posture.freshness.filter(({ of, current }) => current < of).map((freshness) => freshnessLine(freshness, clock, names))
  return [oldest, ...stale]
}

/**
 * @param names whether accounts may be named: in a private chat, never in a channel
 */
export function mfaCard(customer: { id: string; name: string }, posture: Posture, names: boolean, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const openFindings = posture.findings.filter(({ state }) => state === 'open')
  const accounts = openFindings.slice(0, mostNames).map(({ accountName }) => harmless(accountName))
  const more = openFindings.length - accounts.length
  const source = posture.tenants === 0 ? ['No tenant of this customer is connected; its accounts come from your own tenant.'] : []
  return toCard({
    summary: `MFA at ${customer.name}: ${String(posture.mfa.capable)} of ${String(posture.mfa.of)} accounts are MFA capable`,
    body: [
      title(`MFA at ${name}`),
      facts([
        ['MFA capable', coverageText(posture.mfa)],
        ['Privileged', coverageText(posture.privilegedMfa)],
        ['Open findings', String(openFindings.length)],
      ]),
      ...(names && accounts.length > 0 ? [verbatim(`Open: ${accounts.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`)] : []),
      textBlock('Capable means that a method is registered. It does not say that MFA is enforced.', { size: 'Small' }),
      aside(`${name} · MFA · enabled members, and enabled accounts with a privileged role`),
      ...[...source, ...ageLines(posture, clock, names)].map((line) => aside(escaped(line))),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'customer', customerId: customer.id, section: 'posture' }, customer.name)),
      ask('Last email', `last email from ${customer.name}`),
      ask('Help', 'help'),
    ],
  })
}
