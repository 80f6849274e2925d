// The world as it is, for tests to compare with.
import { eventId, SENSITIVITIES } from '../graph/calendar/events.ts'
import { immutableId } from '../graph/mail/ids.ts'
import { assignments } from '../graph/roles/roles.ts'
import type { Simulation } from '../simulation.ts'
import { iCalUIdOf, occurrences, type Occurrence } from '../world/calendar/meetings.ts'
import { consumed } from '../world/licences.ts'
import { wallOf } from '../world/calendar/zones.ts'
import type { Folder, Mailbox } from '../world/mail/mailbox.ts'
import type { Message, Recipient } from '../world/mail/messages.ts'
import type { Tenant } from '../world/model.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** GET /simulator/truth. Opens every mailbox. */
export function truth(sim: Simulation): unknown {
  return { now: iso(sim.clock.now()), tenants: sim.world.tenants.map(tenantTruth) }
}

function tenantTruth(tenant: Tenant): unknown {
  const users = [...tenant.users.values()]
  /** The accounts that hold a role, by themselves or through a group. */
  const accounts = (members: string[]): string[] =>
    [...new Set(members.flatMap((m) => tenant.groups.get(m)?.members ?? [m]))].filter((m) => tenant.users.has(m))
  return {
    tenantId: tenant.id, name: tenant.name, kind: tenant.kind, securityDefaults: tenant.securityDefaults,
    users: users.map(({ licences, ...user }) => ({ ...user, assignedLicenses: licences })),
    mailboxes: [...tenant.mailboxes.values()].map((open) => mailboxTruth(open())),
    roles: tenant.roles.map(({ id, templateId, name, members }) => (
      { id, roleTemplateId: templateId, displayName: name, members, accounts: accounts(members) })),
    roleAssignments: [...assignments(tenant), ...tenant.eligible].map((g) => (
      { roleDefinitionId: g.roleId, principalId: g.principalId, directoryScopeId: g.scope, eligible: tenant.eligible.includes(g) })),
    skus: tenant.skus.map((s) => ({ ...s, consumed: consumed(tenant, s.id) })),
    registrations: users.flatMap(({ id, registration: r }) => (
      r ? [{ id, methodsRegistered: r.methods, isMfaRegistered: r.registered, isMfaCapable: r.capable }] : [])),
  }
}

const participants = (list: Recipient[]): (string | null)[] => list.map((r) => r.address ?? null)

function mailboxTruth(mailbox: Mailbox): unknown {
  /** The folder and those that it lies in, the outermost first. */
  const line = (folder: Folder): [Folder, ...Folder[]] => {
    const parent = mailbox.folders.get(folder.parentId)
    return parent ? [...line(parent), folder] : [folder]
  }
  return {
    upn: mailbox.user.userPrincipalName,
    folders: [...mailbox.folders.values()].map((f) => (
      { id: f.id, wellKnown: f.wellKnown, path: line(f).map((one) => one.name).join('/'), under: line(f)[0].wellKnown })),
    messages: [...mailbox.messages.values()].map(messageTruth),
    meetings: [...mailbox.calendar()].flatMap(([key, meeting]) => occurrences(meeting).map((o) => meetingTruth(key, o))),
  }
}

function messageTruth(m: Message): unknown {
  const { folderId, internetMessageId, subject, isDraft, canaries, expectedCustomers } = m
  return {
    id: immutableId(m), folderId, internetMessageId, subject, isDraft, canaries, expectedCustomers,
    receivedDateTime: iso(m.receivedAt), sentDateTime: iso(m.sentAt), sensitivity: SENSITIVITIES[m.sensitivity],
    from: m.from?.address ?? null, to: participants(m.to), cc: participants(m.cc), bcc: participants(m.bcc),
    hasAttachments: m.attachments.length > 0,
  }
}

function meetingTruth(key: string, o: Occurrence): unknown {
  const { isAllDay, timeZone, sensitivity, organizer, attendees, canaries, expectedCustomers } = o.meeting
  // As Graph shows them in UTC: an all-day event from midnight to midnight.
  const [start, end] = [o.start, o.end].map((at) => iso(isAllDay ? wallOf(at, timeZone) : at))
  return {
    id: eventId(key, o.day), iCalUId: iCalUIdOf(o), start, end, isAllDay, isCancelled: o.isCancelled, type: o.type,
    sensitivity: SENSITIVITIES[sensitivity], subject: o.subject, organizer: organizer.address ?? null,
    attendees: participants(attendees), canaries, expectedCustomers,
  }
}
