// BSON values as the server holds them: numbers stay Int32, Long or Double, so that no type is lost on the way.
import { calculateObjectSize, deserialize, Double, Int32, Long, onDemand, serialize } from 'bson'
import { fail, notSupported } from './errors.ts'

/** A document. Fields that are undefined do not exist. */
export type Doc = Record<string, unknown>
export type Numeric = Int32 | Double | Long

export const maxDocumentBytes = 16 * 1024 * 1024

export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, { promoteValues: false, promoteLongs: false, bsonRegExp: true })

/** A document around elements that are already encoded. */
export function wrap(elements: readonly Uint8Array[]): Buffer {
  const out = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.alloc(1)])
  out.writeInt32LE(out.length)
  return out
}

/** Decodes some fields of documents: a filter or an order needs few, and decoding is most of what a scan costs. */
export function fieldDecoder(names: readonly string[]): (bytes: Buffer) => Doc {
  const wanted = new Map(names.map((name) => [Buffer.from(name).toString('latin1'), name]))
  const lengths = new Set([...wanted.keys()].map(({ length }) => length))
  return (bytes) => {
    const doc = Object.create(null) as Doc
    const others: Buffer[] = []
    for (const [type, nameAt, length, at, size] of onDemand.parseToElements(bytes)) {
      const name = lengths.has(length) ? wanted.get(bytes.toString('latin1', nameAt, nameAt + length)) : undefined
      if (name !== undefined && type === 2) doc[name] = bytes.toString('utf8', at + 4, at + size - 1)
      else if (name !== undefined) others.push(bytes.subarray(nameAt - 1, at + size))
    }
    return others.length === 0 ? doc : Object.assign(doc, decode(wrap(others)))
  }
}

/** Encodes a document of at most 16 MiB. */
export function encode(doc: Doc): Buffer {
  const size = calculateObjectSize(doc, { ignoreUndefined: true })
  if (size > maxDocumentBytes) fail(10334, `BSONObj size: ${size} is invalid. Size must be between 0 and 16793600(16MB)`)
  const bytes = serialize(doc, { ignoreUndefined: true })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** The type of a value; for BSON's own types the class name that the bson package gives them. */
export function typeOf(value: unknown): string {
  if (typeof value !== 'object') return typeof value
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return value instanceof Date ? 'date' : ((value as { _bsontype?: string })._bsontype ?? 'object')
}

export const isDoc = (value: unknown): value is Doc => typeOf(value) === 'object'
export const isNumber = (value: unknown): value is Numeric => ['Int32', 'Double', 'Long'].includes(typeOf(value))
export const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined
export const toNumber = (value: Numeric): number => (value instanceof Long ? value.toNumber() : value.value)

/** A count, limit or option of a command as a plain number. */
export const numberOr = (value: unknown, otherwise: number): number => (isNumber(value) ? toNumber(value) : otherwise)
/** Truth as MongoDB reads it: neither false, null, missing nor zero. */
export const truthy = (value: unknown): boolean => (isNumber(value) ? toNumber(value) !== 0 : value !== false && !isMissing(value))

/** The sum of two numbers; int32 grows to int64, int64 to double, and double wins. */
export function add(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Double || b instanceof Double) return new Double(toNumber(a) + toNumber(b))
  const sum = BigInt(a.toString()) + BigInt(b.toString())
  if (a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, sum) === sum) return new Int32(Number(sum))
  return BigInt.asIntN(64, sum) === sum ? Long.fromBigInt(sum) : new Double(Number(sum))
}

/** The same for more than two numbers. On the way MongoDB keeps more digits than a double has, so what a double may round is refused. */
export function addExactly(a: Numeric, b: Numeric): Numeric {
  const sum = add(a, b)
  const isRounded = (n: Numeric) => n instanceof Double && Number.isFinite(n.value) && !Number.isSafeInteger(n.value * 2 ** 20)
  return [a, b, sum].some(isRounded) ? notSupported('a sum of more than two numbers that a double rounds') : sum
}

/** A value for messages, much as MongoDB's shell would print it. */
export function show(value: unknown): string {
  if (isDoc(value)) return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${show(inner)}`).join(', ')} }`
  if (typeOf(value) === 'ObjectId') return `ObjectId('${String(value)}')`
  return isNumber(value) ? value.toString() : JSON.stringify(value ?? null)
}

/** A field of a document: a name such as `constructor` must not reach the prototype. */
export const field = (doc: Doc, name: string): unknown => (Object.hasOwn(doc, name) ? doc[name] : undefined)
