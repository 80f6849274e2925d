// Whether somebody who reads in a conversation belongs to the organisation, by what the connector tells of a member.
import type { Membership } from './port.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const own = ['user', 'owner', 'admin']

/**
 * A guest has the role `guest` and the tenant of the team, somebody in a shared channel keeps a tenant of their own, and who joined a
 * meeting without signing in is `anonymous` ("Get Teams specific context for your bot").
 * @param member as in the connector's list
 * @param botId the bot is listed, too
 */
export function membershipOf(member: object, tenantId: string, botId: string): Membership {
  const { id, userRole, tenantId: home, userPrincipalName } = member as Record<string, unknown>
  if (id === botId) return 'own'
  const role = typeof userRole === 'string' ? userRole.toLowerCase() : null
  if (typeof home === 'string' && guid.test(home) && home.toLowerCase() !== tenantId.toLowerCase()) return 'outsider'
  if (typeof userPrincipalName === 'string' && /#ext#/i.test(userPrincipalName)) return 'outsider'
  if (role === null) return null
  return own.includes(role) ? 'own' : 'outsider'
}
