// The simulator's own interface, as far as the desk uses it. docs/seams.md describes it.

export interface Persona {
  upn: string
  name: string
  role: 'Admin' | 'Member' | 'Viewer' | null
  tenantId: string
  userId: string
}

export interface Attachment {
  contentType: string
  content?: unknown
}

/** Something that a person or the bot said in a conversation. */
export interface Activity {
  id: string
  type?: string
  text?: string
  timestamp?: string
  from?: { name?: string }
  fromBot: boolean
  attachments?: Attachment[]
}

export interface Channel {
  installed: boolean
  guests: string[]
  cards: { activityId: string; updatedAt: string | null }[]
  activities: Activity[]
}

export interface TenantInfo {
  tenantId: string
  name: string
  kind: 'msp' | 'customer'
  clientId: string
  clientSecret: string
  mailboxes: string[]
  verifiedDomains: string[]
  customer: { name: string; aliases: string[]; domains: string[] } | null
}

export interface User {
  id: string
  displayName?: string | null
  userPrincipalName: string
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/simulator${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.ok) return (text === '' ? {} : JSON.parse(text)) as T
  const sentence = /"error":\s*"([^"]+)"/.exec(text)?.[1]
  throw new Error(sentence ?? `The simulator answered ${response.status}.`)
}

/** Calls `changed` whenever something happened in Teams, until the returned function is called. */
export function listenToSimulator(changed: () => void): () => void {
  const events = new EventSource('/simulator/events')
  events.onmessage = changed
  // After a lost connection the simulator may be another one.
  events.onopen = changed
  return () => events.close()
}

/** Every call rejects with a sentence when the simulator refuses. */
export const simulator = {
  personas: () => call<Persona[]>('GET', '/personas'),
  token: (upn: string) => call<{ token: string }>('POST', `/personas/${encodeURIComponent(upn)}/token`, {}),
  say: (from: string, text: string, where: 'personal' | 'channel') => call<{ status: number }>('POST', '/chat', { from, text, where }),
  chat: (upn: string) => call<{ activities: Activity[] }>('GET', `/chats/${encodeURIComponent(upn)}`),
  channel: () => call<Channel>('GET', '/channel'),
  install: (action: 'add' | 'remove' | 'addGuest' | 'removeGuest') => call<{ status: number }>('POST', '/channel', { action }),
  tenants: () => call<TenantInfo[]>('GET', '/tenants'),
  users: async () => {
    const truth = await call<{ tenants: { tenantId: string; users: User[] }[] }>('GET', '/truth')
    return new Map(truth.tenants.map((tenant) => [tenant.tenantId, tenant.users]))
  },
  mail: (mail: { mailbox: string; from: string; subject: string; body: string }) =>
    call<{ id: string }>('POST', '/mail', { mailbox: mail.mailbox, from: mail.from, to: [mail.mailbox], subject: mail.subject, body: mail.body }),
  account: (tenantId: string, action: 'registerMfa' | 'removeMfa' | 'addAdministrator', who: { userId?: string; displayName?: string }) =>
    call<{ userId: string; userPrincipalName: string }>('POST', '/accounts', { tenantId, action, ...who }),
  expireSecret: (tenantId: string) => call<object>('POST', `/tenants/${encodeURIComponent(tenantId)}`, { secret: 'expire' }),
}
