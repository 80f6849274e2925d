// What a request does that it may not do.
import type { Operation } from './description.ts'
import { MAIL_FILTER } from './mail/messages.ts'
import { parsePrefer } from './prefer.ts'

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
