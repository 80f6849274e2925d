// Query filters: parsed once into a test on documents and into the facts that the planner turns into index ranges.
import { BSONRegExp } from 'bson'
import { fail, notSupported } from './errors.ts'
import { compileExpression, type Scope } from './expressions.ts'
import { type Fact, factOf, isNaNValue } from './facts.ts'
import { encodeValue, identity } from './keys.ts'
import { bsonType, type Doc, field, isDoc, isNumber, toNumber, truthy, typeName } from './values.ts'

export interface Filter {
  test: (doc: Doc) => boolean
  /** Top-level fields that the test reads; '*' means the whole document. */
  roots: Set<string>
  facts: Fact[]
  /** When every conjunct is an exact fact, an index can answer alone. */
  conjuncts: number
  /** Fields that an upsert takes over from the filter. */
  equalities: [path: string, value: unknown][]
}

type Test = (value: unknown) => boolean
type DocTest = (doc: Doc) => boolean

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

function equals(operand: unknown): Test {
  if (operand instanceof BSONRegExp) return matches(operand, undefined)
  if (typeof operand === 'string') return spread((value) => value === operand)
  const wanted = encodeValue(operand)
  return spread((value) => encodeValue(value).equals(wanted))
}

function oneOf(operator: string, operands: unknown): Test {
  if (!Array.isArray(operands)) return fail(2, `${operator} needs an array`)
  const patterns = operands.filter((each) => each instanceof BSONRegExp).map((each) => matches(each, undefined))
  const wanted = new Set(operands.map((each: unknown) => identity(each ?? null)))
  return spread((value) => wanted.has(identity(value ?? null)) || patterns.some((test) => test(value)))
}

function compares(operator: string, operand: unknown, path: string): Test {
  if (operand instanceof BSONRegExp) return fail(2, `Can't have RegEx as arg to predicate over field '${path}'.`)
  if (bsonType(operand)?.endsWith('Key')) return notSupported(`${operator} with ${bsonType(operand)}`)
  const wanted = encodeValue(operand)
  const orEqual = operator.endsWith('e')
  const sign = operator.startsWith('$gt') ? 1 : -1
  // NaN is in no order with the other numbers, though it has a place in the sort order.
  if (isNaNValue(operand)) return orEqual ? spread(isNaNValue) : () => false
  return spread((value) => {
    const found = encodeValue(value)
    const order = Buffer.compare(found, wanted)
    return found[0] === wanted[0] && !isNaNValue(value) && (order === 0 ? orEqual : order === sign)
  })
}

