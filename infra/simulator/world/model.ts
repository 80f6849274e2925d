// The words of the simulated Microsoft 365. Times are milliseconds since 1970; Graph's shapes are made in graph/.

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
  version: number
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
  body?: { contentType: 'text' | 'html'; content: string }
  preview?: string
}

export interface Folder { id: string; name: string; parentId: string; wellKnown: string | null; total: number; unread: number; log: ChangeLog }

/** `inFlight` counts the requests being answered now. */
export interface Mailbox { user: User; rootId: string; folders: Map<string, Folder>; messages: Map<string, Message>; folderLog: ChangeLog; inFlight: number }

export interface Registration { methods: string[]; registered: boolean; capable: boolean; preferred: string; updatedAt: number }

export interface User {
  id: string; userPrincipalName: string
  displayName: string; givenName: string | null; surname: string | null
  mail: string | null; proxyAddresses: string[]
  accountEnabled: boolean
  userType: 'Member' | 'Guest'
  jobTitle: string | null; createdAt: number
  registration: Registration | null
}

export interface Group { id: string; name: string; members: string[]; roleAssignable: boolean }
export interface DirectoryRole { id: string; templateId: string; name: string; members: string[] }
export type AppRole = 'Admin' | 'Member' | 'Viewer'
export interface Customer { name: string; aliases: string[]; domains: string[] }

/** An app registration with its client secret, and the application permissions of Graph that an administrator has consented to. */
export interface App { clientId: string; name: string; secretId: string; secret: string; secretExpired: boolean; permissions: string[] }

export interface Tenant {
  id: string; name: string; kind: 'msp' | 'customer'
  /** Verified domains; the first is the default one. */
  domains: string[]
  customer: Customer | null; app: App
  users: Map<string, User>; userLog: ChangeLog
  groups: Map<string, Group>; roles: DirectoryRole[]
  /** By user id; a mailbox is generated when it is first opened. */
  mailboxes: Map<string, () => Mailbox>
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
