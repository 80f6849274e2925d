// Who holds privileged roles at a customer. Names accounts, so it is only ever for a private chat.
import type { Posture, PrivilegedAccount, RoleHeld } from '../../api/posture/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { ask, escaped, harmless, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { understood } from '../parts/understood.ts'
import { eligibilityElements, evidenceElements, isLabelled } from '../posture/evidence.ts'
import type { Assumed } from '../understand/intent.ts'

/** More names than this belong into the tab. */
const mostNames = 10
const mostRoles = 4

export interface AdminsFacts {
  readonly customer: NamedCustomer
  readonly posture: Posture
  readonly assumed: Assumed
}

function roleText({ name, assignment, via, scope }: RoleHeld): string {
  const marks = [...(assignment === 'eligible' ? ['eligible'] : []), ...(via === null ? [] : [`via ${via}`]), ...(scope === 'limited' ? ['limited scope'] : [])]
  return marks.length === 0 ? name : `${name} (${marks.join(', ')})`
}

function mfaText({ mfa }: PrivilegedAccount): string {
  if (mfa === null) return 'MFA does not apply'
  return { yes: 'MFA capable', no: 'not MFA capable', unknown: 'MFA unknown' }[mfa.capable]
}

function accountElements(account: PrivilegedAccount, label: RoleHeld['label']): Element[] {
  const roles = account.roles.filter((role) => role.label === label)
  const more = roles.length > mostRoles ? ` and ${String(roles.length - mostRoles)} more` : ''
  const kind = { member: '', guest: ' · guest', servicePrincipal: ' · application', unknown: ' · no longer known' }[account.kind]
  return [
    verbatim(`${harmless(account.displayName)}${kind}${account.enabled ? '' : ' · disabled'} · ${mfaText(account)}`, { weight: 'Bolder', size: 'Small' }),
    verbatim(`${roles.slice(0, mostRoles).map(roleText).join(', ')}${more}`, { size: 'Small', isSubtle: true }),
  ]
}

function group(heading: string, accounts: readonly PrivilegedAccount[], label: RoleHeld['label']): Element[] {
  const more = accounts.length - mostNames
  return [
    textBlock(`${heading}: ${String(accounts.length)}`, { weight: 'Bolder', separator: true, spacing: 'Medium' }),
    ...accounts.slice(0, mostNames).flatMap((account) => accountElements(account, label)),
    ...(more > 0 ? [textBlock(`And ${String(more)} more in Outpost.`, { size: 'Small' })] : []),
  ]
}

/** The answer to "admins at …". */
export function adminsCard({ customer, posture, assumed }: AdminsFacts, { times, links }: CardContext): Card {
  const privileged = posture.privilegedAccounts.filter(isLabelled)
  const highImpact = posture.privilegedAccounts.filter((account) => !isLabelled(account))
  return toCard({
    summary: `Admins at ${customer.name}: ${String(privileged.length)} privileged`,
    body: [
      title(`Admins at ${escaped(customer.name)}`),
      ...group('Privileged (Microsoft’s label)', privileged, 'privileged'),
      ...(highImpact.length === 0 ? [] : group('High impact (our list), and not privileged', highImpact, 'highImpact')),
      ...eligibilityElements(posture),
      understood(customer.name, ['admins', 'whoever holds a directory role on either list'], assumed),
      ...evidenceElements(posture, times, true),
    ],
    actions: [openCustomer(customer, 'posture', links), ask('Who has no MFA', `who has no mfa at ${customer.name}`), helpButton],
  })
}
