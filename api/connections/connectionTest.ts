// Asks Microsoft whether a connection works, before anything is saved: the sign-in, what it may read, and each listed mailbox.
import type { Acting } from '../context.ts'
import { customerDoc } from '../customers/query.ts'
import { AppError, type Problem } from '../errors.ts'
import { openGraph } from '../graph/client.ts'
import { missingSentence } from '../graph/permission.ts'
import { permissionsOf } from '../graph/token.ts'
import { probeMailboxes, type MailboxProbe } from '../mailboxes/probe.ts'
import { readOrganization, readSecretExpiry } from '../tenants/graph.ts'
import type { Connection, ConnectionTest } from './model.ts'
import { refuseWrongOwner } from './owner.ts'
import { featuresOf } from './permissions.ts'

export type Tested = ConnectionTest & { verifiedDomains: string[]; secretExpiresAt: Date | null }

/**
 * What is granted is read from a new token, and for mail and meetings from the mailboxes themselves.
 * @throws AppError with the reason in words: secret, tenant, app, permission (named), mailbox (named)
 */
export async function tested({ db, graph: graphOptions, homeTenantId, now, streams }: Acting, connection: Omit<Connection, 'secretExpiresOn'>): Promise<Tested> {
  const { customerId, mailboxes } = connection
  const kind = customerId === null ? 'msp' : 'customer'
  if (customerId !== null) await customerDoc(db, customerId)
  if (kind === 'msp' && mailboxes.length === 0) throw new AppError('mailboxesMissing')
  if (kind === 'customer' && mailboxes.length > 0) {
    throw new AppError('invalidInput', {
      sentence: 'Only mailboxes of your own technicians are read: leave the mailboxes of a customer’s tenant empty.',
      problems: [{ field: 'mailboxes', message: 'Leave this empty for a customer’s tenant.' }],
    })
  }
  // Fresh, because a cached token still holds the permissions of an hour ago.
  const token = await graphOptions.tokens.get(connection, true)
  // Only now: an id that is mistyped is said to be that. And before somebody grants what such a tenant need not grant.
  refuseWrongOwner(connection, homeTenantId)
  const graph = openGraph(graphOptions, connection)
  const probes = await probeMailboxes(graph, mailboxes, now())
  const features = featuresOf(streams, kind, [...permissionsOf(token), ...provenBy(probes)])
  const missing = features.filter(({ required, granted }) => required && !granted)
  if (missing.length > 0) {
    throw new AppError('consentMissing', {
      sentence: missingSentence(missing.map(({ permission }) => permission)),
      problems: features.filter(({ granted }) => !granted).map(({ permission, without }) => ({ field: 'permissions', message: `${permission}: without it, ${without}.` })),
    })
  }
  const { name: displayName, verifiedDomains } = await readOrganization(graph)
  const name = displayName ?? verifiedDomains[0]!
  const secretExpiresAt = await readSecretExpiry(graph, connection)
  refuseUnreadable(mailboxes, probes)
  refuseDoubles(mailboxes, probes)
  const count = mailboxes.length
  const message = `Connected to ${name} — ${count} ${count === 1 ? 'mailbox' : 'mailboxes'} configured`
  return { tenantName: name, mailboxes: count, features, verifiedDomains, secretExpiresAt, message }
}

/** Permissions that a mailbox has honoured: RBAC for Applications in Exchange grants them without a word in the token. */
function provenBy(probes: readonly MailboxProbe[]): string[] {
  const honoured = (of: 'mail' | 'calendar') => probes.some((probe) => probe[of]?.code !== 'accessDenied' && probe[of]?.code !== 'consentMissing')
  return [...(honoured('mail') ? ['Mail.Read'] : []), ...(honoured('calendar') ? ['Calendars.Read'] : [])]
}

/** @throws AppError `mailboxUnknown` with one problem a reason; another where it was not the mailbox's fault that it could not be asked */
function refuseUnreadable(upns: readonly string[], probes: readonly MailboxProbe[]): void {
  const reasons = new Map<string, string[]>()
  for (const [index, { mail, calendar }] of probes.entries()) {
    for (const reason of new Set([sentenceOf(mail, 'mail'), sentenceOf(calendar, 'meetings')])) {
      if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), upns[index]!])
    }
  }
  const problems = [...reasons].map(([reason, concerned]): Problem => ({ field: 'mailboxes', message: `${named(concerned)}: ${reason}` }))
  if (problems.length > 0) throw new AppError('mailboxUnknown', { problems, sentence: problems.map(({ message }) => message).join(' ') })
}

/** Of very many the first are enough to find out what went wrong. */
const mostNamed = 5
const named = (upns: readonly string[]): string =>
  new Intl.ListFormat('en-GB').format([...upns.slice(0, mostNamed), ...(upns.length > mostNamed ? [`${upns.length - mostNamed} more`] : [])])

/** One mailbox under two addresses would be read and counted twice. @throws AppError `invalidInput` */
function refuseDoubles(upns: readonly string[], probes: readonly MailboxProbe[]): void {
  const ofUser = new Map<string, string[]>()
  for (const [index, upn] of upns.entries()) {
    const { userId } = probes[index]!
    if (userId !== null) ofUser.set(userId, [...(ofUser.get(userId) ?? []), upn])
  }
  const problems = [...ofUser.values()].filter((same) => same.length > 1).map((same): Problem => ({
    field: 'mailboxes', message: `${named(same)} are one mailbox. Leave ${same.length === 2 ? 'one of them' : 'all but one'} out.`,
  }))
  if (problems.length > 0) throw new AppError('invalidInput', { problems, sentence: problems.map(({ message }) => message).join(' ') })
}

function sentenceOf(error: AppError | null, what: string): string | null {
  switch (error?.code) {
    // It is there: it will be read as soon as that is possible, and says so until then.
    case undefined:
    case 'mailboxFull':
    case 'mailboxMoving':
      return null
    case 'mailboxUnknown':
    case 'gone':
      return 'There is no mailbox for this user: misspelt, without an Exchange Online licence, or on-premises.'
    case 'accessDenied':
      return `Microsoft denied access to its ${what}. Check the app’s permissions, and any access policy or role assignment in Exchange that limits it to some mailboxes.`
    case 'refused':
      return error.asked
    default:
      throw error!
  }
}
