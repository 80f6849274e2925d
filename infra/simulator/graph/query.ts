// What a request asks for: OData options and the Prefer header.
import { isZone } from '../world/zones.ts'
import type { Operation } from './description.ts'
import { unknown } from './errors.ts'

export interface Prefer {
  pageSize: number | null; immutableIds: boolean; textBodies: boolean; timeZone: string | null
  unknown: string[]; applied: string[]
}

/** Reads a Prefer header; several preferences stand in one header, separated by commas. */
export function parsePrefer(header = ''): Prefer {
  const prefer: Prefer = { pageSize: null, immutableIds: false, textBodies: false, timeZone: null, unknown: [], applied: [] }
  for (const part of header.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((p) => p.trim()).filter((p) => p !== '')) {
    const [, word = '', value = ''] = /^([^=]*)="?(.*?)"?$/.exec(part) ?? []
    const name = word.toLowerCase()
    if (name === 'odata.maxpagesize' && /^[1-9]\d*$/.test(value)) prefer.pageSize = Number(value)
    else if (name === 'idtype' && value === 'ImmutableId') prefer.immutableIds = true
    else if (name === 'outlook.body-content-type' && /^(text|html)$/.test(value)) prefer.textBodies = value === 'text'
    else if (name === 'outlook.timezone' && isZone(value)) prefer.timeZone = value
    else {
      prefer.unknown.push(part)
      continue
    }
    prefer.applied.push(part)
  }
  return prefer
}

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

/** The only filter of a message delta (concepts/delta-query-messages). */
export const MAIL_FILTER = /^receivedDateTime (ge|gt) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/

/** Where the documentation allows less than the description declares (x-doc-restrictions); other such options are a 501 here. */
const FORBIDDEN: Record<string, string[]> = {
  '/users/delta()': ['$top'],
  '/reports/authenticationMethods/userRegistrationDetails': ['$select'],
}

/** What a request does that Graph's description or documentation does not allow. */
export function requestProblems(operation: Operation, search: URLSearchParams, headers: Record<string, string | undefined>): string[] {
  const { template, parameters } = operation
  const problems = [...search].flatMap(([name, value]) => optionProblems(operation, name, value))
  const follows = search.has('$skiptoken') || search.has('$deltatoken')
  const names = [...search.keys()]
  if (follows && names.length > 1) problems.push('options beside a token: a link must be used as it came')
  if (new Set(names).size !== names.length) problems.push('a query option stands twice')
  for (const { name } of parameters.filter((p) => p.required === true && p.in === 'query'))
    if (!follows && !search.has(name)) problems.push(`query option ${name} is missing`)
  const filter = search.get('$filter')
  if (filter !== null && template.endsWith('/messages/delta()') && !MAIL_FILTER.test(filter))
    problems.push('only receivedDateTime ge or gt a value can be filtered')
  if (headers.prefer !== undefined && !parameters.some((p) => p.name === 'Prefer')) problems.push('the header Prefer is not described')
  return [...problems, ...parsePrefer(headers.prefer).unknown.map((part) => `Prefer has the unknown value ${part}`)]
}

function optionProblems({ template, parameters }: Operation, name: string, text: string): string[] {
  const parameter = parameters.find((p) => p.in === 'query' && p.name === name)
  if (!parameter) return [`query option ${name} is not described`]
  if (FORBIDDEN[template]?.includes(name)) return [`query option ${name} is not supported here by the documentation`]
  const allowed = parameter.schema.items?.enum
  // Lists of several kinds of objects are described by their common base only; the documentation selects more (group-list-members).
  if (!allowed || (name === '$select' && allowed.join() === 'id,deletedDateTime')) return []
  const values = name === '$expand' ? [text.replace(/\(.*\)/s, '')] : text.split(',')
  // A part of a complex property can be an order, too: start/dateTime.
  return values.map((value) => value.trim().replace(/ asc$/, '').replace(/^(start|end)\/dateTime/, '$1'))
    .filter((value) => !allowed.includes(value))
    .map((value) => `${name} has the undescribed value ${value}`)
}
