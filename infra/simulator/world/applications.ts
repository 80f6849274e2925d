// Applications: registrations with their secrets and consents, and the service principals that stand for them.
import { seeded, type Random } from './random.ts'

const DAY = 86_400_000

/** An app registration with its client secret, and the application permissions of Graph that an administrator has consented to. */
export interface App {
  objectId: string; clientId: string; name: string
  secretId: string; secret: string; secretFrom: number; secretTo: number
  permissions: string[]
}

export interface ServicePrincipal { id: string; appId: string; name: string }

/** Of a tenant: Outpost's own registration, and who else stands for an application. */
export interface Applications { app: App; servicePrincipals: Map<string, ServicePrincipal> }

/** The application permissions that an administrator consents to for Outpost: the customers' to none for mail. */
export const PERMISSIONS = {
  msp: ['Directory.Read.All', 'Mail.Read', 'Calendars.Read', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
  customer: ['Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
}

/** An app registration with fresh ids and a secret of the form that Entra makes. */
export function makeApp(random: Random, name: string, permissions: string[], start: number): App {
  const [clientId, secretId, secret] = [random.guid(), random.guid(), freshSecret(random)]
  const objectId = seeded('object', clientId).guid()
  return { objectId, clientId, name, secretId, secret, secretFrom: start - 30 * DAY, secretTo: start + 335 * DAY, permissions }
}

/** Entra's secret values are 40 characters, the fourth to sixth being `8Q~`. */
export function freshSecret(random: Random): string {
  return `${random.token(3)}8Q~${random.token(34)}`
}
