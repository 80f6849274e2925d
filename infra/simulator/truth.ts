// The world as it is, for tests to compare with.
import { immutableId } from './graph/mail.ts'
import type { Simulation } from './simulation.ts'
import type { Folder, Mailbox, Recipient, Tenant } from './world/model.ts'

const iso = (at: number): string => new Date(at).toISOString()
const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const

/** GET /simulator/truth. Opens every mailbox. */
export function truth(sim: Simulation): unknown {
  return { now: iso(sim.clock.now()), tenants: sim.world.tenants.map((tenant) => tenantTruth(tenant)) }
}

function tenantTruth(tenant: Tenant): unknown {
  const users = [...tenant.users.values()]
  return {
    tenantId: tenant.id, name: tenant.name, kind: tenant.kind,
    users: users.map(({ registration, createdAt, ...user }) => ({ ...user, createdDateTime: iso(createdAt), hasRegistration: registration !== null })),
    mailboxes: [...tenant.mailboxes.values()].map((open) => mailboxTruth(open())),
    roles: tenant.roles.map(({ id, templateId, name, members }) => ({
      id, roleTemplateId: templateId, displayName: name, members, accounts: [...new Set(members.flatMap((m) => tenant.groups.get(m)?.members ?? [m]))].filter((m) => tenant.users.has(m)),
    })),
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
  }
}
