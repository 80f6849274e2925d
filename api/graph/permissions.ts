// The application permissions that Outpost asks for, and why. docs/permissions.md says the same; a test holds them together.

export const permissions = {
  'Mail.Read': 'mail of the listed mailboxes',
  'Calendars.Read': 'meetings of the listed mailboxes',
  'User.Read.All': 'accounts with their addresses',
  'Directory.Read.All': 'organisation, domains, directory roles and their members, licences, the expiry of Outpost’s own secret, who holds a role in Outpost',
  'AuditLog.Read.All': 'MFA registration details',
  'UserAuthenticationMethod.Read.All': 'method types of privileged accounts where the registration report is not available',
} as const

/** Permissions of the list that a token does not hold. */
export function missingPermissions(granted: readonly string[]): string[] {
  return Object.keys(permissions).filter((name) => !granted.includes(name))
}
