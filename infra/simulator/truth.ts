// The world as it is, for tests to compare with.
import { eventId, SENSITIVITIES } from './graph/calendar.ts'
import { immutableId } from './graph/mail.ts'
import { assignments } from './graph/roles.ts'
import type { Simulation } from './simulation.ts'
import { iCalUIdOf, occurrences } from './world/calendar.ts'
import { consumed } from './world/licences.ts'
import { wallOf } from './world/zones.ts'
import type { Folder, Mailbox, Recipient, Tenant } from './world/model.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** GET /simulator/truth. Opens every mailbox. */
export function truth(sim: Simulation): unknown {
  return { now: iso(sim.clock.now()), tenants: sim.world.tenants.map((tenant) => tenantTruth(tenant)) }
}

function tenantTruth(tenant: Tenant): unknown {
  const users = [...tenant.users.values()]
  return {
    tenantId: tenant.id, name: tenant.name, kind: tenant.kind,
    users: users.map(({ registration, createdAt, licences, ...user }) => ({ ...user, createdDateTime: iso(createdAt), hasRegistration: registration !== null, assignedLicenses: licences })),
    mailboxes: [...tenant.mailboxes.values()].map((open) => mailboxTruth(open())),
    roles: tenant.roles.map(({ id, templateId, name, members }) => ({
      id, roleTemplateId: templateId, displayName: name, members, accounts: [...new Set(members.flatMap((m) => tenant.groups.get(m)?.members ?? [m]))].filter((m) => tenant.users.has(m)),
    })),
    roleAssignments: [...assignments(tenant), ...tenant.eligible].map((g) => (
      { roleDefinitionId: g.roleId, principalId: g.principalId, directoryScopeId: g.scope, eligible: tenant.eligible.includes(g) })),
    skus: tenant.skus.map((s) => ({ ...s, consumed: consumed(tenant, s.id) })),
    registrations: users.flatMap((u) => (u.registration ? [{ id: u.id, methodsRegistered: u.registration.methods, isMfaRegistered: u.registration.registered, isMfaCapable: u.registration.capable }] : [])),
  }
}

function mailboxTruth(mailbox: Mailbox): unknown {
  const path = (folder: Folder): string => {
    const parent = mailbox.folders.get(folder.parentId)
    return parent ? `${path(parent)}/${folder.name}` : folder.name
  }
  const top = (folder: Folder): Folder => {
    const parent = mailbox.folders.get(folder.parentId)
    return parent ? top(parent) : folder
  }
  const participants = (list: Recipient[]): (string | null)[] => list.map((r) => r.address ?? null)
  return {
    upn: mailbox.user.userPrincipalName,
    folders: [...mailbox.folders.values()].map((f) => ({ id: f.id, wellKnown: f.wellKnown, path: path(f), under: top(f).wellKnown })),
    messages: [...mailbox.messages.values()].map((m) => ({
      id: immutableId(m), folderId: m.folderId, internetMessageId: m.internetMessageId, subject: m.subject, receivedDateTime: iso(m.receivedAt), sentDateTime: iso(m.sentAt),
      from: m.from?.address ?? null, to: participants(m.to), cc: participants(m.cc), bcc: participants(m.bcc), sensitivity: SENSITIVITIES[m.sensitivity],
      isDraft: m.isDraft, hasAttachments: m.attachments.length > 0, canaries: m.canaries, expectedCustomers: m.expectedCustomers,
    })),
    meetings: [...mailbox.calendar()].flatMap(([key, meeting]) => occurrences(meeting).map((o) => {
      // As Graph shows them in UTC: an all-day event from midnight to midnight.
      const [start, end] = [o.start, o.end].map((at) => iso(meeting.isAllDay ? wallOf(at, meeting.timeZone) : at))
      return {
        id: eventId(key, o.day), iCalUId: iCalUIdOf(o), start, end, isAllDay: meeting.isAllDay, isCancelled: o.isCancelled, type: o.type,
        sensitivity: SENSITIVITIES[meeting.sensitivity], subject: o.subject, organizer: meeting.organizer.address ?? null,
        attendees: participants(meeting.attendees), canaries: meeting.canaries, expectedCustomers: meeting.expectedCustomers,
      }
    })),
  }
}
