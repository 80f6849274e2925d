// .dependency-cruiser.cjs says who may import whom. Each of its rules is tempted here with an import that it forbids, in a folder
// of invented files that is cruised with the words of `npm run layers`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allowed, forbidden } from './layers.fixture.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { layers: string } }
const [, config, rooms] = /^depcruise --config (\S+) (.+)$/.exec(scripts.layers)!
const options = await extractDepcruiseOptions(join(root, config!))
const rules = (options.ruleSet!.forbidden ?? []).map(({ name }) => name!)

const temptations = Object.entries(forbidden).flatMap(([rule, imports]) => imports.map(([from, to]) => [rule, from, to] as const))
const isFile = (name: string) => /\.tsx?$/.test(name)
const placeOf = (name: string) => (isFile(name) ? name : `node_modules/${name}/index.js`)
let folder: string
/** What was found, as “rule: from → to”. */
let reported: string[]

/** Writes every file of the examples with all its imports, and the packages that they name. */
function furnish() {
  const imports = [...temptations.map(([, from, to]) => [from, to] as const), ...allowed]
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  // A type alone: what costs nothing at run time counts all the same.
  const line = (from: string, to: string) => `import type { T } from '${isFile(to) ? `./${relative(dirname(from), to)}` : to}'\n`
  write('package.json', '{}')
  for (const room of rooms!.split(' ')) if (!isFile(room)) mkdirSync(join(folder, room))
  for (const name of new Set(imports.flat())) {
    write(placeOf(name), imports.filter(([from]) => from === name).map(([from, to]) => line(from, to)).join(''))
    if (!isFile(name)) write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'layers-'))
  furnish()
  const { output } = await cruise(rooms!.split(' '), { ...options, baseDir: folder })
  // Not its summary, which names a circle once and not each import in it.
  reported = (output as ICruiseResult).modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved, rules = [] }) => rules.map(({ name }) => `${name}: ${source} → ${resolved}`)),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('every rule has an example, and every example a rule', () => {
  expect(Object.keys(forbidden).sort()).toEqual([...rules].sort())
  expect(Object.entries(forbidden).filter(([, imports]) => imports.length === 0)).toEqual([])
})

it.each(temptations)('%s: %s may not import %s', (rule, from, to) => {
  expect(reported.filter((one) => one.includes(`: ${from} → `))).toContain(`${rule}: ${from} → ${placeOf(to)}`)
})

it.each(allowed)('%s may import %s', (from, to) => {
  // Circles apart: what tempts elsewhere closes some that no product has.
  expect(reported.filter((one) => one.endsWith(`: ${from} → ${placeOf(to)}`) && !one.startsWith('no-cycles:'))).toEqual([])
})
