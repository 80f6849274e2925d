// Draws the icons of the Teams app: a watchtower with a pennant. Run it after a change of the drawing; the PNG files are kept
// in the repository, because packing must not depend on which zlib a machine has.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'

type Point = readonly [x: number, y: number]
type Shape = (x: number, y: number) => boolean
type Colour = readonly [red: number, green: number, blue: number]
interface Layer {
  readonly shape: Shape
  readonly colour: Colour
}

export interface Icon {
  readonly file: string
  readonly size: number
  /** Bottom first, in a square of 100 × 100; what no layer covers is transparent. */
  readonly layers: readonly Layer[]
}

/** Samples a side of a pixel, for smooth edges. */
const fineness = 8

const polygon = (...corners: Point[]): Shape => (x, y) => {
  let inside = false
  corners.forEach(([x1, y1], index) => {
    const [x2, y2] = corners.at(index - 1) ?? [x1, y1]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}

const box = (left: number, top: number, right: number, bottom: number): Shape => (x, y) => x >= left && x < right && y >= top && y < bottom

const line = ([x1, y1]: Point, [x2, y2]: Point, width: number): Shape => (x, y) => {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) <= width / 2
}

const anyOf = (...shapes: Shape[]): Shape => (x, y) => shapes.some((shape) => shape(x, y))
const without = (shape: Shape, hole: Shape): Shape => (x, y) => shape(x, y) && !hole(x, y)
/** The same drawing smaller, in the middle of the square. */
const shrunk = (shape: Shape, factor: number): Shape => (x, y) => shape(50 + (x - 50) / factor, 50 + (y - 50) / factor)

const pennant = polygon([51, 1], [76, 9], [51, 17])
const tower = anyOf(
  box(47.5, 0, 52.5, 26),
  polygon([20, 40], [50, 22], [80, 40]),
  without(box(28, 40, 72, 60), box(39, 44, 61, 53)),
  box(20, 60, 80, 66),
  line([33, 66], [25, 97], 6),
  line([67, 66], [75, 97], 6),
  line([31, 72], [72, 92], 4),
  line([69, 72], [28, 92], 4),
)
// At 32 pixels thin lines turn grey, so this one has fewer and thicker ones.
const smallTower = anyOf(
  box(47, 0, 53, 26),
  polygon([51, 0], [82, 10], [51, 20]),
  polygon([16, 41], [50, 22], [84, 41]),
  without(box(25, 41, 75, 66), box(37.5, 47, 62.5, 56.5)),
  line([32, 66], [23, 97], 7.5),
  line([68, 66], [77, 97], 7.5),
  line([29, 81], [71, 81], 6),
)

const white: Colour = [255, 255, 255]
const night: Colour = [27, 58, 87]
const amber: Colour = [242, 169, 59]
const everywhere: Shape = () => true

export const icons: readonly Icon[] = [
  {
    file: 'color.png',
    size: 192,
    layers: [
      { shape: everywhere, colour: night },
      { shape: shrunk(tower, 0.62), colour: white },
      { shape: shrunk(pennant, 0.62), colour: amber },
    ],
  },
  { file: 'outline.png', size: 32, layers: [{ shape: smallTower, colour: white }] },
]

/** Red, green, blue and opacity of every pixel, row by row. */
export function paint({ size, layers }: Icon): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0]
      let covered = 0
      for (let sample = 0; sample < fineness * fineness; sample += 1) {
        const x = ((column + ((sample % fineness) + 0.5) / fineness) / size) * 100
        const y = ((row + (Math.floor(sample / fineness) + 0.5) / fineness) / size) * 100
        const top = layers.findLast(({ shape }) => shape(x, y))
        if (top === undefined) continue
        covered += 1
        top.colour.forEach((part, index) => (sum[index] = (sum[index] ?? 0) + part))
      }
      const colour = covered === 0 ? [0, 0, 0] : sum.map((part) => Math.round(part / covered))
      pixels.set([...colour, Math.round((covered / fineness ** 2) * 255)], (row * size + column) * 4)
    }
  }
  return pixels
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

/** A PNG file (ISO/IEC 15948) with 8 bits a channel and opacity. */
export function toPng(pixels: Uint8Array, size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const stride = size * 4
  const rows = Array.from({ length: size }, (_, row) => Buffer.concat([Buffer.of(0), pixels.subarray(row * stride, (row + 1) * stride)]))
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const icon of icons) {
    writeFileSync(new URL(`../appPackage/${icon.file}`, import.meta.url), toPng(paint(icon), icon.size))
    console.log(`appPackage/${icon.file}`)
  }
}
