// How well a customer's accounts are protected by MFA. In a channel: counts only.
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomer } from '../parts/buttons.ts'
import { ask, escaped, facts, harmless, textBlock, title, toCard, verbatim, type CardContext } from '../parts/card.ts'
import { understood } from '../parts/understood.ts'
import { capability, coverageText } from '../security/coverage.ts'
import { coverageSummary, evidenceElements, openFindings } from './evidence.ts'
import type { PostureFacts } from './postureCard.ts'

/** More names than this belong into the tab. */
const mostNames = 5

/** The answer to "mfa …". */
export function mfaCard({ customer, posture, names, assumed }: PostureFacts, { times, links }: CardContext): Card {
  const name = escaped(customer.name)
  const open = posture.findings.filter(({ state }) => state === 'open')
  const accounts = open.slice(0, mostNames).map(({ accountName }) => harmless(accountName))
  const more = open.length - accounts.length
  return toCard({
    summary: `MFA at ${customer.name}: ${coverageSummary(posture)}`,
    body: [
      title(`MFA at ${name}`),
      facts([
        ['MFA capable', coverageText(posture.mfa, posture.mfaUnknown)],
        ['Privileged', coverageText(posture.privilegedMfa, posture.privilegedMfaUnknown)],
        ['Open findings', openFindings(posture)],
      ]),
      ...(names && accounts.length > 0 ? [verbatim(`Open: ${accounts.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`)] : []),
      textBlock(capability, { size: 'Small' }),
      understood(customer.name, ['MFA', 'enabled members, and enabled accounts with a privileged role'], assumed),
      ...evidenceElements(posture, times, names),
    ],
    actions: [
      openCustomer(customer, 'posture', links),
      ask('Who has none', `who has no mfa at ${customer.name}`),
      ask('Last email', `last email from ${customer.name}`),
      helpButton,
    ],
  })
}
