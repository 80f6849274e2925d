// The one permission that every tenant grants.
import type { Permission } from '../graph/permission.ts'

export const directoryRead: Permission = {
  name: 'Accounts, roles and licences',
  permission: 'Directory.Read.All',
  orElse: [],
  read: 'organisation, domains, accounts with their addresses, directory roles and their members, licences, the expiry of Outpost’s own secret, who holds a role in Outpost',
  without: 'nothing of the tenant can be read',
  paths: [
    /^\/organization$/, /^\/users(\/(microsoft\.graph\.)?delta(\(\))?|\/[^/]+)?$/, /^\/groups\b/, /^\/directoryObjects\b/, /^\/directoryRoles\b/,
    /^\/roleManagement\/directory\/role(Assignments|Definitions)\b/, /^\/subscribedSkus$/, /^\/(applications|servicePrincipals)\b/,
  ],
}
