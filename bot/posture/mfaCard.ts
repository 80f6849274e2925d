// How well a customer's accounts are protected by MFA. In a channel: counts only.
import type { Card } from '../adapter/port.ts'
import type { Posture } from '../../api/model/posture.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, facts, harmless, open, textBlock, title, toCard, verbatim } from './card.ts'
import type { Clock } from './clock.ts'
import { ageLines, capability, coverageSummary, coverageText } from './coverage.ts'
import type { Links } from './deepLink.ts'
import { understood } from './understood.ts'

/** More names than this belong into the tab. */
const mostNames = 5

/**
 * @param names whether accounts may be named: in a private chat, never in a channel
 */
export function mfaCard(customer: { id: string; name: string }, posture: Posture, names: boolean, clock: Clock, links: Links, assumed: Assumed = null): Card {
  const name = escaped(customer.name)
  const openFindings = posture.findings.filter(({ state }) => state === 'open')
  const accounts = openFindings.slice(0, mostNames).map(({ accountName }) => harmless(accountName))
  const more = openFindings.length - accounts.length
  const source = posture.tenants === 0 ? ['No tenant of this customer is connected; its accounts come from your own tenant.'] : []
  return toCard({
    summary: `MFA at ${customer.name}: ${coverageSummary(posture)}`,
    body: [
      title(`MFA at ${name}`),
      facts([
        ['MFA capable', coverageText(posture.mfa, posture.mfaUnknown)],
        ['Privileged', coverageText(posture.privilegedMfa, posture.privilegedMfaUnknown)],
        ['Open findings', String(openFindings.length)],
      ]),
      ...(names && accounts.length > 0 ? [verbatim(`Open: ${accounts.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`)] : []),
      textBlock(capability, { size: 'Small' }),
      understood(customer.name, ['MFA', 'enabled members, and enabled accounts with a privileged role'], assumed),
      ...[...source, ...ageLines(posture, clock, names)].map((line) => aside(escaped(line))),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'customer', customerId: customer.id, section: 'posture' }, customer.name)),
      ask('Who has none', `who has no mfa at ${customer.name}`),
      ask('Last email', `last email from ${customer.name}`),
      ask('Help', 'help'),
    ],
  })
}
