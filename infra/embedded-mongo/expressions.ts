// Aggregation expressions, compiled once into functions. The list of operators is the subset: the rest is refused.
import { Double, Int32, Long } from 'bson'
import { fail, notSupported, refuseOptions } from './errors.ts'
import { compareValues, identity } from './keys.ts'
import { arithmetic, type Doc, field, isDoc, isMissing, isNumber, type Numeric, setField, show, toNumber, truthy, typeName } from './values.ts'

/** What a compiled expression is run on. */
export interface Env {
  root: Doc
  vars: Record<string, unknown>
}
export type Expression = (env: Env) => unknown

/** What is known while compiling: the command's one reading of the clock, variables, and the fields read so far. */
export interface Scope {
  now: Date
  roots: Set<string>
  vars?: readonly string[]
}

export const newScope = (now: Date): Scope => ({ now, roots: new Set() })

/** The value at a path; an array on the way gives the array of what its documents have there. */
function valueAt(value: unknown, parts: readonly string[], i = 0): unknown {
  if (i === parts.length) return value
  if (!Array.isArray(value)) return isDoc(value) ? valueAt(field(value, parts[i]!), parts, i + 1) : undefined
  return value.filter(isDoc).map((each) => valueAt(each, parts, i)).filter((each) => each !== undefined)
}

function add(values: unknown[]): unknown {
  const wrong = values.find((value) => !isNumber(value) && !(value instanceof Date))
  if (wrong !== undefined) return fail(14, `$add only supports numeric or date types, not ${typeName(wrong)}`)
  const dates = values.filter((value) => value instanceof Date)
  if (dates.length > 1) fail(16612, 'only one date allowed in an $add expression')
  const sum = values.filter(isNumber).reduce((total, value) => arithmetic('+', total, value), new Int32(0) as Numeric)
  return dates[0] ? new Date(dates[0].getTime() + toNumber(sum)) : sum
}

function subtract([a, b]: unknown[]): unknown {
  if (isNumber(a) && isNumber(b)) return arithmetic('-', a, b)
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime())
  if (a instanceof Date && isNumber(b)) return new Date(a.getTime() - toNumber(b))
  return fail(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`)
}

function multiply(values: unknown[]): unknown {
  return values.reduce((product: Numeric, value) => (isNumber(value) ? arithmetic('*', product, value)
    : fail(14, `$multiply only supports numeric types, not ${typeName(value)}`)), new Int32(1))
}

function divide([a, b]: unknown[]): unknown {
  if (!isNumber(a) || !isNumber(b)) return fail(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`)
  return toNumber(b) === 0 ? fail(2, "can't $divide by zero") : new Double(toNumber(a) / toNumber(b))
}

/** The largest (sign 1) or smallest (sign -1) of some values, null and missing left out. */
export function extreme(values: readonly unknown[], sign: 1 | -1): unknown {
  const present = values.filter((value) => !isMissing(value))
  return present.length === 0 ? null : present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best))
}

function concat(values: unknown[]): unknown {
  const wrong = values.find((value) => typeof value !== 'string')
  return wrong === undefined ? values.join('') : fail(16702, `$concat only supports strings, not ${typeName(wrong)}`)
}

function toLower([value]: unknown[]): unknown {
  if (isMissing(value)) return ''
  if (typeof value === 'string') return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return notSupported(`$toLower of the type ${typeName(value)}`)
}

function arrayElemAt([array, index]: unknown[]): unknown {
  if (!Array.isArray(array)) return fail(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`)
  if (!isNumber(index)) return fail(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`)
  return array.at(toNumber(index))
}

function setUnion(values: unknown[]): unknown {
  const wrong = values.find((value) => !Array.isArray(value))
  if (wrong !== undefined) fail(17043, `All operands of $setUnion must be arrays. One argument is of type: ${typeName(wrong)}`)
  return [...new Map(values.flat().map((value) => [identity(value ?? null), value])).values()]
}

