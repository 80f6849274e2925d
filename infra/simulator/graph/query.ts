// What a request asks for: OData options and the Prefer header.
import { isZone } from '../world/zones.ts'
import type { Operation } from './description.ts'
import { badRequest, unknown } from './errors.ts'

export interface Prefer { pageSize: number | null; immutableIds: boolean; textBodies: boolean; timeZone: string | null; unknown: string[]; applied: string[] }

/** Reads a Prefer header; several preferences stand in one header, separated by commas. */
export function parsePrefer(header = ''): Prefer {
  const prefer: Prefer = { pageSize: null, immutableIds: false, textBodies: false, timeZone: null, unknown: [], applied: [] }
  for (const part of header.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((p) => p.trim()).filter((p) => p !== '')) {
    const [name, value] = [part.split('=')[0]?.toLowerCase() ?? '', part.slice(part.indexOf('=') + 1).replace(/^"|"$/g, '')]
    if (name === 'odata.maxpagesize' && /^[1-9]\d*$/.test(value)) prefer.pageSize = Number(value)
    else if (name === 'idtype' && value === 'ImmutableId') prefer.immutableIds = true
    else if (name === 'outlook.body-content-type' && /^(text|html)$/i.test(value)) prefer.textBodies = /^text$/i.test(value)
    else if (name === 'outlook.timezone' && isZone(value)) prefer.timeZone = value
    else if (part.toLowerCase() !== 'return=minimal') {
      prefer.unknown.push(part)
      continue
    }
    prefer.applied.push(part)
  }
  return prefer
}

/** A time as Graph writes it, to the second. */
export const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
export const nothing = (): null => null

/** Query options by name; only those that were given are there. */
export interface Query { $select?: string; $expand?: string; $top?: string; $filter?: string; $orderby?: string; $skiptoken?: string; $deltatoken?: string; [other: string]: string | undefined }

const KNOWN = ['$select', '$top', '$skiptoken', '$deltatoken']

/** Refuses options that the simulator does not know here: what it does not know it never answers as if it did. */
export function only(query: Query, ...known: string[]): void {
  for (const name of Object.keys(query)) if (!KNOWN.includes(name) && !known.includes(name)) throw unknown(`${name} here`)
}

/** Everything that the simulator knows of a kind of item; undefined leaves a property out. */
export type Fields<T> = Record<string, (item: T) => unknown>

/** An item as Graph shows it: the selected properties (or the defaults), always the id. What is described but not known is a 501. */
export function project<T>(fields: Fields<T>, item: T, select: string | undefined, defaults: readonly string[], operation: Operation): Record<string, unknown> {
  const out: Record<string, unknown> = { id: (fields.id as Fields<T>[string])(item) }
  for (const name of select?.split(',').map((s) => s.trim()) ?? defaults) {
    const field = fields[name]
    if (!field) {
      const declared = operation.parameters.find((p) => p.name === '$select')?.schema.items?.enum
      throw declared && !declared.includes(name) ? badRequest(`Could not find a property named '${name}'.`) : unknown(`the property ${name} of ${operation.template}`)
    }
    const value = field(item)
    if (value !== undefined) out[name] = value
  }
  return out
}

/** The items whose values, as Graph shows them, fulfil every `property eq value` of a filter; other filters are not known. */
export function filtered<T>(fields: Fields<T>, items: T[], filter: string | undefined): T[] {
  const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : (value ?? null))
  const tests = filter?.split(/ and /i).map((part) => {
    const m = /^\s*(\w+) eq (?:'((?:[^']|'')*)'|(true|false|null))\s*$/i.exec(part)
    const field = fields[m?.[1] ?? '']
    if (!m || !field) throw unknown(`the filter ${part}`)
    const wanted = m[2] !== undefined ? m[2].replaceAll("''", "'").toLowerCase() : (JSON.parse((m[3] as string).toLowerCase()) as unknown)
    return (item: T) => lower(field(item)) === wanted
  }) ?? []
  return items.filter((item) => tests.every((test) => test(item)))
}

