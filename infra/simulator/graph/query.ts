// What a request asks for by OData's options.
import { unknown } from './errors.ts'

/** A time as Graph writes it, to the second. */
export const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** Query options by name; only those that were given are there. */
export type Query = Partial<Record<'$select' | '$expand' | '$top' | '$filter' | '$orderby' | '$skiptoken' | '$deltatoken' | (string & {}), string>>

const KNOWN = ['$select', '$top', '$skiptoken', '$deltatoken']

/** Refuses options that the simulator does not know here: what it does not know it never answers as if it did. */
export function only(query: Query, ...known: string[]): void {
  for (const name of Object.keys(query)) if (!KNOWN.includes(name) && !known.includes(name)) throw unknown(`${name} here`)
}

/** What the simulator knows of a kind of item; undefined leaves a property out. */
export type Fields<T> = Record<string, (item: T) => unknown>

/** An item as Graph shows it: the selected properties, or all that are known, and always the id. */
export function project<T>(fields: Fields<T>, item: T, select: string | undefined): Record<string, unknown> {
  const names = select?.split(',').map((name) => name.trim()) ?? Object.keys(fields)
  const shown = new Set(['id', ...names])
  const strange = [...shown].find((name) => !fields[name])
  if (strange !== undefined) throw unknown(`the property ${strange} here`)
  return Object.fromEntries([...shown].map((name): [string, unknown] => [name, fields[name]?.(item)]).filter(([, value]) => value !== undefined))
}

/** The items of which the filter `property eq 'value'` is true; other filters are not known. */
export function filtered<T>(fields: Fields<T>, items: T[], filter: string | undefined): T[] {
  if (filter === undefined) return items
  const [, name = '', value] = /^(\w+) eq '([^']*)'$/.exec(filter) ?? []
  const field = fields[name]
  if (!field) throw unknown(`the filter ${filter}`)
  return items.filter((item) => field(item) === value)
}