function mergeObjects(values: unknown[]): unknown {
  const out: Doc = {}
  for (const value of listed(values).filter((each) => !isMissing(each))) {
    if (!isDoc(value)) return fail(40400, `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeName(value)}`)
    for (const [name, inner] of Object.entries(value)) setField(out, name, inner)
  }
  return out
}

const milliseconds: Record<string, number> = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 }
const months: Record<string, number> = { year: 12, quarter: 3, month: 1 }

function moveDate(operator: string, [date, unit, amount]: unknown[]): unknown {
  if ([date, unit, amount].some(isMissing)) return null
  if (!(date instanceof Date)) return fail(5166403, `${operator} requires startDate to be convertible to a date`)
  if (!isNumber(amount) || !Number.isInteger(toNumber(amount))) return fail(5166405, `${operator} expects integer amount of time units`)
  const by = operator === '$dateAdd' ? toNumber(amount) : -toNumber(amount)
  const step = milliseconds[unit as string]
  if (step !== undefined) return new Date(date.getTime() + by * step)
  // The day is clamped to the length of the month it lands in: 31 January and one month is 28 February.
  const month = date.getUTCMonth() + by * (months[unit as string] ?? fail(9, `unknown time unit value: ${String(unit)}`))
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const moved = new Date(date)
  moved.setUTCMonth(month, Math.min(date.getUTCDate(), last))
  return moved
}

const compare = (holds: (order: number) => boolean): Operator => [2, ([a, b]) => holds(compareValues(a, b))]
const listed = (values: unknown[]) => (values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values)
/** For operators that answer null as soon as an operand is null or missing. */
const strict = (run: (values: unknown[]) => unknown) => (values: unknown[]) => (values.some(isMissing) ? null : run(values))

