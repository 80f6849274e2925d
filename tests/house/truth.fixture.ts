// The world as the simulator knows it, and whose its addresses are: reckoned here, so that what the product kept can be held against it.
import { domainToASCII } from 'node:url'
import type { House } from './house.fixture.ts'

export interface TruthMessage {
  id: string
  folderId: string
  subject: string
  receivedDateTime: string
  from: string | null
  /** Null: a recipient without an address. */
  to: (string | null)[]
  cc: (string | null)[]
  bcc: (string | null)[]
  sensitivity: string
  hasAttachments: boolean
  canaries: string[]
}

export interface TruthMeeting {
  id: string
  start: string
  end: string
  isAllDay: boolean
  isCancelled: boolean
  type: string
  sensitivity: string
  subject: string
  organizer: string | null
  attendees: (string | null)[]
  canaries: string[]
}

export interface TruthUser {
  id: string
  displayName: string
  userPrincipalName: string
  mail: string | null
  proxyAddresses: string[]
  accountEnabled: boolean
  userType: string
  jobTitle: string | null
  assignedLicenses: string[]
}

export interface TruthTenant {
  securityDefaults: boolean
  tenantId: string
  name: string
  users: TruthUser[]
  mailboxes: {
    upn: string
    folders: { id: string; wellKnown: string | null; under: string | null }[]
    messages: TruthMessage[]
    meetings: TruthMeeting[]
  }[]
  roles: { id: string; roleTemplateId: string; displayName: string }[]
  roleAssignments: { roleDefinitionId: string; principalId: string; directoryScopeId: string; eligible: boolean }[]
  registrations: { id: string; methodsRegistered: string[]; isMfaRegistered: boolean; isMfaCapable: boolean }[]
}

export interface Truth {
  tenants: TruthTenant[]
  /** Whose an address is; null for a stranger's, and for what is no address. */
  sideOf(address: string | null): 'customer' | 'msp' | null
}

/** An address in one form: lower case, its domain in ASCII; null for what is none. */
export function normal(address: string | null): string | null {
  const [, local, domain] = /^(.+)@([^@/]+?)\.?$/.exec(address ?? '') ?? []
  return domain === undefined ? null : `${local!.toLowerCase()}@${domainToASCII(domain)}`
}

/** The addresses of an account: its own and its proxies, X.500 names left out. */
export function addressesOf({ userPrincipalName, mail, proxyAddresses }: TruthUser): string[] {
  const all = [userPrincipalName, mail, ...proxyAddresses.map((one) => one.replace(/^smtp:/i, ''))].map(normal)
  return [...new Set(all.filter((one) => one !== null))]
}

export const isPrivate = ({ sensitivity }: { sensitivity: string }) => ['private', 'confidential'].includes(sensitivity)

export async function truthOf(house: House): Promise<Truth> {
  const { tenants } = await house.simulator<{ tenants: TruthTenant[] }>('GET', '/truth')
  const connected = await house.simulator<{ verifiedDomains: string[]; customer: { domains: string[] } | null }[]>('GET', '/tenants')
  const customers = connected.flatMap(({ customer }) => customer?.domains ?? [])
  const own = connected.filter(({ customer }) => customer === null).flatMap(({ verifiedDomains }) => verifiedDomains)
  const lies = (address: string, domains: string[]) => domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`))
  return {
    tenants,
    sideOf(given) {
      const address = normal(given)
      if (address === null) return null
      return lies(address, customers) ? 'customer' : lies(address, own) ? 'msp' : null
    },
  }
}

/** Everybody who takes part in a message or a meeting. */
export const everyoneIn = (item: TruthMessage | TruthMeeting): (string | null)[] =>
  'organizer' in item ? [item.organizer, ...item.attendees] : [item.from, ...item.to, ...item.cc, ...item.bcc]
