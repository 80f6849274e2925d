// How well a customer is protected. Counts only.
import type { Posture } from '../../api/posture/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { ask, escaped, facts, textBlock, title, toCard, type CardContext } from '../parts/card.ts'
import { understood } from '../parts/understood.ts'
import { capability, coverageText } from '../security/coverage.ts'
import type { Assumed } from '../understand/intent.ts'
import { coverageSummary, evidenceElements, isLabelled, openFindings } from './evidence.ts'

export interface PostureFacts {
  readonly customer: NamedCustomer
  readonly posture: Posture
  /** Whether accounts and mailboxes may be named: in a private chat, never in a channel. */
  readonly names: boolean
  readonly assumed: Assumed
}

/** The answer to "posture of …": counts only, so that it may be read by everybody in a channel. */
export function postureCard({ customer, posture, names, assumed }: PostureFacts, { times, links }: CardContext): Card {
  const { privilegedAccounts, outside } = posture
  const privileged = privilegedAccounts.filter(isLabelled).length
  const eligible = posture.eligibility === 'unknown' ? '; who can activate a role through PIM is unknown' : ''
  return toCard({
    summary: `Posture of ${customer.name}: ${coverageSummary(posture)}`,
    body: [
      title(`Posture of ${escaped(customer.name)}`),
      facts([
        ['MFA capable', coverageText(posture.mfa, posture.mfaUnknown)],
        ['Privileged, MFA capable', coverageText(posture.privilegedMfa, posture.privilegedMfaUnknown)],
        ['Hold roles', `${String(privileged)} privileged, ${String(privilegedAccounts.length - privileged)} high impact${eligible}`],
        ['Open findings', openFindings(posture)],
        ['Not counted', `${String(outside.guests)} ${outside.guests === 1 ? 'guest' : 'guests'}, ${String(outside.disabled)} disabled`],
      ]),
      textBlock(capability, { size: 'Small' }),
      understood(customer.name, ['posture', 'enabled members, and enabled accounts with a privileged role'], assumed),
      ...evidenceElements(posture, times, names),
    ],
    actions: [
      openCustomer(customer, 'posture', links),
      ask('Who has no MFA', `who has no mfa at ${customer.name}`),
      ask('Admins', `admins at ${customer.name}`),
      ask('Licences', `licences ${customer.name}`),
      ask('All customers', 'posture'),
      helpButton,
    ],
  })
}
