// Tenants by hand: /simulator/tenants.
import { Refusal, texts, textOf, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'
import { findUser, type User } from '../world/accounts.ts'
import { freshSecret } from '../world/applications.ts'
import { emptyMailbox, once, type MailboxState } from '../world/mail/mailbox.ts'
import type { Tenant } from '../world/model.ts'
import { findTenant } from '../world/tenants.ts'

const MAILBOX_STATES: readonly string[] = ['ok', 'onPremises', 'unlicensed', 'removed', 'missing'] satisfies MailboxState[]
const DAY = 86_400_000

/** The tenant of that id or domain; throws Refusal 404. */
export function tenantOf(sim: Simulation, id: unknown): Tenant {
  const tenant = findTenant(sim.world, textOf(id) ?? '')
  if (!tenant) throw new Refusal(404, 'There is no such tenant.')
  return tenant
}

/** The account of that id or user principal name; throws Refusal 404. */
export function userOf(tenant: Tenant, name: unknown): User {
  const user = findUser(tenant, String(name))
  if (!user) throw new Refusal(404, 'There is no such account.')
  return user
}

/** GET /simulator/tenants: what an administrator would type into Outpost. */
export const tenants = ({ world }: Simulation): unknown => world.tenants.map(({ id, name, kind, app, domains, mailboxes, users, customer }) => ({
  tenantId: id, name, kind, clientId: app.clientId, clientSecret: app.secret, clientSecretId: app.secretId, verifiedDomains: domains,
  mailboxes: [...mailboxes.keys()].map((owner) => users.get(owner)?.userPrincipalName), customer,
}))

/** POST /simulator/tenants/{tenantId}. */
export function changeTenant(sim: Simulation, tenantId: string, body: Body): { clientSecret: string } {
  const tenant = tenantOf(sim, tenantId)
  const { app } = tenant
  const now = sim.clock.now()
  app.permissions = texts(body.permissions) ?? app.permissions
  if (body.secret === 'expire') app.secretTo = now
  else if (body.secret === 'expiresIn' && typeof body.days === 'number') app.secretTo = now + body.days * DAY
  else if (body.secret === 'rotate')
    Object.assign(app, { secret: freshSecret(sim.random), secretId: sim.random.guid(), secretFrom: now, secretTo: now + 365 * DAY })
  else if (body.secret !== undefined) throw new Refusal(400, 'secret is "expire", "rotate", or "expiresIn" with days.')
  if (typeof body.premium === 'boolean') tenant.premium = body.premium
  if (typeof body.securityDefaults === 'boolean') tenant.securityDefaults = body.securityDefaults
  if (body.mailboxState !== undefined) {
    const { upn, state } = body.mailboxState as Body
    if (!MAILBOX_STATES.includes(String(state))) throw new Refusal(400, `state is one of ${MAILBOX_STATES.join(', ')}.`)
    tenant.mailboxStates.set(userOf(tenant, upn).id, state as MailboxState)
  }
  const owners = texts(body.mailboxes)?.map((upn) => userOf(tenant, upn))
  if (owners) {
    const before = tenant.mailboxes
    tenant.mailboxes = new Map(owners.map((owner) => [owner.id, before.get(owner.id) ?? once(() => emptyMailbox(sim.random, owner, false))]))
  }
  sim.events.emit('change', 'accounts')
  return { clientSecret: app.secret }
}
