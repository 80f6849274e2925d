// Accounts and tenants by hand: /simulator/accounts and /simulator/tenants/{tenantId}.
import { Refusal } from './http.ts'
import { findTenant, type Simulation } from './simulation.ts'
import { addUser, freshSecret, registration, roleOf, ROLE_TEMPLATES } from './world/directory.ts'
import { emptyMailbox, once } from './world/mailbox.ts'
import type { MailboxState, Tenant, User } from './world/model.ts'
import { findUser } from './world/world.ts'

type Body = Record<string, unknown>

const MAILBOX_STATES: readonly string[] = ['ok', 'onPremises', 'unlicensed', 'removed', 'missing'] satisfies MailboxState[]
const DAY = 86_400_000

const isAdmin = (tenant: Tenant, user: User): boolean => tenant.roles.some((r) => r.members.includes(user.id))

/** An account to act on when nobody was named: the desk's buttons need no choice. */
function usual(tenant: Tenant, action: string): User | undefined {
  const admins = [...tenant.users.values()].filter((u) => isAdmin(tenant, u) && u.accountEnabled)
  if (action === 'registerMfa') return admins.find((u) => !u.registration?.capable)
  if (action === 'removeMfa') return admins.find((u) => u.registration?.capable)
  return action === 'removeAdministrator' ? admins[0] : undefined
}

/** POST /simulator/accounts. */
export function changeAccount(sim: Simulation, body: Body): { userId: string; userPrincipalName: string } {
  const tenant = findTenant(sim.world, typeof body.tenantId === 'string' ? body.tenantId : '')
  if (!tenant) throw new Refusal(404, 'There is no such tenant.')
  const action = String(body.action)
  const named = body.userId ?? body.userPrincipalName
  const now = sim.clock.now()
  const role = typeof body.role === 'string' ? body.role : 'Global Administrator'
  if (!(role in ROLE_TEMPLATES)) throw new Refusal(400, `role is one of ${Object.keys(ROLE_TEMPLATES).join(', ')}.`)
  let user = named === undefined ? usual(tenant, action) : findUser(tenant, typeof named === 'string' ? named : '')
  const isNew = action === 'create' || (action === 'addAdministrator' && !user)
  if (isNew) {
    if (user) throw new Refusal(409, 'There is such an account already.')
    const upn = typeof body.userPrincipalName === 'string' ? body.userPrincipalName : `new.${sim.random.token(6)}@${tenant.domains[0] as string}`
    user = addUser(tenant, sim.random, now, { upn, name: typeof body.displayName === 'string' ? body.displayName : 'Nova Newcomer', registration: registration([], now) })
  }
  if (!user) throw new Refusal(404, 'There is no such account.')
  const { id } = user
  if (action === 'registerMfa') user.registration = registration(['microsoftAuthenticatorPush'], now)
  else if (action === 'removeMfa') user.registration = registration([], now)
  else if (action === 'addAdministrator') {
    const members = roleOf(tenant, sim.random, role).members
    if (!members.includes(id)) members.push(id)
  } else if (action === 'removeAdministrator') {
    for (const r of tenant.roles) if (body.role === undefined || r.name === role) r.members = r.members.filter((m) => m !== id)
  } else if (action === 'disable' || action === 'enable') user.accountEnabled = action === 'enable'
  else if (action === 'assignLicense' || action === 'removeLicense') {
    const sku = tenant.skus.find((s) => s.partNumber === body.sku || s.id === body.sku)
    if (!sku) throw new Refusal(400, `sku is one of ${tenant.skus.map((s) => s.partNumber).join(', ')}.`)
    user.licences = user.licences.filter((l) => l !== sku.id).concat(action === 'assignLicense' ? sku.id : [])
  } else if (action === 'delete') {
    tenant.users.delete(id)
    tenant.mailboxes.delete(id)
    for (const group of [...tenant.roles, ...tenant.groups.values()]) group.members = group.members.filter((m) => m !== id)
    for (const list of ['granted', 'eligible'] as const) tenant[list] = tenant[list].filter((g) => g.principalId !== id)
  } else if (action !== 'create') throw new Refusal(400, 'There is no such action.')
  // A deleted account can be restored for thirty days: the directory calls that "changed" (delta-query-overview).
  if (!isNew) tenant.userLog.record(id, action === 'delete' ? { removed: 'changed' } : action.endsWith('License') ? { property: 'assignedLicenses' } : {})
  sim.events.emit('change', 'accounts')
  return { userId: id, userPrincipalName: user.userPrincipalName }
}

/** POST /simulator/tenants/{tenantId}. */
export function changeTenant(sim: Simulation, tenantId: string, body: Body): { clientSecret: string } {
  const tenant = findTenant(sim.world, tenantId)
  if (!tenant) throw new Refusal(404, 'There is no such tenant.')
  if (Array.isArray(body.permissions)) tenant.app.permissions = (body.permissions as unknown[]).map(String)
  const now = sim.clock.now()
  if (body.secret === 'expire') tenant.app.secretTo = now
  else if (body.secret === 'expiresIn' && typeof body.days === 'number') tenant.app.secretTo = now + body.days * DAY
  else if (body.secret === 'rotate') {
    Object.assign(tenant.app, { secret: freshSecret(sim.random), secretId: sim.random.guid(), secretFrom: now, secretTo: now + 365 * DAY })
  } else if (body.secret !== undefined) throw new Refusal(400, 'secret is "expire", "rotate", or "expiresIn" with days.')
  if (typeof body.premium === 'boolean') tenant.premium = body.premium
  if (body.mailboxState !== undefined) {
    const { upn, state } = body.mailboxState as Body
    const owner = findUser(tenant, String(upn))
    if (!owner) throw new Refusal(404, 'There is no such account.')
    if (!MAILBOX_STATES.includes(String(state))) throw new Refusal(400, `state is one of ${MAILBOX_STATES.join(', ')}.`)
    tenant.mailboxStates.set(owner.id, state as MailboxState)
  }
  if (Array.isArray(body.mailboxes)) {
    const owners = (body.mailboxes as unknown[]).map((upn) => findUser(tenant, String(upn)))
    if (owners.includes(undefined)) throw new Refusal(404, 'There is no such account.')
    for (const id of [...tenant.mailboxes.keys()]) if (!owners.some((o) => o?.id === id)) tenant.mailboxes.delete(id)
    for (const owner of owners) if (owner && !tenant.mailboxes.has(owner.id)) tenant.mailboxes.set(owner.id, once(() => emptyMailbox(sim.random, owner, false)))
  }
  sim.events.emit('change', 'accounts')
  return { clientSecret: tenant.app.secret }
}
