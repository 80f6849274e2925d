// What a filter says about one path, as intervals of encoded values: the language between filters, indexes and plans.
import { BSONRegExp } from 'bson'
import { type Bound, encodeBound, identity, typeByte } from './keys.ts'
import { isDoc, isMissing, isNumber, toNumber, truthy } from './values.ts'

export interface Interval {
  from: Bound
  to: Bound
}

/** One conjunct on one path. `exact`: the intervals say all of it, so that no document need be read to know. */
export interface Fact {
  path: string
  operator: string
  intervals: Interval[]
  kind: 'points' | 'range' | 'present'
  exact: boolean
}

export const isNaNValue = (value: unknown): boolean => isNumber(value) && Number.isNaN(toNumber(value))

const before = (bytes: Buffer): Bound => ({ bytes, after: false })
const after = (bytes: Buffer): Bound => ({ bytes, after: true })
/** Everything that begins with these bytes. */
const family = (bytes: Buffer): Interval => ({ from: before(bytes), to: after(bytes) })
const { number, string, binary, objectId, boolean, date, timestamp } = typeByte
const rangeTypes: readonly number[] = [number, string, binary, objectId, boolean, date, timestamp]
const nothing = Buffer.from([typeByte.null])
const presence = [{ from: before(Buffer.from([0])), to: before(nothing) }, { from: after(nothing), to: after(Buffer.from([0xfe])) }]

/** All values of a type; NaN, the lowest number in sort order, is in no range. */
export function everythingOf(type: number): Interval {
  const whole = family(Buffer.from([type]))
  return type === number ? { ...whole, from: after(Buffer.from([type, 0, 0, 0, 0, 0, 0, 0, 0])) } : whole
}

function points(path: string, operator: string, values: readonly unknown[]): Fact | undefined {
  if (values.some((value) => value instanceof BSONRegExp || Array.isArray(value))) return undefined
  const intervals = new Map(values.map((value) => [identity(value ?? null), family(encodeBound(value))]))
  // Null also stands for missing in an index, and an array may hold it where the filter does not look.
  return { path, operator, intervals: [...intervals.values()], kind: 'points', exact: !values.some(isMissing) }
}

/** What an operator of a filter says, if an index can make use of it. */
export function factOf(path: string, operator: string, operand: unknown, options: unknown): Fact | undefined {
  if (operator === '$regex' || (operator === '$eq' && operand instanceof BSONRegExp)) {
    const source = operand instanceof BSONRegExp ? operand.pattern : (operand as string)
    const literal = /^\^([\w@ -]+)(?![*?{+\w@ -])/.exec(source)?.[1]
    if (!literal || options || (operand as BSONRegExp).options || source.includes('|')) return undefined
    const intervals = [family(Buffer.from(String.fromCharCode(string) + literal))]
    return { path, operator, intervals, kind: 'range', exact: false }
  }
  if (operator === '$eq') return points(path, operator, [operand])
  if (operator === '$in') return points(path, operator, operand as unknown[])
  if (operator === '$all') {
    const [first] = operand as unknown[]
    const fact = isMissing(first) || isDoc(first) ? undefined : points(path, operator, [first])
    return fact && { ...fact, exact: false }
  }
  if (operator === '$exists')
    return truthy(operand) ? { path, operator, intervals: presence, kind: 'present', exact: false } : points(path, operator, [null])
  const bytes = ['$gt', '$gte', '$lt', '$lte'].includes(operator) ? encodeBound(operand) : undefined
  if (!bytes || !rangeTypes.includes(bytes[0]!) || isNaNValue(operand)) return undefined
  const interval = everythingOf(bytes[0]!)
  if (operator.startsWith('$gt')) interval.from = { bytes, after: operator === '$gt' }
  else interval.to = { bytes, after: operator === '$lte' }
  return { path, operator, intervals: [interval], kind: 'range', exact: true }
}

/** The order of two positions among encoded values. */
export function compareBounds(a: Bound, b: Bound): number {
  const shared = Math.min(a.bytes.length, b.bytes.length)
  const order = Buffer.compare(a.bytes.subarray(0, shared), b.bytes.subarray(0, shared))
  if (order !== 0) return order
  if (a.bytes.length === b.bytes.length) return Number(a.after) - Number(b.after)
  // One begins with the other: the shorter stands before or after the whole family.
  return a.bytes.length === shared ? (a.after ? 1 : -1) : b.after ? -1 : 1
}

/** Whether everything that satisfies one of `facts` lies inside `wanted`: the test of a partial index. */
export function implies(facts: readonly Fact[], wanted: Fact): boolean {
  // A path through an empty array does not exist and yet is not null.
  const usable = facts.filter(({ path, operator, kind }) => path === wanted.path && (operator !== '$exists' || kind === 'present'))
  return usable.some((fact) => fact.intervals.every((inner) => wanted.intervals.some(
    (outer) => compareBounds(outer.from, inner.from) <= 0 && compareBounds(inner.to, outer.to) <= 0)))
}
