// Values as bytes whose order is MongoDB's order of values. One encoding serves comparison, sorting and the indexes.
import type { ObjectId } from 'bson'
import { notSupported } from './errors.ts'
import { type Doc, type Numeric, toNumber, typeOf } from './values.ts'

// First byte of an encoded value. A range inside a type runs from the type's byte to the next number, so NaN, which is
// the lowest number in sort order and in no range, has a byte of its own.
const type = {
  missing: 0x06, emptyArray: 0x0c, null: 0x10, nan: 0x1f, number: 0x20, string: 0x30, object: 0x40, array: 0x50, objectId: 0x70,
  boolean: 0x80, date: 0x90,
}

/** Stands for `[]` in an index or sort key, where it comes before null. */
export const emptyArray = Symbol('empty array')

/** The store holds keys of at most 1,978 bytes; behind an index key come 6 more. */
export const maxKeyBytes = 1900

const one = (...bytes: number[]) => Buffer.from(bytes)
/** Text with its end; a zero byte in it is escaped. */
const text = (value: string) => Buffer.from(`${value.replaceAll('\0', '\0ÿ')}\0\0`)

function number(first: number, value: number): Buffer {
  if (Number.isNaN(value)) return one(type.nan)
  const out = Buffer.alloc(9, first)
  out.writeDoubleBE(value === 0 ? 0 : value, 1)
  if (out[1]! & 0x80) for (let i = 1; i < 9; i++) out[i]! ^= 0xff
  else out[1]! ^= 0x80
  return out
}

function object(value: Doc): Buffer {
  return Buffer.concat([one(type.object), ...Object.entries(value).filter(([, inner]) => inner !== undefined).flatMap(([name, inner]) => {
    const bytes = encodeValue(inner)
    return [one(bytes[0] === type.nan ? type.number : bytes[0]!), text(name), bytes]
  }), one(0)])
}

/** The bytes of one value. Two values are equal in MongoDB exactly when these bytes are; none begins with those of another. */
export function encodeValue(value: unknown): Buffer {
  switch (typeOf(value)) {
    case 'undefined': case 'null': return one(type.null)
    case 'symbol': return one(type.emptyArray)
    case 'string': return Buffer.concat([one(type.string), text(value as string)])
    case 'boolean': return one(type.boolean, Number(value))
    case 'date': return number(type.date, (value as Date).getTime())
    case 'array': return Buffer.concat([one(type.array), ...(value as unknown[]).map(encodeValue), one(0)])
    case 'object': return object(value as Doc)
    case 'Int32': case 'Double': return number(type.number, toNumber(value as Numeric))
    case 'Long':
      // Beyond 2^53 a double no longer tells neighbours apart, and here all numbers are compared as doubles.
      if (Number.isSafeInteger(toNumber(value as Numeric))) return number(type.number, toNumber(value as Numeric))
      return notSupported('an int64 beyond 2^53 in comparisons and indexes', 2)
    case 'ObjectId': return Buffer.concat([one(type.objectId), (value as ObjectId).id])
    default: return notSupported(`${typeOf(value)} in comparisons and indexes`, 2)
  }
}

const operand = (value: unknown) => (value === undefined ? one(type.missing) : encodeValue(value))
/** MongoDB's order of two values in expressions, where missing comes before null. */
export const compareValues = (a: unknown, b: unknown): number => Buffer.compare(operand(a), operand(b))
/** A text that is equal for equal values, for sets and maps. */
export const identity = (value: unknown): string => operand(value).toString('latin1')

/** From `from` on, up to and without `to`: keys, or encoded values, or beginnings of them. */
export interface Interval { from: Buffer; to: Buffer }

/** The first bytes behind all that begin with `prefix`, cut to what a key can have. */
export function successor(prefix: Buffer): Buffer {
  let end = Math.min(prefix.length, maxKeyBytes)
  while (prefix[end - 1] === 0xff) end--
  const next = Buffer.from(prefix.subarray(0, end))
  next[end - 1]! += 1
  return next
}

/** Everything that begins with these bytes. */
export const family = (bytes: Buffer): Interval => ({ from: bytes.subarray(0, maxKeyBytes), to: successor(bytes) })
