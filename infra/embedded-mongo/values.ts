// BSON values as the server holds them: numbers stay Int32, Long or Double, so that no type is lost on the way.
import { calculateObjectSize, deserialize, Double, Int32, Long, onDemand, serialize } from 'bson'
import { fail } from './errors.ts'

export type Doc = Record<string, unknown>
export type Numeric = Int32 | Double | Long

export const maxDocumentBytes = 16 * 1024 * 1024
const typed = { promoteValues: false, promoteLongs: false, bsonRegExp: true }

/** Decodes a document; the arrays of documents named in `raw` stay buffers. */
export function decode(bytes: Uint8Array, raw?: Doc): Doc {
  return deserialize(bytes, raw ? { ...typed, fieldsAsRaw: raw } : typed)
}

/** Encodes a document of at most 16 MiB; fields that are undefined are left out. */
export function encode(doc: Doc): Buffer {
  const size = calculateObjectSize(doc, { ignoreUndefined: true })
  if (size > maxDocumentBytes) fail(10334, `BSONObj size: ${size} is invalid. Size must be between 0 and 16793600(16MB)`)
  const bytes = serialize(doc, { ignoreUndefined: true })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** The top-level elements of an encoded document: their names and bytes. */
export function elementsOf(raw: Uint8Array): { name: string; bytes: Buffer }[] {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  return Array.from(onDemand.parseToElements(raw), ([, nameOffset, nameLength, offset, length]) => ({
    name: source.toString('utf8', nameOffset, nameOffset + nameLength), bytes: source.subarray(nameOffset - 1, offset + length),
  }))
}

/** A document around elements that are already encoded. */
export function wrap(elements: readonly Uint8Array[]): Buffer {
  const out = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.alloc(1)])
  out.writeInt32LE(out.length)
  return out
}

/** One encoded element: type byte, name, bytes of the value. */
export function element(type: number, name: string, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value])
}

/** The document cut down to some of its top-level fields, without decoding it. */
export function pick(raw: Uint8Array, roots: ReadonlySet<string>): Buffer {
  return wrap(elementsOf(raw).filter(({ name }) => roots.has(name)).map(({ bytes }) => bytes))
}

/** Decodes only some top-level fields; all if `roots` is undefined or has '*'. */
export function decodeRoots(raw: Uint8Array, roots: ReadonlySet<string> | undefined): Doc {
  return decode(roots && !roots.has('*') ? pick(raw, roots) : raw)
}

/** The class name that the bson package gives its own value types. */
export function bsonType(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (value as { _bsontype?: string })._bsontype : undefined
}

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !bsonType(value)
}

export function isNumber(value: unknown): value is Numeric {
  return ['Int32', 'Double', 'Long'].includes(bsonType(value)!)
}

export const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined

export function toNumber(value: Numeric): number {
  return value instanceof Long ? value.toNumber() : value.value
}

/** A count, limit or option of a command as a plain number. */
export function numberOr(value: unknown, otherwise: number): number {
  return isNumber(value) ? toNumber(value) : otherwise
}

/** Truth as MongoDB reads it: neither false, null, missing nor zero. */
export function truthy(value: unknown): boolean {
  return isNumber(value) ? toNumber(value) !== 0 : value !== false && !isMissing(value)
}

type Operation = [real: (x: number, y: number) => number, whole: (x: bigint, y: bigint) => bigint]
const operations: Record<'+' | '-' | '*', Operation> = {
  '+': [(x, y) => x + y, (x, y) => x + y], '-': [(x, y) => x - y, (x, y) => x - y], '*': [(x, y) => x * y, (x, y) => x * y],
}

/** Adds, subtracts or multiplies; int32 grows to int64, int64 to double, and double wins. */
export function arithmetic(operator: '+' | '-' | '*', a: Numeric, b: Numeric): Numeric {
  const [real, whole] = operations[operator]
  if (a instanceof Double || b instanceof Double) return new Double(real(toNumber(a), toNumber(b)))
  const [x, y] = [a, b].map((each) => (each instanceof Long ? each.toBigInt() : BigInt(each.value))) as [bigint, bigint]
  const result = whole(x, y)
  if (a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, result) === result) return new Int32(Number(result))
  return BigInt.asIntN(64, result) === result ? Long.fromBigInt(result) : new Double(Number(result))
}

const typeNames: Record<string, string> = {
  Int32: 'int', Double: 'double', Long: 'long', Decimal128: 'decimal', ObjectId: 'objectId', Binary: 'binData', BSONRegExp: 'regex',
  Timestamp: 'timestamp', MinKey: 'minKey', MaxKey: 'maxKey', string: 'string', boolean: 'bool', undefined: 'missing',
}

/** The name of a value's type as MongoDB writes it in messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return value instanceof Date ? 'date' : (typeNames[bsonType(value) ?? typeof value] ?? 'object')
}

/** A value as MongoDB's shell would print it, for messages. */
export function show(value: unknown): string {
  if (isMissing(value)) return 'null'
  if (typeof value === 'string') return `"${value}"`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof Double && Number.isInteger(value.value)) return `${value.value}.0`
  if (isNumber(value) || typeof value === 'boolean') return String(value)
  if (bsonType(value) === 'ObjectId') return `ObjectId('${(value as { toHexString(): string }).toHexString()}')`
  if (Array.isArray(value)) return value.length ? `[ ${value.map(show).join(', ')} ]` : '[]'
  if (!isDoc(value)) return JSON.stringify(value)
  return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${show(inner)}`).join(', ')} }`
}

/** A field of a document: a name such as `constructor` must not reach the prototype. */
export function field(doc: Doc, name: string): unknown {
  return Object.hasOwn(doc, name) ? doc[name] : undefined
}

/** Sets a field, `__proto__` included; undefined takes it away. */
export function setField(doc: Doc, name: string, value: unknown): void {
  if (value === undefined) delete doc[name]
  else if (name !== '__proto__') doc[name] = value
  else Object.defineProperty(doc, name, { value, enumerable: true, writable: true, configurable: true })
}
