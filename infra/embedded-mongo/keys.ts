// Values as bytes whose order is MongoDB's order of values. One encoding serves comparison, sorting and the indexes.
import { createHash } from 'node:crypto'
import type { Binary, BSONRegExp, Double, Int32, Long, ObjectId, Timestamp } from 'bson'
import { notSupported } from './errors.ts'
import { bsonType, type Doc } from './values.ts'

/** First byte of an encoded value. A range inside a type runs from the type's byte to the next number. */
export const typeByte = {
  minKey: 0x05, missing: 0x06, emptyArray: 0x0c, null: 0x10, number: 0x20, string: 0x30, object: 0x40, array: 0x50, binary: 0x60,
  objectId: 0x70, boolean: 0x80, date: 0x90, timestamp: 0xa0, regex: 0xa8, maxKey: 0xf0,
} as const

/** Stands for `[]` in an index or sort key, where it comes before null. */
export const emptyArray = Symbol('empty array')

const cutString = 400
const cutKey = 1880
const exactFrom = 2 ** 53
const hash = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()
const invert = (bytes: Buffer) => bytes.map((each) => ~each) as Buffer

function number(type: number, value: number, integer?: () => bigint): Buffer {
  const large = Math.abs(value) >= exactFrom && integer !== undefined
  const out = Buffer.alloc(large ? 17 : 9, type)
  if (Number.isNaN(value)) out.fill(0, 1)
  else {
    out.writeDoubleBE(value === 0 ? 0 : value, 1)
    if (out[1]! & 0x80) for (let i = 1; i < 9; i++) out[i]! ^= 0xff
    else out[1]! ^= 0x80
  }
  if (!large) return out
  // From 2^53 on a double no longer tells neighbouring int64 apart: the exact integer follows it.
  const exact = Math.abs(value) === Infinity ? BigInt(Math.sign(value)) << 64n : integer()
  const [least, most] = [-(1n << 63n), (1n << 63n) - 1n]
  out.writeBigUInt64BE((exact < least ? least : exact > most ? most : exact) - least, 9)
  return out
}

/** Text with its end: zero bytes are escaped, long ones cut and ended by a hash, if `cut` says so. */
function text(value: string, cut: Cut | undefined, type = ''): Buffer {
  if (!value.includes('\0') && !(cut && value.length > cutString / 3)) return Buffer.from(`${type}${value}\0\0`)
  const whole = Buffer.from(value)
  const kept = cut ? whole.subarray(0, cutString) : whole
  const escaped = Buffer.from([...kept].flatMap((each) => (each === 0 ? [0, 0xff] : [each])))
  const end = kept.length === whole.length ? [Buffer.from([0, 0])] : [Buffer.from([0, 1]), hash(whole)]
  if (cut && end.length > 1) cut.truncated = true
  return Buffer.concat([Buffer.from(type), escaped, ...end])
}

/** Asks to cut long strings, and is told whether any was. */
interface Cut {
  truncated: boolean
}

function encode(value: unknown, cut?: Cut): Buffer {
  if (value === undefined || value === null) return Buffer.from([typeByte.null])
  if (value === emptyArray) return Buffer.from([typeByte.emptyArray])
  if (typeof value === 'string') return text(value, cut, String.fromCharCode(typeByte.string))
  if (typeof value === 'boolean') return Buffer.from([typeByte.boolean, Number(value)])
  if (value instanceof Date) return number(typeByte.date, value.getTime())
  if (Array.isArray(value))
    return Buffer.concat([Buffer.from([typeByte.array]), ...value.map((each) => encode(each, cut)), Buffer.alloc(1)])
  switch (bsonType(value)) {
    case 'Int32': case 'Double': {
      const plain = (value as Int32 | Double).value
      return number(typeByte.number, plain, () => BigInt(plain))
    }
    case 'Long':
      return number(typeByte.number, (value as Long).toNumber(), () => (value as Long).toBigInt())
    case 'ObjectId':
      return Buffer.concat([Buffer.from([typeByte.objectId]), (value as ObjectId).id])
    case 'Binary': {
      const { position, sub_type } = value as Binary
      const head = Buffer.from([typeByte.binary, position >>> 24, position >>> 16, position >>> 8, position, sub_type])
      return Buffer.concat([head, (value as Binary).value()])
    }
    case 'Timestamp': {
      const out = Buffer.alloc(9, typeByte.timestamp)
      out.writeBigUInt64BE(BigInt.asUintN(64, (value as Timestamp).toBigInt()), 1)
      return out
    }
    case 'BSONRegExp': {
      const { pattern, options } = value as BSONRegExp
      return Buffer.concat([Buffer.from([typeByte.regex]), text(pattern, cut), text(options, cut)])
    }
    case 'MinKey':
      return Buffer.from([typeByte.minKey])
    case 'MaxKey':
      return Buffer.from([typeByte.maxKey])
    case undefined:
      return Buffer.concat([Buffer.from([typeByte.object]), ...Object.entries(value as Doc).flatMap(([name, inner]) => {
        const bytes = encode(inner, cut)
        return [bytes.subarray(0, 1), text(name, cut), bytes]
      }), Buffer.alloc(1)])
    default:
      return notSupported(`${bsonType(value)} in comparisons and indexes`, 2)
  }
}

/** The bytes of one value, whole. Two values are equal in MongoDB exactly when these bytes are. */
export function encodeValue(value: unknown): Buffer {
  return encode(value)
}

/** The bytes of one value as an index holds them: long strings are cut and keep only equality. */
export function encodeBound(value: unknown): Buffer {
  return encode(value, { truncated: false })
}

/** Several values one after the other, the descending ones inverted; with `cut` as an index holds them. */
export function encodeKey(values: readonly unknown[], descending: readonly boolean[], cut?: Cut): Buffer {
  const parts = values.map((value, i) => (descending[i] ? invert(encode(value, cut)) : encode(value, cut)))
  const key = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  if (!cut || key.length <= cutKey + 20) return key
  cut.truncated = true
  return Buffer.concat([key.subarray(0, cutKey), hash(key)])
}

const operand = (value: unknown) => (value === undefined ? Buffer.from([typeByte.missing]) : encode(value))

/** MongoDB's order of two values in expressions, where missing comes before null. */
export function compareValues(a: unknown, b: unknown): number {
  return Buffer.compare(operand(a), operand(b))
}

/** A text that is equal for equal values, for sets and maps. */
export function identity(value: unknown): string {
  return operand(value).toString('latin1')
}

/** A position among encoded values: before or after everything that begins with `bytes`. */
export interface Bound {
  bytes: Buffer
  after: boolean
}

/** The first key that no longer begins with `prefix`. */
export function successor(prefix: Buffer): Buffer {
  let end = prefix.length
  while (prefix[end - 1] === 0xff) end--
  const next = Buffer.from(prefix.subarray(0, end))
  next[end - 1]! += 1
  return next
}

/** A bound as a key behind `prefix`; in a descending field everything is inverted and changes sides. */
export function boundKey(prefix: Buffer, { bytes, after }: Bound, descending: boolean, isEnd: boolean): Buffer {
  const key = Buffer.concat([prefix, descending ? invert(bytes) : bytes])
  if (key.length <= cutKey) return after !== descending ? successor(key) : key
  // Longer than an index key: widen to what the cut key still tells apart, the filter does the rest.
  return isEnd ? successor(key.subarray(0, cutKey)) : key.subarray(0, cutKey)
}
