// Accounts by hand: /simulator/accounts.
import { Refusal, textOf, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'
import { addUser, findUser, type User } from '../world/accounts.ts'
import type { AppRole, Tenant } from '../world/model.ts'
import { registration } from '../world/registrations.ts'
import { roleOf, ROLE_TEMPLATES } from '../world/roles.ts'
import { tenantOf, userOf } from './tenants.ts'

/** An account to act on when nobody was named: the desk's buttons need no choice. */
function usual(tenant: Tenant, action: string): User | undefined {
  const admins = [...tenant.users.values()].filter((u) => u.accountEnabled && tenant.roles.some((r) => r.members.includes(u.id)))
  if (action === 'registerMfa') return admins.find((u) => !u.registration?.capable)
  if (action === 'removeMfa') return admins.find((u) => u.registration?.capable)
  return action === 'removeAdministrator' ? admins[0] : undefined
}

function createAccount(sim: Simulation, tenant: Tenant, body: Body): User {
  const now = sim.clock.now()
  const upn = textOf(body.userPrincipalName) ?? `new.${sim.random.token(6)}@${tenant.domains[0] as string}`
  if (findUser(tenant, upn)) throw new Refusal(409, 'There is such an account already.')
  return addUser(tenant, sim.random, now, { upn, name: textOf(body.displayName) ?? 'Nova Newcomer', registration: registration([], now) })
}

function assign(tenant: Tenant, user: User, body: Body, assigned: boolean): void {
  const sku = tenant.skus.find((s) => s.partNumber === body.sku || s.id === body.sku)
  if (!sku) throw new Refusal(400, `sku is one of ${tenant.skus.map((s) => s.partNumber).join(', ')}.`)
  user.licences = user.licences.filter((l) => l !== sku.id).concat(assigned ? sku.id : [])
}

function deleteAccount(tenant: Tenant, { id }: User): void {
  tenant.users.delete(id)
  tenant.mailboxes.delete(id)
  for (const group of [...tenant.roles, ...tenant.groups.values()]) group.members = group.members.filter((m) => m !== id)
  for (const list of ['granted', 'eligible'] as const) tenant[list] = tenant[list].filter((g) => g.principalId !== id)
  tenant.joinable = tenant.joinable.filter((j) => j.principalId !== id)
}

/** A role in Outpost itself, beside those that the person has. */
function giveOutpost({ world: { outpost }, random }: Simulation, { id }: User, { outpost: role }: Body): void {
  if (!Object.hasOwn(outpost.roleIds, role as string)) throw new Refusal(400, `outpost is one of ${Object.keys(outpost.roleIds).join(', ')}.`)
  outpost.assignments.push({ id: random.token(43), role: role as AppRole, principalId: id, principalType: 'User' })
}

/** What can be done to an account. */
const ACTIONS: Record<string, (sim: Simulation, tenant: Tenant, user: User, body: Body) => void> = {
  create: () => undefined,
  delete: (_sim, tenant, user) => deleteAccount(tenant, user),
  disable: (_sim, _tenant, user) => { user.accountEnabled = false },
  enable: (_sim, _tenant, user) => { user.accountEnabled = true },
  registerMfa: (sim, _tenant, user) => { user.registration = registration(['microsoftAuthenticatorPush'], sim.clock.now()) },
  removeMfa: (sim, _tenant, user) => { user.registration = registration([], sim.clock.now()) },
  assignLicense: (_sim, tenant, user, body) => assign(tenant, user, body, true),
  removeLicense: (_sim, tenant, user, body) => assign(tenant, user, body, false),
  giveOutpost: (sim, _tenant, user, body) => giveOutpost(sim, user, body),
  addAdministrator: (sim, tenant, { id }, body) => {
    const { members } = roleOf(tenant, sim.random, textOf(body.role) ?? 'Global Administrator')
    if (!members.includes(id)) members.push(id)
  },
  removeAdministrator: (_sim, tenant, { id }, body) => {
    for (const role of tenant.roles)
      if (body.role === undefined || body.role === role.name) role.members = role.members.filter((m) => m !== id)
  },
}

/** POST /simulator/accounts. */
export function changeAccount(sim: Simulation, body: Body): { userId: string; userPrincipalName: string } {
  const tenant = tenantOf(sim, body.tenantId)
  const action = String(body.action)
  const act = ACTIONS[action]
  if (!act) throw new Refusal(400, `action is one of ${Object.keys(ACTIONS).join(', ')}.`)
  if (body.role !== undefined && !((body.role as string) in ROLE_TEMPLATES))
    throw new Refusal(400, `role is one of ${Object.keys(ROLE_TEMPLATES).join(', ')}.`)
  const named = textOf(body.userId) ?? textOf(body.userPrincipalName)
  const known = named === undefined ? usual(tenant, action) : findUser(tenant, named)
  const isNew = action === 'create' || (action === 'addAdministrator' && !known)
  const user = isNew ? createAccount(sim, tenant, body) : (known ?? userOf(tenant, named))
  act(sim, tenant, user, body)
  // A deleted account can be restored for thirty days: the directory calls that "changed" (delta-query-overview).
  if (!isNew) tenant.userLog.record(user.id, action === 'delete' ? { removed: 'changed' } : {})
  sim.events.emit('change', 'accounts')
  return { userId: user.id, userPrincipalName: user.userPrincipalName }
}
