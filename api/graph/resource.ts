// What a path of Graph asks about. An error means one thing of a mailbox and another of a group, so its meaning is decided by
// this, the status and the code together.

export type Resource = 'mail' | 'folder' | 'calendar' | 'user' | 'application' | 'directory' | 'other'

// The first that fits counts. Graph's links write `mailfolders` where its pages write `mailFolders`.
const resources: readonly (readonly [RegExp, Resource])[] = [
  [/^\/users\/[^/]+\/mailFolders\b/i, 'folder'],
  [/^\/users\/[^/]+\/messages\b/i, 'mail'],
  [/^\/users\/[^/]+\/(calendarView|calendar|events)\b/i, 'calendar'],
  [/^\/users\/(?!(microsoft\.graph\.)?delta\b)[^/]+$/i, 'user'],
  [/^\/(applications|servicePrincipals)\b/i, 'application'],
  // What names other objects, and can outlive them.
  [/^\/(groups|directoryObjects|directoryRoles|roleManagement)\b|^\/users\/[^/]+\/authentication\b/i, 'directory'],
]

/** @param pathOrLink behind `/v1.0`, or a link of Graph's own */
export function resourceOf(pathOrLink: string): Resource {
  const path = plainPath(pathOrLink)
  return resources.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'
}

/**
 * The path of a request: without host, version and query, keys in one spelling.
 * @param pathOrLink behind `/v1.0`, or a link of Graph's own, which writes keys as `users('…')`
 */
export function plainPath(pathOrLink: string): string {
  return pathOrLink.replace(/^https?:\/\/[^/]+\/(v1\.0|beta)/, '').replace(/\?.*$/s, '').replace(/\('([^']*)'\)/g, '/$1')
}
