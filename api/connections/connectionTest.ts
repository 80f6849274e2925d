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
import { featuresOf } from './permissions.ts'

type Tested = ConnectionTest & { verifiedDomains: string[]; secretExpiresAt: Date | null }

/**
 * What is granted is read from a new token, and for mail and meetings from the mailboxes themselves.
 * @throws AppError with the reason in words: secret, tenant, app, permission (named), mailbox (named)
 */
export async function tested({ db, graph: graphOptions, now, streams }: Acting, connection: Omit<Connection, 'secretExpiresOn'>): Promise<Tested> {
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
  const { name: told, verifiedDomains } = await readOrganization(graph)
  const name = told ?? verifiedDomains[0]!
  const secretExpiresAt = await readSecretExpiry(graph, connection)
  const problems = probes.flatMap((probe, index) => problemsOf(mailboxes[index]!, probe))
  if (problems.length > 0) throw new AppError('mailboxUnknown', { problems, sentence: problems.map(({ message }) => message).join(' ') })
  const count = mailboxes.length
  const message = `Connected to ${name} — ${count} ${count === 1 ? 'mailbox' : 'mailboxes'} configured`
  return { tenantName: name, mailboxes: count, features, verifiedDomains, secretExpiresAt, message }
}

/** Permissions that a mailbox has honoured: RBAC for Applications in Exchange grants them without a word in the token. */
function provenBy(probes: readonly MailboxProbe[]): string[] {
  const honoured = (of: 'mail' | 'calendar') => probes.some((probe) => probe[of]?.code !== 'accessDenied' && probe[of]?.code !== 'consentMissing')
  return [...(honoured('mail') ? ['Mail.Read'] : []), ...(honoured('calendar') ? ['Calendars.Read'] : [])]
}

/** What is wrong with one mailbox. @throws AppError when it was not the mailbox's fault that it could not be asked */
function problemsOf(upn: string, { mail, calendar }: MailboxProbe): Problem[] {
  const reasons = [sentenceOf(mail, 'mail'), sentenceOf(calendar, 'meetings')].filter((reason) => reason !== null)
  return [...new Set(reasons)].map((reason) => ({ field: 'mailboxes', message: `${upn}: ${reason}` }))
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
      return error.message
    default:
      throw error!
  }
}
