// The words of the simulated Microsoft 365. Times are milliseconds since 1970; Graph's shapes are made in graph/.
import type { Body } from './bodies.ts'
import type { Calendar } from './calendar.ts'

export interface Change { id: string; removed?: 'changed' | 'deleted'; moves?: number }

/** What has changed in one container, in order: a delta cursor is an index into `entries`. */
export class ChangeLog {
  readonly entries: Change[] = []
  private readonly latest = new Map<string, Change>()

  record(id: string, more: Omit<Change, 'id'> = {}): void {
    const change = { id, ...more }
    this.entries.push(change)
    this.latest.set(id, change)
  }

  /** False for a change that a later one has overtaken: delta queries tell only the last state of an item. */
  isLatest(change: Change): boolean { return this.latest.get(change.id) === change }
}

export interface Recipient { name?: string; address?: string }
export interface Attachment { id: string; name: string; contentType: string; content: Buffer }

export interface Message {
  /** Constant for life; `moves` counts the moves, and is part of the mutable id only. */
  key: string
  moves: number
  folderId: string; internetMessageId: string | null; conversationId: string; subject: string
  from: Recipient | null
  to: Recipient[]; cc: Recipient[]; bcc: Recipient[]
  sentAt: number; receivedAt: number
  /** PidTagSensitivity: 0 normal, 1 personal, 2 private, 3 confidential. */
  sensitivity: 0 | 1 | 2 | 3
  isDraft: boolean; isRead: boolean
  attachments: Attachment[]
  /** Text that may never be found outside the mailbox. */
  canaries: string[]
  /** Customers that the message touches, said by whoever wrote it; null when that person did not say. */
  expectedCustomers: string[] | null
  body?: Body
  preview?: string
}

export interface Folder { id: string; name: string; parentId: string; wellKnown: string | null; log: ChangeLog }

/** `inFlight` counts the requests being answered now. */
export interface Mailbox {
  user: User; rootId: string
  folders: Map<string, Folder>; messages: Map<string, Message>; folderLog: ChangeLog
  calendar: () => Calendar
  inFlight: number
}

export interface Registration { methods: string[]; registered: boolean; capable: boolean; updatedAt: number }

export interface User {
  id: string; userPrincipalName: string
  displayName: string
  mail: string | null; proxyAddresses: string[]
  accountEnabled: boolean
  userType: 'Member' | 'Guest'
  jobTitle: string | null
  registration: Registration | null
  /** Ids of the SKUs that are assigned. */
  licences: string[]
}

export interface Group { id: string; name: string; members: string[]; roleAssignable: boolean }
/** An activated role with its direct members for the whole tenant: accounts, groups and service principals. */
export interface DirectoryRole { id: string; templateId: string; name: string; members: string[] }
/** A role held in another way: within an administrative unit, of the tenant's own making, or by eligibility. */
export interface Grant { roleId: string; principalId: string; scope: string; from: number; to: number | null }
/** Somebody who can become a member of a group through PIM for Groups. */
export interface Joinable { groupId: string; principalId: string; from: number }
export interface ServicePrincipal { id: string; appId: string; name: string }
export interface Sku {
  id: string; partNumber: string; plans: [id: string, name: string][]
  status: string; enabled: number; suspended: number; warning: number
}
export type AppRole = 'Admin' | 'Member' | 'Viewer'
export interface Customer { name: string; aliases: string[]; domains: string[] }

/** An app registration with its client secret, and the application permissions of Graph that an administrator has consented to. */
export interface App {
  objectId: string; clientId: string; name: string
  secretId: string; secret: string; secretFrom: number; secretTo: number
  permissions: string[]
}

/** What Exchange says of a mailbox that has one, or has had one. */
export type MailboxState = 'ok' | 'onPremises' | 'unlicensed' | 'removed' | 'missing'

export interface Tenant {
  id: string; name: string; kind: 'msp' | 'customer'
  /** Verified domains; the first is the default one. */
  domains: string[]
  customer: Customer | null; app: App
  users: Map<string, User>; userLog: ChangeLog
  groups: Map<string, Group>; servicePrincipals: Map<string, ServicePrincipal>
  roles: DirectoryRole[]; customRole: { id: string; name: string } | null
  /** Active grants beside the members of `roles`, and those that must be activated first. */
  granted: Grant[]; eligible: Grant[]
  joinable: Joinable[]
  skus: Sku[]
  /** Whether it has Microsoft Entra ID P1. */
  premium: boolean
  /** By user id; a mailbox is generated when it is first opened. */
  mailboxes: Map<string, () => Mailbox>
  mailboxStates: Map<string, MailboxState>
}

export interface AppRoleAssignment { id: string; role: AppRole; principalId: string; principalType: 'User' | 'Group' }

export interface World {
  start: number
  tenants: Tenant[]; msp: Tenant; bot: App
  /** Outpost in the MSP's tenant: its service principal, the ids of its app roles, and who holds them. */
  outpost: { servicePrincipalId: string; roleIds: Record<AppRole, string>; assignments: AppRoleAssignment[] }
  personas: { userId: string; role: AppRole | null }[]
  team: { id: string; name: string; groupId: string; channelId: string; channelName: string }
}
