// Evidence as it is kept: what was read about accounts, and the findings that follow. Rows of the store, judged by api/posture.
import type { Check } from './model.ts'

export interface AccountDoc {
  /** `${tenantId}|${objectId}` */
  _id: string
  tenantId: string
  accountId: string
  displayName: string
  userPrincipalName: string
  /** Lower-case addresses: mail, UPN, proxy addresses. */
  addresses: string[]
  /** The UPN's domain and its parent domains: what matches an account of the MSP's tenant to a customer. */
  domains: string[]
  enabled: boolean
  guest: boolean
  /** Ids of the SKUs assigned to it. */
  licences: string[]
  round: number
}

export interface RegistrationDoc {
  /** `${tenantId}|${objectId}` */
  _id: string
  tenantId: string
  accountId: string
  capable: boolean | null
  registered: boolean | null
  /** Types only. */
  methods: string[]
  readAt: Date
  /**
   * report: Microsoft's registration report. methods: the account's own methods, where the tenant has no report. unreadable: the
   * report has a row that Microsoft does not give out.
   */
  source: 'report' | 'methods' | 'unreadable'
  round: number
}

export interface RoleMemberDoc {
  /** tenant, role, member, group and scope, joined by | */
  _id: string
  tenantId: string
  roleTemplateId: string
  roleName: string
  memberId: string
  memberKind: 'user' | 'group' | 'servicePrincipal' | 'unknown'
  /** Of a service principal; an account's name stands in the directory. */
  memberName: string | null
  assignment: 'active' | 'eligible'
  /** Name of the group through which the role is held. */
  viaGroup: string | null
  scope: 'tenant' | 'limited'
  round: number
}

export interface FindingDoc {
  /** `${customerId}|${check}|${tenantId}|${accountId}` */
  _id: string
  customerId: string
  check: Check
  tenantId: string
  accountId: string
  accountName: string
  state: 'open' | 'resolved'
  reason: string
  openedAt: Date
  resolvedAt: Date | null
}
