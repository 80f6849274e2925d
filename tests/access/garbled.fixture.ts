// What nobody would send on purpose: values of the wrong kind, and texts that are broken on their way.
import type { Draw } from './seeded.fixture.ts'

const nested = (depth: number) => {
  let value: unknown = []
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
const values: ((draw: Draw) => unknown)[] = [
  () => null, () => [], () => ({}), () => '', () => true, () => 0, () => -1, () => 1e308, () => 2 ** 53, () => -0.5, () => [null], () => [[]], () => [{}], () => ({ $ne: null }), () => ({ $where: 'sleep(9)' }),
  () => '\u0000', () => '\ud800', () => 'x'.repeat(100_000), () => '\u202e\u200b', () => '9999-99-99T99:99:99Z', () => '+275760-09-13T00:00:00Z', () => '0000-01-01T00:00:00Z', () => 'https://evil.example/', () => 'not an address',
  () => '__proto__', () => 'constructor', () => nested(1_000), () => Array.from({ length: 2_000 }, (_, index) => index), (draw) => draw.text(1 + draw.below(30)), (draw) => draw.below(1_000_000),
]
export const garbage = (draw: Draw): unknown => draw.pick(values)(draw)

interface Place {
  readonly of: Record<string, unknown>
  readonly name: string
}
function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places
  for (const name of Object.keys(value)) {
    places.push({ of: value as Record<string, unknown>, name })
    placesIn((value as Record<string, unknown>)[name], places)
  }
  return places
}

/** The same with some of it gone, of another kind, or twice. */
export function garbled<T>(draw: Draw, value: T): unknown {
  if (draw.chance(0.05)) return garbage(draw)
  const copy = structuredClone(value)
  for (let times = 1 + draw.below(3); times > 0; times -= 1) {
    const places = placesIn(copy)
    if (places.length === 0) return garbage(draw)
    const { of, name } = draw.pick(places)
    const way = draw.below(10)
    if (way < 6) of[name] = garbage(draw)
    else if (way < 8 && Array.isArray(of)) of.splice(Number(name), 1)
    else if (way < 8) delete of[name]
    else if (Array.isArray(of)) of.push(of[Number(name)])
    else Object.defineProperty(of, draw.pick(['__proto__', 'toString', 'length', draw.text(8)]), { value: garbage(draw), enumerable: true, configurable: true, writable: true })
  }
  return copy
}

const breaks: ((text: string, draw: Draw) => string)[] = [
  (text, draw) => text.slice(0, draw.below(text.length + 1)), () => '', () => '<!doctype html><title>Sign in</title>', (text) => `\ufeff${text}`, (text) => `${text}${text}`, () => '['.repeat(100_000), () => '{"a":'.repeat(50_000), () => '1e999', () => '"\\ud800"',
  (text, draw) => text.replace(/"/, draw.pick(['\'', '\\', '\u0000'])), (text) => text.replace(/[[{]/, '({'), (text, draw) => draw.text(20) + text, () => '{"__proto__":{"status":500},"constructor":{"prototype":{}}}', () => 'null', () => 'NaN',
]
/** A text that was JSON, broken. */
export const broken = (draw: Draw, text: string): string => draw.pick(breaks)(text, draw)
