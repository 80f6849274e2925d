// Who lacks MFA at a customer. In a channel: counts only.
import type { AccountList, AccountRow, Coverage, Posture } from '../../api/posture/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { ask, escaped, facts, harmless, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { understood } from '../parts/understood.ts'
import { capability } from '../security/coverage.ts'
import type { Assumed } from '../understand/intent.ts'
import { eligibilityElements, evidenceElements } from './evidence.ts'

/** More names than this belong into the tab. */
export const mostNames = 10

export interface NoMfaFacts {
  readonly customer: NamedCustomer
  readonly posture: Posture
  /** The first accounts that are not MFA capable, to be named; null in a channel, where nobody may be named. */
  readonly lacking: AccountList | null
  readonly assumed: Assumed
}

/** The first of some names in one line; nothing when there is nobody. @param of how many there are in all */
function namesElements(heading: string, names: readonly string[], of: number): Element[] {
  if (of === 0) return []
  const shown = names.slice(0, mostNames)
  const more = of > shown.length ? ` and ${String(of - shown.length)} more in Outpost` : ''
  return [verbatim(`${heading} (${String(of)}): ${shown.map(harmless).join(', ')}${more}`)]
}

function lackingText({ displayName, privileged }: AccountRow): string {
  return `${displayName}${privileged === null ? ' (roles unknown)' : privileged ? ' (privileged)' : ''}`
}

/** Guests stand outside the coverage, but one that holds a role is no smaller danger. */
function lackingElements({ items, of }: AccountList, { privilegedAccounts }: Posture): Element[] {
  const guests = privilegedAccounts.filter(({ kind, enabled, mfa }) => kind === 'guest' && enabled && mfa?.capable === 'no')
  return [
    ...namesElements('Not MFA capable', items.map(lackingText), of),
    ...namesElements('Guests with a role, not MFA capable', guests.map(({ displayName }) => displayName), guests.length),
  ]
}

/** The answer to "who has no mfa at …". */
export function noMfaCard({ customer, posture, lacking, assumed }: NoMfaFacts, { times, links }: CardContext): Card {
  const { mfa, mfaUnknown, privilegedMfa, privilegedMfaUnknown } = posture
  const name = escaped(customer.name)
  const count = ({ notCapable, of, unknown }: Coverage, why: string | null) => {
    if (why !== null) return `unknown. ${harmless(why)}`
    return of === 0 ? 'no account known' : `${String(notCapable)} of ${String(of)}, ${unknown === 0 ? 'none' : String(unknown)} unknown`
  }
  const names = lacking !== null
  return toCard({
    summary: `Without MFA at ${customer.name}: ${mfaUnknown === null ? `${String(mfa.notCapable)} of ${String(mfa.of)} accounts` : 'unknown'}`,
    body: [
      title(`Who has no MFA at ${name}`),
      facts([
        ['Not MFA capable', count(mfa, mfaUnknown)],
        ['Privileged', count(privilegedMfa, privilegedMfaUnknown)],
      ]),
      ...(names ? lackingElements(lacking, posture) : [textBlock('Names of accounts are never shown here. Ask me in our chat.', { size: 'Small' })]),
      textBlock(capability, { size: 'Small' }),
      ...(names ? eligibilityElements(posture) : []),
      understood(customer.name, ['who has no MFA', 'enabled members, and enabled accounts with a privileged role'], assumed),
      ...evidenceElements(posture, times, names),
    ],
    actions: [openCustomer(customer, 'posture', links), ...(names ? [ask('Admins', `admins at ${customer.name}`)] : []), helpButton],
  })
}