function matches(pattern: unknown, given: unknown): Test {
  const source = pattern instanceof BSONRegExp ? pattern.pattern : pattern
  const options = given ?? (pattern instanceof BSONRegExp ? pattern.options : '')
  if (typeof source !== 'string' || typeof options !== 'string') return fail(2, '$regex and $options have to be strings')
  if (options !== '' && options !== 'i') return notSupported(`the regular expression option '${options}'`, 2)
  try {
    const regex = new RegExp(source, `${options}u`)
    return spread((value) => typeof value === 'string' && regex.test(value))
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`)
  }
}

function elementMatches(operand: unknown, scope: Scope): Test {
  if (!isDoc(operand)) return fail(2, '$elemMatch needs an Object')
  const test = elementTest(operand, scope)
  return (value) => Array.isArray(value) && value.some(test)
}

/** A test of one element of an array, by operators or as a document of its own: for `$elemMatch` and `$pull`. */
export function elementTest(operand: Doc, scope: Scope): Test {
  const first = Object.keys(operand)[0]
  if (first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first)) return pathTest(operand, '', scope) as Test
  const filter = compileFilter(operand, { ...scope, roots: new Set() })
  return (value) => isDoc(value) && filter.test(value)
}

/** One operator on one path as a test of a whole document. */
function operatorTest(operator: string, operand: unknown, all: Doc, path: string, scope: Scope): DocTest {
  const parts = path === '' ? [] : path.split('.')
  const some = (test: Test) => (doc: Doc) => reach(doc, parts, 0, test)
  const none = (test: Test) => (doc: Doc) => !reach(doc, parts, 0, test)
  switch (operator) {
    case '$eq':
      return some(equals(operand))
    case '$ne':
      return operand instanceof BSONRegExp ? fail(2, "Can't have regex as arg to $ne.") : none(equals(operand))
    case '$gt': case '$gte': case '$lt': case '$lte':
      return some(compares(operator, operand, path))
    case '$in':
      return some(oneOf(operator, operand))
    case '$nin':
      return none(oneOf(operator, operand))
    case '$exists':
      return (truthy(operand) ? some : none)((value) => value !== undefined)
    case '$regex':
      return some(matches(operand, all.$options))
    case '$options':
      return '$regex' in all ? () => true : fail(2, '$options needs a $regex')
    case '$size':
      if (!isNumber(operand)) return fail(2, `Failed to parse $size. Expected a number in: $size: ${typeName(operand)}`)
      return some((value) => Array.isArray(value) && value.length === toNumber(operand))
    case '$elemMatch':
      return some(elementMatches(operand, scope))
    case '$all': {
      if (!Array.isArray(operand)) return fail(2, '$all needs an array')
      const tests = operand.map((each) =>
        some(isDoc(each) && '$elemMatch' in each ? elementMatches(each.$elemMatch, scope) : equals(each)))
      return (doc) => tests.length > 0 && tests.every((test) => test(doc))
    }
    case '$not': {
      if (operand instanceof BSONRegExp) return none(matches(operand, undefined))
      if (!isDoc(operand) || Object.keys(operand).length === 0) return fail(2, '$not needs a regex or a document')
      const inner = pathTest(operand, path, scope)
      return (doc) => !inner(doc)
    }
    default:
      return fail(2, `unknown operator: ${operator}`)
  }
}

function every(tests: readonly DocTest[]): DocTest {
  return tests.length === 1 ? tests[0]! : (doc) => tests.every((test) => test(doc))
}

function pathTest(operators: Doc, path: string, scope: Scope): DocTest {
  return every(Object.entries(operators).map(([name, operand]) => operatorTest(name, operand, operators, path, scope)))
}

function joined(name: string, operand: unknown, filter: Filter, scope: Scope): DocTest {
  if (!Array.isArray(operand) || operand.length === 0) return fail(2, `${name} must be a nonempty array`)
  const inner = operand.map((each) => (isDoc(each) ? compileFilter(each, scope) : fail(2, `${name} entries need to be full objects`)))
  const tests = inner.map((each) => each.test)
  if (name !== '$and') {
    filter.conjuncts++
    return (doc) => tests.some((test) => test(doc)) === (name === '$or')
  }
  for (const { facts, equalities, conjuncts } of inner) {
    filter.facts.push(...facts)
    filter.equalities.push(...equalities)
    filter.conjuncts += conjuncts
  }
  return every(tests)
}

/** Parses a filter. What is outside the subset is refused here, before any document is read. */
export function compileFilter(query: Doc, scope: Scope): Filter {
  const filter: Filter = { test: () => true, facts: [], roots: scope.roots, conjuncts: 0, equalities: [] }
  filter.test = every(Object.entries(query).map(([name, operand]): DocTest => {
    if (name === '$and' || name === '$or' || name === '$nor') return joined(name, operand, filter, scope)
    if (name === '$expr') {
      const expression = compileExpression(operand, scope)
      filter.conjuncts++
      return (doc) => truthy(expression({ root: doc, vars: {} }))
    }
    if (name.startsWith('$'))
      return fail(2, `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, ` +
        'consider using $getField or $setField.')
    const operators: Doc = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$') ? operand : { $eq: operand }
    const test = pathTest(operators, name, scope)
    scope.roots.add(name.split('.')[0]!)
    for (const [operator, value] of Object.entries(operators)) {
      const fact = factOf(name, operator, value, operators.$options)
      filter.conjuncts++
      if (fact) filter.facts.push(fact)
      if (operator === '$eq' && !(value instanceof BSONRegExp)) filter.equalities.push([name, value])
    }
    return test
  }))
  return filter
}
