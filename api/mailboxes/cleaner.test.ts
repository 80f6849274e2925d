// What a text can do to the thread that cleans it, played by programs that do just that.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCleaner, type Cleaner } from './cleaner.ts'

let folder: string
const logged: string[] = []
const log = { info: () => undefined, warn: (event: string) => void logged.push(event), error: (event: string) => void logged.push(event) }
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'outpost-cleaner-'))))
afterAll(() => rmSync(folder, { recursive: true }))

/** Whose pages are made by what is written here, where their text says so. */
function cleanerThat(page: string, words = '({ html: "words", whole: true })'): Cleaner {
  const program = join(folder, `${String(logged.push('opened'))}.mjs`)
  writeFileSync(program, `export const page = ({ content }) => content === 'ordinary' ? { html: content, whole: true } : ${page}\nexport const words = () => ${words}`)
  logged.length = 0
  return openCleaner(program, log)
}
const hostile = { content: 'hostile', contentType: 'html' }
const ordinary = { content: 'ordinary', contentType: 'html' }

it.each([
  ['never ends', '(() => { for (;;); })()', 'clean.late'],
  ['fills the memory', '(() => { const all = []; for (;;) all.push(new Array(1e5).fill({})); })()', 'clean.'],
  ['fails', '(() => { throw new TypeError("no") })()', 'clean.failed'],
  ['ends its thread', 'process.exit(1)', 'clean.'],
])('what %s leaves the words, and the next text is cleaned as ever', async (_, page, event) => {
  const clean = cleanerThat(page)
  expect(await clean(hostile)).toEqual({ html: 'words', shown: 'wordsOnly' })
  expect(logged).toEqual([expect.stringContaining(event)])
  expect(await clean(ordinary)).toEqual({ html: 'ordinary', shown: 'all' })
})

it('where the words cannot be had either, nothing is shown', async () => {
  const clean = cleanerThat('(() => { throw new TypeError("no") })()', '(() => { throw new TypeError("no") })()')
  expect(await clean(hostile)).toEqual({ html: '', shown: 'nothing' })
})

it('many at once are cleaned in turn, and each has its own', async () => {
  const clean = cleanerThat('({ html: content, whole: true })')
  const texts = Array.from({ length: 50 }, (_, number) => String(number))
  expect((await Promise.all(texts.map((content) => clean({ content, contentType: 'html' })))).map(({ html }) => html)).toEqual(texts)
})

it('the program has none of our variables', async () => {
  const clean = cleanerThat('({ html: String(Object.keys(process.env).length), whole: true })')
  expect((await clean(hostile)).html).toBe('0')
})
