// Query filters: parsed once into a test on documents and into the terms that the planner turns into index ranges.
import { fail } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { encodeValue, identity } from './keys.ts'
import { type Doc, field, isDoc, truthy } from './values.ts'

/** One operator on one path; `$or` and `$expr` have no path. A document satisfies a filter if it satisfies all its terms. */
export interface Term { path: string; operator: string; operand: unknown }
export interface Filter { test: (doc: Doc) => boolean; terms: Term[] }

type Test = (value: unknown) => boolean

/** Whether `test` holds for any value that the path reaches, going through arrays as MongoDB does. */
function reach(value: unknown, parts: readonly string[], i: number, test: Test): boolean {
  if (i === parts.length) return test(value)
  const part = parts[i]!
  if (!Array.isArray(value)) return isDoc(value) ? reach(field(value, part), parts, i + 1, test) : test(undefined)
  if (/^\d+$/.test(part) && Number(part) < value.length && reach(value[Number(part)], parts, i + 1, test)) return true
  return value.some((each) => isDoc(each) && reach(each, parts, i, test))
}

/** Lets a test also look at the elements of an array. */
const spread = (test: Test): Test => (value) => test(value) || (Array.isArray(value) && value.some(test))

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) return fail(2, '$in needs an array')
  const wanted = new Set(operand.map((each: unknown) => identity(each ?? null)))
  return spread((value) => wanted.has(identity(value ?? null)))
}

/** Comparison inside a type. */
const compares = (holds: (order: number) => boolean) => (operand: unknown): Test => {
  const wanted = encodeValue(operand)
  return spread((value) => {
    const found = encodeValue(value)
    return found[0] === wanted[0] && holds(Buffer.compare(found, wanted))
  })
}

function matches(pattern: unknown): Test {
  if (typeof pattern !== 'string') return fail(2, '$regex has to be a string')
  try {
    const regex = new RegExp(pattern, 'u')
    return spread((value) => typeof value === 'string' && regex.test(value))
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`)
  }
}

const tests: Record<string, (operand: unknown) => Test> = {
  $in: oneOf, $regex: matches, $exists: () => (value) => value !== undefined,
  $eq: compares((order) => order === 0), $gt: compares((order) => order > 0),
  $gte: compares((order) => order >= 0), $lt: compares((order) => order < 0), $lte: compares((order) => order <= 0),
}
const opposites: Record<string, string> = { $ne: '$eq', $nin: '$in' }

/** The operators on one path as tests of a whole document. */
function compileField(path: string, operand: unknown, terms: Term[]): Filter['test'][] {
  const parts = path.split('.')
  const hasOperators = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$')
  return Object.entries(hasOperators ? operand : { $eq: operand }).map(([operator, value]) => {
    const name = opposites[operator] ?? operator
    if (!Object.hasOwn(tests, name)) return fail(2, `unknown operator: ${operator}`)
    const test = tests[name]!(value)
    const wanted = name === operator && (operator !== '$exists' || truthy(value))
    terms.push({ path, operator, operand: value })
    return (doc) => reach(doc, parts, 0, test) === wanted
  })
}

function listOf(name: string, operand: unknown): Doc[] {
  if (!Array.isArray(operand) || operand.length === 0) return fail(2, `${name} must be a nonempty array`)
  return operand.every(isDoc) ? operand : fail(2, `${name} entries need to be full objects`)
}

function compileAll(query: Doc, now: Date, terms: Term[]): Filter['test'][] {
  return Object.entries(query).flatMap(([name, operand]): Filter['test'][] => {
    if (!name.startsWith('$')) return compileField(name, operand, terms)
    if (name === '$and') return listOf(name, operand).flatMap((each) => compileAll(each, now, terms))
    terms.push({ path: '', operator: name, operand })
    if (name === '$or') {
      const any = listOf(name, operand).map((each) => compileFilter(each, now).test)
      return [(doc) => any.some((test) => test(doc))]
    }
    if (name === '$expr') {
      const expression = compileExpression(operand, now)
      return [(doc) => truthy(expression(doc))]
    }
    return fail(2, `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, ` +
      'consider using $getField or $setField.')
  })
}

/** Parses a filter. What is outside the subset is refused here, before any document is read. */
export function compileFilter(query: Doc, now: Date): Filter {
  const terms: Term[] = []
  const all = compileAll(query, now, terms)
  return { terms, test: (doc) => all.every((test) => test(doc)) }
}
