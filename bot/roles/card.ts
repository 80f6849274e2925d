// Who holds privileged roles at a customer, and who lacks MFA.
import type { Card } from '../adapter/port.ts'
import type { AccountList, AccountRow, Coverage, Posture, PrivilegedAccount, RoleHeld } from '../../api/model/posture.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, facts, harmless, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import { ageLines, capability, coverageSummary, coverageText } from './coverage.ts'
import type { Links } from './deepLink.ts'
import { understood } from './understood.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** More names than this belong into the tab. */
export const mostNames = 10
const mostRoles = 4

const labelled = ({ roles }: PrivilegedAccount): boolean => roles.some(({ label }) => label === 'privileged')

/** What can be activated through PIM is no less privileged; when it cannot be read, that is said and not left out. */
function eligibilityElements({ eligibility, eligibilityReason }: Posture): Element[] {
  if (eligibility === 'known') return []
  const reason = eligibilityReason === null ? '' : ` ${harmless(eligibilityReason)}`
  return [verbatim(`Unknown: who can activate a role through PIM.${reason}`, { size: 'Small' })]
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

const source = ({ tenants }: Posture): string[] =>
  tenants === 0 ? ['No tenant of this customer is connected; its accounts come from your own tenant.'] : []

const openPosture = ({ id, name }: Named, links: Links) => open('Open in Outpost', links.toTab({ view: 'customer', customerId: id, section: 'posture' }, name))

/** The answer to "admins at …". Names accounts, so it is only ever for a private chat. */
export function adminsCard(customer: Named, posture: Posture, assumed: Assumed, clock: Clock, links: Links): Card {
  const privileged = posture.privilegedAccounts.filter(labelled)
  const highImpact = posture.privilegedAccounts.filter((account) => !labelled(account))
  return toCard({
    summary: `Admins at ${customer.name}: ${String(privileged.length)} privileged`,
    body: [
      title(`Admins at ${escaped(customer.name)}`),
      ...group('Privileged (Microsoft’s label)', privileged, 'privileged'),
      ...(highImpact.length === 0 ? [] : group('High impact (our list), and not privileged', highImpact, 'highImpact')),
      ...eligibilityElements(posture),
      understood(customer.name, ['admins', 'whoever holds a directory role on either list'], assumed),
      ...[...source(posture), ...ageLines(posture, clock, true)].map((line) => aside(escaped(line))),
    ],
    actions: [openPosture(customer, links), ask('Who has no MFA', `who has no mfa at ${customer.name}`), ask('Help', 'help')],
  })
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

/**
 * The answer to "who has no mfa at …".
 * @param lacking the first accounts that are not MFA capable, to be named; null in a channel, where nobody may be named
 */
export function noMfaCard(customer: Named, posture: Posture, lacking: AccountList | null, assumed: Assumed, clock: Clock, links: Links): Card {
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
      ...[...source(posture), ...ageLines(posture, clock, names)].map((line) => aside(escaped(line))),
    ],
    actions: [openPosture(customer, links), ...(names ? [ask('Admins', `admins at ${customer.name}`)] : []), ask('Help', 'help')],
  })
}

/** The answer to "posture of …": counts only, so that it may be read by everybody in a channel. */
export function postureCard(customer: Named, posture: Posture, names: boolean, assumed: Assumed, clock: Clock, links: Links): Card {
  const { privilegedAccounts, outside, findings } = posture
  const privileged = privilegedAccounts.filter(labelled).length
  const eligible = posture.eligibility === 'unknown' ? '; who can activate a role through PIM is unknown' : ''
  return toCard({
    summary: `Posture of ${customer.name}: ${coverageSummary(posture)}`,
    body: [
      title(`Posture of ${escaped(customer.name)}`),
      facts([
        ['MFA capable', coverageText(posture.mfa, posture.mfaUnknown)],
        ['Privileged, MFA capable', coverageText(posture.privilegedMfa, posture.privilegedMfaUnknown)],
        ['Hold roles', `${String(privileged)} privileged, ${String(privilegedAccounts.length - privileged)} high impact${eligible}`],
        ['Open findings', String(findings.filter(({ state }) => state === 'open').length)],
        ['Not counted', `${String(outside.guests)} ${outside.guests === 1 ? 'guest' : 'guests'}, ${String(outside.disabled)} disabled`],
      ]),
      textBlock(capability, { size: 'Small' }),
      understood(customer.name, ['posture', 'enabled members, and enabled accounts with a privileged role'], assumed),
      ...[...source(posture), ...ageLines(posture, clock, names)].map((line) => aside(escaped(line))),
    ],
    actions: [
      openPosture(customer, links),
      ask('Who has no MFA', `who has no mfa at ${customer.name}`),
      ask('Admins', `admins at ${customer.name}`),
      ask('Licences', `licences ${customer.name}`),
      ask('All customers', 'posture'),
      ask('Help', 'help'),
    ],
  })
}