/** Operators that look at all their operands: how many (0: any number) and what they make of them. */
type Operator = [arity: number, run: (values: unknown[]) => unknown]
const operators: Record<string, Operator> = {
  $add: [0, strict(add)], $subtract: [2, strict(subtract)], $multiply: [0, strict(multiply)], $divide: [2, strict(divide)],
  $eq: compare((order) => order === 0), $ne: compare((order) => order !== 0), $gt: compare((order) => order > 0),
  $gte: compare((order) => order >= 0), $lt: compare((order) => order < 0), $lte: compare((order) => order <= 0),
  $not: [1, ([value]) => !truthy(value)], $concat: [0, strict(concat)], $toLower: [1, toLower], $arrayElemAt: [2, strict(arrayElemAt)],
  $setUnion: [0, strict(setUnion)], $mergeObjects: [0, mergeObjects],
  $max: [0, (values) => extreme(listed(values), 1)], $min: [0, (values) => extreme(listed(values), -1)],
  $in: [2, ([value, array]) => (Array.isArray(array) ? array.some((each) => compareValues(each, value) === 0)
    : fail(40081, `$in requires an array as a second argument, found: ${typeName(array)}`))],
  $size: [1, ([value]) => (Array.isArray(value) ? new Int32(value.length)
    : fail(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`))],
}

/** The named operands of an operator, compiled; `others` are names that MongoDB knows and this server does not. */
function compileNamed(operator: string, operand: unknown, names: readonly string[], others: readonly string[], scope: Scope): Expression[] {
  if (!isDoc(operand)) return fail(9, `${operator} only supports an object as its argument`)
  refuseOptions(operator, Object.fromEntries(Object.entries(operand).filter(([name]) => !names.includes(name))), others, 9)
  return names.map((name) => (name in operand ? compileExpression(operand[name], scope) : fail(9, `Missing '${name}' parameter to ${operator}`)))
}

/** `$filter` and `$map`: an expression for every element, which has a name there. */
function perElement(operator: '$filter' | '$map', operand: unknown, scope: Scope): Expression {
  const { as = 'this', input: list, ...rest }: Doc = isDoc(operand) ? operand : fail(9, `${operator} only supports an object as its argument`)
  const [input] = compileNamed(operator, { input: list }, ['input'], [], scope) as [Expression]
  const body = { ...scope, vars: [...(scope.vars ?? []), as as string] }
  const [inner] = compileNamed(operator, rest, [operator === '$map' ? 'in' : 'cond'], ['limit'], body) as [Expression]
  return (env) => {
    const array = input(env)
    if (isMissing(array)) return null
    if (!Array.isArray(array)) return fail(operator === '$map' ? 16883 : 28651, `input to ${operator} must be an array not ${typeName(array)}`)
    const each = (value: unknown) => inner({ root: env.root, vars: { ...env.vars, [as as string]: value } })
    return operator === '$map' ? array.map((value) => each(value) ?? null) : array.filter((value) => truthy(each(value))) as unknown[]
  }
}

/** Operators that leave operands unread or name them. */
function special(operator: string, operand: unknown, scope: Scope): Expression | undefined {
  if (operator === '$literal') return () => operand
  if (operator === '$filter' || operator === '$map') return perElement(operator, operand, scope)
  if (operator === '$dateAdd' || operator === '$dateSubtract') {
    const all = compileNamed(operator, operand, ['startDate', 'unit', 'amount'], ['timezone'], scope)
    return (env) => moveDate(operator, all.map((each) => each(env)))
  }
  if (!['$and', '$or', '$ifNull', '$cond'].includes(operator)) return undefined
  const byName = operator === '$cond' && !Array.isArray(operand)
  const all = byName ? compileNamed(operator, operand, ['if', 'then', 'else'], [], scope) : compileAll(operand, scope)
  if (operator === '$and') return (env) => all.every((each) => truthy(each(env)))
  if (operator === '$or') return (env) => all.some((each) => truthy(each(env)))
  if (operator === '$ifNull') return (env) => all.reduce<unknown>((value, next) => (isMissing(value) ? next(env) : value), undefined)
  checkArity(operator, 3, all.length)
  return (env) => (truthy(all[0]!(env)) ? all[1]!(env) : all[2]!(env))
}

function checkArity(operator: string, wanted: number, found: number): void {
  if (wanted !== found) fail(16020, `Expression ${operator} takes exactly ${wanted} arguments. ${found} were passed in.`)
}

function compileAll(operand: unknown, scope: Scope): Expression[] {
  return (Array.isArray(operand) ? operand : [operand]).map((each) => compileExpression(each, scope))
}

function compilePath(path: string, scope: Scope): Expression {
  const [name = '', ...parts] = path.startsWith('$') ? path.slice(1).split('.') : ['ROOT', ...path.split('.')]
  if (parts.includes('')) fail(15998, `FieldPath '${path}' must not have empty parts`)
  if (name === 'NOW') return () => scope.now
  if (name === 'REMOVE') return () => undefined
  if (scope.vars?.includes(name)) return (env) => valueAt(env.vars[name], parts)
  if (name !== 'ROOT') fail(17276, `Use of undefined variable: ${name}`)
  scope.roots.add(parts[0] ?? '*')
  return (env) => valueAt(env.root, parts)
}

/** Compiles an expression; undefined as its result means that there is no value. */
export function compileExpression(source: unknown, scope: Scope): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compilePath(source.slice(1), scope)
  if (Array.isArray(source)) {
    const all = compileAll(source, scope)
    return (env) => all.map((each) => each(env) ?? null)
  }
  if (!isDoc(source)) return () => source
  const names = Object.keys(source)
  const operator = names[0]
  if (!operator?.startsWith('$')) {
    const fields = names.map((name) => [name, compileExpression(source[name], scope)] as const)
    return (env) => {
      const out: Doc = {}
      for (const [name, each] of fields) setField(out, name, each(env))
      return out
    }
  }
  if (names.length > 1) fail(15983, `an expression specification must contain exactly one field, found ${names.length} in ${show(source)}`)
  const expression = special(operator, source[operator], scope)
  if (expression) return expression
  const [arity, run] = Object.hasOwn(operators, operator) ? operators[operator]! : fail(168, `Unrecognized expression '${operator}'`)
  const all = compileAll(source[operator], scope)
  if (arity > 0) checkArity(operator, arity, all.length)
  return (env) => run(all.map((each) => each(env)))
}
