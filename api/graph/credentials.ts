// What proves Outpost to a tenant. A client secret today; whatever else MSAL takes would be told apart here and nowhere else.
import { createHash } from 'node:crypto'

export interface Credentials {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
}

/** The part of MSAL's configuration that holds the proof. */
export const proofOf = ({ clientSecret }: Credentials): { clientSecret: string } => ({ clientSecret })

/** Tells credentials apart without holding them. */
export const keyOf = (credentials: Credentials): string =>
  createHash('sha256').update(JSON.stringify([credentials.tenantId, credentials.clientId, proofOf(credentials)])).digest('hex')
