// .dependency-cruiser.cjs says who may import whom. Each of its rules is tempted here with an import that it forbids, in a folder
// of invented files that is cruised with the words of `npm run layers`.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allowed, forbidden, type Import } from './layers.fixture.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { layers: string } }
const [, config, rooms] = / --config (\S+) (.+)$/.exec(scripts.layers)!
const options = await extractDepcruiseOptions(join(root, config!))
const rules = options.ruleSet!.forbidden ?? []

const temptations = Object.entries(forbidden).flatMap(([rule, imports]) => imports.map(([from, to]) => [rule, from, to] as const))
const isFile = (name: string) => /\.tsx?$/.test(name)
/** A package of types alone, as Microsoft's of Graph is: no file is found where its code would be. */
const hasCode = (name: string) => !name.endsWith('-types')
const placeOf = (name: string) => (isFile(name) || !hasCode(name) ? name : `node_modules/${name}/index.js`)
let folder: string
/** What was found, as “rule: from → to”. */
let reported: string[]

/** Writes every file of the examples with all its imports, and the packages that they name. */
function furnish() {
  const imports = [...Object.values(forbidden).flat(), ...allowed]
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const line = ([from, to, what]: Import) => `import ${what === 'value' ? '' : 'type '}{ T } from '${isFile(to) ? `./${relative(dirname(from), to)}` : to}'\n`
  write('package.json', '{}')
  for (const room of rooms!.split(' ')) if (!isFile(room)) mkdirSync(join(folder, room))
  for (const name of new Set(imports.flatMap(([from, to]) => [from, to]))) {
    if (isFile(name) || hasCode(name)) write(placeOf(name), imports.filter(([from]) => from === name).map(line).join(''))
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
  const names = rules.map(({ name }) => name!)
  const without = names.filter((name) => (forbidden[name] ?? []).length === 0)
  expect(without, 'Each of these rules needs a line in tests/documents/layers.fixture.ts: imports that it forbids').toEqual([])
  expect(Object.keys(forbidden).filter((name) => !names.includes(name)), 'There is no such rule any more: its line in tests/documents/layers.fixture.ts goes').toEqual([])
})

it.each(temptations)('%s: %s may not import %s', (rule, from, to) => {
  expect(reported.filter((one) => one.includes(`: ${from} → `))).toContain(`${rule}: ${from} → ${placeOf(to)}`)
})

it.each(allowed.map(([from, to]) => [from, to] as const))('%s may import %s', (from, to) => {
  // Circles apart: what tempts elsewhere closes some that no product has.
  expect(reported.filter((one) => one.endsWith(`: ${from} → ${placeOf(to)}`) && !one.startsWith('no-cycles:'))).toEqual([])
})

it('each file that says at its top that it is pure is held to it', () => {
  const held = ['pure', 'models'].map((rule) => new RegExp(String(rules.find(({ name }) => name === rule)!.from.path)))
  const files = ['api', 'bot', 'tab', 'infra'].flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name).replaceAll('\\', '/')))
  const saying = files.filter((name) => isFile(name) && /^(\/\/.*\n)*\/\/.*\bPure\b/.test(readFileSync(join(root, name), 'utf8')))
  expect(saying.length).toBeGreaterThan(0)
  expect(saying.filter((name) => !held.some((rule) => rule.test(name)))).toEqual([])
})