const FORBIDDEN: readonly [RegExp, string[]][] = [
  // The documentation allows less than the description declares (x-doc-restrictions).
  [/^\/users$/, ['$skip']],
  [/^\/(users|groups)\/delta\(\)$/, ['$expand', '$top', '$orderby', '$search', '$skip', '$count']],
  [/\/messages\/delta\(\)$/, ['$search', '$skip', '$count']],
  [/\/calendarView\/delta\(\)$/, ['$select', '$expand', '$filter', '$orderby', '$search', '$top', '$skip', '$count']],
  [/\/contacts\/delta\(\)$/, ['$expand', '$filter', '$orderby', '$search', '$top', '$skip', '$count']],
  [/\/tasks\/delta\(\)$/, ['$search']],
  [/\/userRegistrationDetails$/, ['$select', '$expand', '$search', '$skip', '$count']],
]

/** The only filter of a message delta (concepts/delta-query-messages). */
export const MAIL_FILTER = /^receivedDateTime (ge|gt) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/

/** What a request does that Graph's description or documentation does not allow. */
export function requestProblems(operation: Operation, search: URLSearchParams, headers: Record<string, string | undefined>): string[] {
  const problems: string[] = []
  const { template, parameters } = operation
  const names = [...search.keys()]
  const forbidden = FORBIDDEN.filter(([where]) => where.test(template)).flatMap(([, list]) => list)
  const follows = search.has('$skiptoken') || (search.has('$deltatoken') && search.get('$deltatoken') !== 'latest')
  for (const [name, text] of search) {
    if (follows && name !== '$skiptoken' && name !== '$deltatoken') problems.push(`${name} beside a token: a link must be used as it came`)
    const parameter = parameters.find((p) => p.in === 'query' && p.name === name)
    if (!parameter) problems.push(`query option ${name} is not described`)
    else if (forbidden.includes(name)) problems.push(`query option ${name} is not supported here by the documentation`)
    const allowed = parameter?.schema.items?.enum
    // Lists of several kinds of objects are described by their common base only; the documentation selects more (group-list-members).
    if (!allowed || (name === '$select' && allowed.join() === 'id,deletedDateTime')) continue
    const values = name === '$expand' ? [text.replace(/\(.*\)/s, '')] : [text]
    // A part of a complex property can be an order, too: start/dateTime.
    for (const value of values.flatMap((v) => v.split(',')).map((v) => v.trim().replace(/ asc$/, '').replace(/^(start|end)\/dateTime/, '$1')))
      if (!allowed.includes(value)) problems.push(`${name} has the undescribed value ${value}`)
  }
  for (const { name } of parameters.filter((p) => p.required === true && p.in === 'query'))
    if (!follows && !search.has(name)) problems.push(`query option ${name} is missing`)
  const filter = search.get('$filter')
  const mail = template.endsWith('/messages/delta()')
  if (new Set(names).size !== names.length) problems.push('a query option stands twice')
  if (!/^\d*$/.test(search.get('$top') ?? '')) problems.push('$top is not a number')
  if (filter !== null && mail && !MAIL_FILTER.test(filter)) problems.push('only receivedDateTime ge or gt a value can be filtered')
  if (filter !== null && template === '/users/delta()' && !/^id eq '[^']*'( or id eq '[^']*')*$/.test(filter)) problems.push('only ids can be filtered')
  if (mail && !/^(receivedDateTime desc)?$/.test(search.get('$orderby') ?? '')) problems.push('only receivedDateTime desc is an order')
  const minimal = /^\/(users|groups)\/delta\(\)$/.test(template) && headers.prefer === 'return=minimal'
  if (headers.prefer !== undefined && !minimal && !parameters.some((p) => p.name === 'Prefer')) problems.push('the header Prefer is not described')
  problems.push(...parsePrefer(headers.prefer).unknown.map((p) => `Prefer has the unknown value ${p}`))
  if (headers.consistencylevel !== undefined && headers.consistencylevel !== 'eventual') problems.push('ConsistencyLevel must be eventual')
  return problems
}
