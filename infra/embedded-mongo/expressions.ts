// Aggregation expressions, compiled once into functions. The list of operators is the subset: the rest is refused.
import { Int32 } from 'bson'
import { fail, notSupported } from './errors.ts'
import { compareValues } from './keys.ts'
import { add as sum, addExactly, type Doc, field, isDoc, isMissing, isNumber, type Numeric, show, toNumber, truthy, typeOf } from './values.ts'

/** Undefined as the result means that there is no value. */
export type Expression = (root: Doc) => unknown

/** The value at a path; an array on the way gives the array of what its documents have there. */
function valueAt(value: unknown, parts: readonly string[], i = 0): unknown {
  if (i === parts.length) return value
  if (!Array.isArray(value)) return isDoc(value) ? valueAt(field(value, parts[i]!), parts, i + 1) : undefined
  return value.filter(isDoc).map((each) => valueAt(each, parts, i)).filter((each) => each !== undefined)
}

function add(values: unknown[]): unknown {
  const end = values.findIndex((value) => !isNumber(value) && !(value instanceof Date))
  const [date, another] = values.slice(0, end < 0 ? undefined : end).filter((value) => value instanceof Date)
  if (another) return fail(16612, 'only one date allowed in an $add expression')
  if (end >= 0) return isMissing(values[end]) ? null : fail(14, `$add only supports numeric or date types, not ${typeOf(values[end])}`)
  const total = values.filter(isNumber).reduce(values.length > 2 ? addExactly : sum, new Int32(0) as Numeric)
  if (!date) return total
  const at = date.getTime() + toNumber(total)
  return Number.isInteger(at) && Math.abs(at) <= 8.64e15 ? new Date(at) : notSupported('a date with a fraction of a millisecond or out of range')
}

function mergeObjects(given: unknown[]): unknown {
  const values: unknown[] = given.length === 1 && Array.isArray(given[0]) ? given[0] : given
  const wrong = values.find((value) => !isMissing(value) && !isDoc(value))
  if (wrong !== undefined) fail(40400, `$mergeObjects requires object inputs, but input ${show(wrong)} is of type ${typeOf(wrong)}`)
  return fromEntries(values.filter(isDoc).flatMap((each) => Object.entries(each)))
}

/** What is undefined does not exist, so it must not cover what does. */
const fromEntries = (entries: [string, unknown][]): Doc => Object.fromEntries(entries.filter(([, value]) => value !== undefined))

/** How many operands (0: any number), and what the operator makes of them. */
type Operator = [arity: number, run: (operands: Expression[], root: Doc) => unknown]
const ofValues = (arity: number, run: (values: unknown[]) => unknown): Operator =>
  [arity, (operands, root) => run(operands.map((each) => each(root)))]
const compare = (holds: (order: number) => boolean) => ofValues(2, ([a, b]) => holds(compareValues(a, b)))

const operators: Record<string, Operator> = {
  $add: ofValues(0, add), $mergeObjects: ofValues(0, mergeObjects), $not: ofValues(1, ([value]) => !truthy(value)),
  $eq: compare((order) => order === 0), $ne: compare((order) => order !== 0), $gt: compare((order) => order > 0),
  $gte: compare((order) => order >= 0), $lt: compare((order) => order < 0), $lte: compare((order) => order <= 0),
  $and: [0, (operands, root) => operands.every((each) => truthy(each(root)))],
  $or: [0, (operands, root) => operands.some((each) => truthy(each(root)))],
  $cond: [3, ([test, yes, no], root) => (truthy(test!(root)) ? yes! : no!)(root)],
  $ifNull: [0, (operands, root) => operands.reduce<unknown>((value, next) => (isMissing(value) ? next(root) : value), undefined)],
}

function compilePath(path: string, now: Date): Expression {
  const [name = '', ...parts] = path.startsWith('$') ? path.slice(1).split('.') : ['ROOT', ...path.split('.')]
  if (parts.includes('')) fail(15998, `FieldPath '${path}' must not have empty parts`)
  if (name === 'NOW') return () => now
  return name === 'ROOT' ? (root) => valueAt(root, parts) : fail(17276, `Use of undefined variable: ${name}`)
}

/** Compiles an expression; `now` is the command's one reading of the clock. */
export function compileExpression(source: unknown, now: Date): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compilePath(source.slice(1), now)
  if (Array.isArray(source)) {
    const all = source.map((each) => compileExpression(each, now))
    return (root) => all.map((each) => each(root) ?? null)
  }
  if (!isDoc(source)) return () => source
  const [operator, another] = Object.keys(source)
  if (!operator?.startsWith('$')) {
    const fields = Object.entries(source).map(([name, each]) => [name, compileExpression(each, now)] as const)
    return (root) => fromEntries(fields.map(([name, each]) => [name, each(root)]))
  }
  if (another) fail(15983, `an expression specification must contain exactly one field, found more in ${show(source)}`)
  const operand = source[operator]
  if (operator === '$literal') return () => operand
  const [arity, run] = Object.hasOwn(operators, operator) ? operators[operator]! : fail(168, `Unrecognized expression '${operator}'`)
  if (operator === '$cond' && isDoc(operand)) notSupported('$cond with named operands')
  const all = (Array.isArray(operand) ? operand : [operand]).map((each) => compileExpression(each, now))
  if (arity > 0 && arity !== all.length) fail(16020, `Expression ${operator} takes exactly ${arity} arguments. ${all.length} were passed in.`)
  return (root) => run(all, root)
}
