// Query filters: parsed once into a test on documents and into the terms that the planner turns into index ranges.
import { fail } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { encodeValue, identity } from './keys.ts'
import { decode, type Doc, field, fieldDecoder, isDoc, show, truthy } from './values.ts'

/** One operator on one path, as a test of a whole document; `$or` and `$expr` have no path. */
export interface Term {
  path: string
  operator: string
  operand: unknown
  test: (doc: Doc) => boolean
  /** The fields of a document that it looks at; undefined: perhaps any. */
  fields: string[] | undefined
}
/** A document satisfies a filter if it satisfies all its terms. */
export interface Filter { terms: Term[]; test: (doc: Doc) => boolean; testRaw: (raw: Buffer) => boolean }

type Test = (value: unknown) => boolean

/** Whether `test` holds for any value that the path reaches, or for an element of it, going through arrays as MongoDB does. */
function reach(value: unknown, parts: readonly string[], i: number, test: Test): boolean {
  if (i === parts.length) return test(value) || (Array.isArray(value) && value.some(test))
  const part = parts[i]!
  if (!Array.isArray(value)) return isDoc(value) ? reach(field(value, part), parts, i + 1, test) : test(undefined)
  const [there, last]: [unknown, boolean] = [/^\d+$/.test(part) ? (value[Number(part)] as unknown) : undefined, i + 1 === parts.length]
  // What is at a position is not taken apart if it ends the path, and lacks nothing unless it is a document.
  if (last ? there !== undefined && test(there) : (isDoc(there) || Array.isArray(there)) && reach(there, parts, i + 1, test)) return true
  return value.some((each) => isDoc(each) && reach(each, parts, i, test))
}

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) return fail(2, '$in needs an array')
  const wanted = new Set(operand.map((each: unknown) => identity(each ?? null)))
  return (value) => wanted.has(identity(value ?? null))
}

/** Comparison inside a type. */
const compares = (holds: (order: number) => boolean) => (operand: unknown): Test => {
  const wanted = encodeValue(operand)
  return (value) => {
    const found = encodeValue(value)
    return found[0] === wanted[0] && holds(Buffer.compare(found, wanted))
  }
}

function matches(pattern: unknown, options: unknown = ''): Test {
  if (typeof pattern !== 'string') return fail(2, '$regex has to be a string')
  if (options !== '' && options !== 'i') return fail(51108, `invalid flag in regex options: ${show(options)}`)
  try {
    const regex = new RegExp(pattern, `u${options}`)
    return (value) => typeof value === 'string' && regex.test(value)
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`)
  }
}

const tests: Record<string, (operand: unknown, options?: unknown) => Test> = {
  $in: oneOf, $regex: matches, $exists: () => (value) => value !== undefined,
  $eq: compares((order) => order === 0), $gt: compares((order) => order > 0),
  $gte: compares((order) => order >= 0), $lt: compares((order) => order < 0), $lte: compares((order) => order <= 0),
}

function compileField(path: string, operand: unknown): Term[] {
  const parts = path.split('.')
  const hasOperators = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$')
  const { $options: options, ...operators } = hasOperators ? operand : { $eq: operand, $options: undefined }
  if (options !== undefined && !('$regex' in operators)) return fail(2, '$options needs a $regex')
  return Object.entries(operators).map(([operator, value]) => {
    const name = { $ne: '$eq', $nin: '$in' }[operator] ?? operator
    if (!Object.hasOwn(tests, name)) return fail(2, `unknown operator: ${operator}`)
    const test = tests[name]!(value, options)
    const positive = name === operator && (operator !== '$exists' || truthy(value))
    return { path, operator, operand: value, test: (doc) => reach(doc, parts, 0, test) === positive, fields: parts.slice(0, 1) }
  })
}

function listOf(name: string, operand: unknown): Doc[] {
  if (!Array.isArray(operand) || operand.length === 0) return fail(2, `${name} must be a nonempty array`)
  return operand.every(isDoc) ? operand : fail(2, `${name} entries need to be full objects`)
}

function compileAll(query: Doc, now: Date): Term[] {
  return Object.entries(query).flatMap(([operator, operand]): Term[] => {
    if (!operator.startsWith('$')) return compileField(operator, operand)
    if (operator === '$and' || operator === '$or') {
      const all = listOf(operator, operand).map((each) => compileFilter(each, now))
      const terms = all.flatMap((each) => each.terms)
      if (operator === '$and' || all.length === 1) return terms
      return [{ path: '', operator, operand, test: (doc) => all.some(({ test }) => test(doc)), fields: fieldsOf(terms) }]
    }
    if (operator === '$expr') {
      const expression = compileExpression(operand, now)
      return [{ path: '', operator, operand, test: (doc) => truthy(expression(doc)), fields: undefined }]
    }
    return fail(2, `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, ` +
      'consider using $getField or $setField.')
  })
}

function fieldsOf(terms: readonly Term[]): string[] | undefined {
  const all = terms.flatMap(({ fields }) => fields ?? [undefined])
  return all.includes(undefined) ? undefined : (all as string[])
}

/** Documents that satisfy all these terms. An encoded one is decoded only as far as they look. */
export function allOf(terms: Term[]): Filter {
  const test = (doc: Doc) => terms.every((term) => term.test(doc))
  const fields = fieldsOf(terms)
  const decodeSome = fields ? fieldDecoder(fields) : decode
  return { terms, test, testRaw: (raw) => test(decodeSome(raw)) }
}

/** Parses a filter. What is outside the subset is refused here, before any document is read. */
export const compileFilter = (query: Doc, now: Date): Filter => allOf(compileAll(query, now))
