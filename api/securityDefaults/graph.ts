// Whether a tenant has security defaults on. Graph: "identitySecurityDefaultsEnforcementPolicy".
import type { IdentitySecurityDefaultsEnforcementPolicy } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import type { Graph } from '../graph/graph.ts'
import type { Permission } from '../graph/permission.ts'

export const policyRead: Permission = {
  name: 'Security defaults',
  permission: 'Policy.Read.All',
  orElse: [],
  read: 'whether security defaults are switched on',
  without: 'it stays unknown whether security defaults are switched on',
  paths: [/^\/policies\/identitySecurityDefaultsEnforcementPolicy$/],
}

/** @throws AppError `serviceUnavailable` for an answer that does not say: neither on nor off may be guessed */
export async function readSecurityDefaults(graph: Graph): Promise<boolean> {
  const { isEnabled } = (await graph.get('/policies/identitySecurityDefaultsEnforcementPolicy?$select=id,isEnabled')) as IdentitySecurityDefaultsEnforcementPolicy
  if (typeof isEnabled !== 'boolean') throw new AppError('serviceUnavailable', { cause: new Error('security defaults that are neither on nor off') })
  return isEnabled
}
