// What a path of Graph asks about. An error means one thing of a mailbox and another of a group, so its meaning is decided by
// this, the status and the code together.

export type Subject =
  | 'mail' | 'folder' | 'calendar' | 'user' | 'accounts' | 'methods' | 'report' | 'group' | 'role' | 'eligibility' | 'groupEligibility' | 'licences' | 'organization'
  | 'application' | 'other'

// The first that fits counts. Graph's links write `mailfolders` where its pages write `mailFolders`.
const subjects: readonly (readonly [RegExp, Subject])[] = [
  [/^\/users\/[^/]+\/mailFolders\b/i, 'folder'],
  [/^\/users\/[^/]+\/messages\b/i, 'mail'],
  [/^\/users\/[^/]+\/(calendarView|calendar|events)\b/i, 'calendar'],
  [/^\/users\/[^/]+\/authentication\b/i, 'methods'],
  [/^\/users(\/(microsoft\.graph\.)?delta\b|$)/i, 'accounts'],
  [/^\/users\//i, 'user'],
  [/^\/reports\//i, 'report'],
  [/^\/groups\b/i, 'group'],
  [/^\/roleManagement\/directory\/roleEligib/i, 'eligibility'],
  [/^\/identityGovernance\/privilegedAccess\/group\//i, 'groupEligibility'],
  [/^\/(roleManagement|directoryRoles)\b/i, 'role'],
  [/^\/subscribedSkus\b/i, 'licences'],
  [/^\/organization\b/i, 'organization'],
  [/^\/(applications|servicePrincipals)\b/i, 'application'],
]

/** @param pathOrLink behind `/v1.0`, or a link of Graph's own, which writes keys as `users('…')`; the query does not count */
export function subjectOf(pathOrLink: string): Subject {
  const path = pathOrLink.replace(/^https?:\/\/[^/]+\/v1\.0/, '').replace(/\?.*$/s, '').replace(/\('([^']*)'\)/g, '/$1')
  return subjects.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'
}
