// What the documentation lists is what the code has, and what it promises has a test.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../api/config.ts'
import { featureRows } from '../../api/connections/permissions.ts'
import { streams } from '../../api/subjects.ts'

const features = featureRows(streams)
const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
/** First cells of a Markdown page's tables that hold one piece of code. */
const cells = (text: string) => text.split('\n').flatMap((line) => /^`([^`]+)`$/.exec(line.split('|')[1]?.trim() ?? '')?.[1] ?? [])

it('docs/permissions.md names the permissions that a connection is tested for, with the same reason and cost', () => {
  const rows = read('docs/permissions.md').split('\n').flatMap((line) => {
    const [, name, ...cells] = /^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? []
    return name === undefined ? [] : [[name, ...cells.map((cell) => cell.trim())]]
  })
  expect(rows).toEqual(features.map(({ permission, read, without, kinds }) => [permission, read, kinds.msp ?? 'not asked for', kinds.customer ?? 'not asked for', without]))
  for (const { permission } of features) expect(read('docs/setup.md')).toContain(`\`${permission}\``)
})

it('docs/seams.md lists every variable of the configuration, and no other', () => {
  const names = cells(read('docs/seams.md')).filter((cell) => /^[A-Z_]+$/.test(cell))
  const guid = '11111111-1111-4111-8111-111111111111'
  const config = readConfig({
    MONGODB_URI: 'mongodb://db.example/', OUTPOST_PUBLIC_URL: 'https://outpost.example', OUTPOST_TENANT_ID: guid, OUTPOST_CLIENT_ID: guid,
    OUTPOST_BOT_ID: guid, OUTPOST_BOT_SECRET: 's', OUTPOST_MASTER_KEY: randomBytes(32).toString('base64'), OUTPOST_MASTER_KEY_OLD: randomBytes(32).toString('base64'),
    NODE_ENV: 'test', OUTPOST_TEAMS_APP_ID: guid, OUTPOST_METRICS_PORT: '9464', HTTP_PROXY: 'http://proxy.example', HTTPS_PROXY: 'http://proxy.example', NO_PROXY: 'x',
  })
  expect(names.sort()).toEqual(Object.keys(config).sort())
})

it('README’s commands exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const pages = ['README.md', 'docs/seams.md', 'docs/setup.md', 'docs/contributing.md'].map(read).join('')
  const commands = [...pages.matchAll(/npm (?:run ([\w:-]+)|(start|test))/g)].map(([, run, short]) => run ?? short!)
  for (const command of commands) expect(Object.keys(scripts)).toContain(command)
})

it('docs/security.md names tests that there are', () => {
  const named = [...read('docs/security.md').matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(20)
  for (const name of named) expect(existsSync(new URL(`../../${name}`, import.meta.url)), name).toBe(true)
})

it('every page that is linked exists', () => {
  for (const page of ['README.md', 'docs/setup.md', 'docs/permissions.md', 'docs/architecture.md', 'docs/contributing.md', 'docs/seams.md', 'docs/security.md', 'docs/decisions.md', 'SECURITY.md']) {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target!)
    for (const target of links) expect(existsSync(new URL(target, new URL(`../../${page}`, import.meta.url))), `${page} → ${target}`).toBe(true)
  }
})

/**
 * What a page promises: each sentence of its sections, and each cell of their tables, as `row, column: cell`. Lists and numbered
 * sections are what a person does; there a sentence is a promise when it begins with Outpost.
 */
function promisesOf(page: string): string[] {
  return read(page).split(/^## /m).slice(1).flatMap((section) => {
    const [heading, ...blocks] = section.trim().split(/\n\n+/)
    return blocks.flatMap((block) => {
      if (block.startsWith('|')) return cellsOf(block)
      if (block.startsWith('```')) return []
      const sentences = plain(block).split(/(?<=[.?!])\s+(?=\p{Lu})/u)
      const steps = /^\d/.test(heading!) || /^(\d+\.|-) /.test(block)
      return steps ? sentences.filter((sentence) => sentence.startsWith('Outpost ')) : sentences
    })
  })
}

function cellsOf(table: string): string[] {
  const [columns, , ...rows] = table.trim().split('\n').map((line) => line.split('|').slice(1, -1).map(plain))
  return rows.flatMap(([row, ...cells]) => cells.flatMap((cell, index) => (cell === '' ? [] : [`${row}, ${columns![index + 1]}: ${cell}`])))
}

/** Without Markdown's marks, on one line. */
function plain(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/\*\*|`/g, '').replace(/\s+/g, ' ').trim()
}

/** Titles of the tests in a file: what `it` or `it.runIf(…)` is called with; of `it.each(…)('%s', …)` the first text of each row. */
function titlesIn(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest)
  const textOf = (node: ts.Node | undefined): string | null => {
    if (node === undefined) return null
    if (ts.isStringLiteralLike(node)) return node.text
    return ts.isBinaryExpression(node) ? `${textOf(node.left)}${textOf(node.right)}` : null
  }
  const rowsOf = (node: ts.Node | undefined): readonly ts.Node[] => {
    if (node !== undefined && ts.isAsExpression(node)) return rowsOf(node.expression)
    return node !== undefined && ts.isArrayLiteralExpression(node) ? node.elements : []
  }
  const titles: (string | null)[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression: called } = node
      const title = textOf(node.arguments[0])
      if (/^it(\.runIf\(\w+\))?$/.test(called.getText(source))) titles.push(title)
      else if (title === '%s' && ts.isCallExpression(called) && called.expression.getText(source) === 'it.each') {
        titles.push(...rowsOf(called.arguments[0]).map((row) => textOf(rowsOf(row)[0])))
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles.filter((title) => title !== null)
}

describe('each promise is the title of a test', () => {
  const files = ['tests', 'api', 'bot', 'tab'].flatMap((folder) => {
    const names = readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => `${folder}/${name}`)
  })
  const titles = new Set(files.flatMap(titlesIn))

  it.each([['docs/permissions.md', 60], ['docs/setup.md', 12]])('of %s', (page, atLeast) => {
    const promises = promisesOf(page)
    expect(promises.length).toBeGreaterThanOrEqual(atLeast)
    expect(promises.filter((promise) => !titles.has(promise))).toEqual([])
  })

  it('and what docs/permissions.md no longer says is no title in its tests', () => {
    const promises = new Set(promisesOf('docs/permissions.md'))
    const pages = files.filter((file) => file.startsWith('tests/access/permissions.'))
    expect(pages.length).toBeGreaterThan(3)
    expect(pages.flatMap(titlesIn).filter((title) => !promises.has(title))).toEqual([])
  })
})
