// Application permissions of Microsoft Graph. Each subject names its own, beside what it reads with them.

export interface Permission {
  /** What it makes possible, for people. */
  readonly name: string
  /** The permission to ask for. */
  readonly permission: string
  /** Any of these serves as well. */
  readonly orElse: readonly string[]
  /** What is read with it, for people. */
  readonly read: string
  /** What it costs to go without, for people. */
  readonly without: string
  /** What of Graph is refused without it: paths as `plainPath` gives them. */
  readonly paths: readonly RegExp[]
}

/** Whether Outpost can do without a permission that a path needs; null where none is known. */
export type NeededFor = (path: string) => { readonly permission: string; readonly optional: boolean; readonly without: string } | null

export const isGranted = ({ permission, orElse }: Pick<Permission, 'permission' | 'orElse'>, granted: readonly string[]): boolean => [permission, ...orElse].some((name) => granted.includes(name))

/** What to do about permissions that are missing, by their names. */
export const missingSentence = (names: readonly string[]): string =>
  `Admin consent is missing for ${names.join(', ')}. Add ${names.length === 1 ? 'it' : 'them'} as application permission in Entra admin center → App registrations → API permissions, then choose Grant admin consent.`
