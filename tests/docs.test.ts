// What the documentation lists is what the code has.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readConfig } from '../api/config.ts'
import { permissions } from '../api/graph/permissions.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
/** First cells of a Markdown page's tables that hold one piece of code. */
const cells = (text: string, index = 0) => text.split('\n').flatMap((line) => /^`([^`]+)`$/.exec(line.split('|').map((cell) => cell.trim())[index + 1] ?? '')?.[1] ?? [])

it('docs/permissions.md names the permissions that a connection is tested for, with the same reason', () => {
  const rows = read('docs/permissions.md').split('\n').flatMap((line) => {
    const [, name, reason] = /^\| `([\w.]+)` \| ([^|]+) \|$/.exec(line) ?? []
    return name === undefined ? [] : [[name, reason!.trim()]]
  })
  expect(Object.fromEntries(rows)).toEqual(permissions)
  for (const name of Object.keys(permissions)) expect(read('docs/setup.md')).toContain(`\`${name}\``)
})

it('docs/seams.md lists every variable of the configuration, and no other', () => {
  const names = cells(read('docs/seams.md')).filter((cell) => /^[A-Z_]+$/.test(cell))
  const guid = '11111111-1111-4111-8111-111111111111'
  const config = readConfig({
    MONGODB_URI: 'mongodb://db.example/', OUTPOST_PUBLIC_URL: 'https://outpost.example', OUTPOST_TENANT_ID: guid, OUTPOST_CLIENT_ID: guid, OUTPOST_BOT_ID: guid,
    OUTPOST_BOT_SECRET: 's', OUTPOST_MASTER_KEY: Buffer.alloc(32).toString('base64'), NODE_ENV: 'test', OUTPOST_TEAMS_APP_ID: guid,
  })
  expect(names.sort()).toEqual(Object.keys(config).sort())
})

it('README’s commands exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const commands = [...(read('README.md') + read('docs/seams.md') + read('docs/setup.md')).matchAll(/npm (?:run (\w+)|(start|test))/g)].map(([, run, short]) => run ?? short!)
  for (const command of commands) expect(Object.keys(scripts)).toContain(command)
})

it('every page that is linked exists', () => {
  for (const page of ['README.md', 'docs/setup.md', 'docs/permissions.md', 'docs/architecture.md', 'docs/seams.md', 'docs/decisions.md']) {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target!)
    for (const target of links) expect(existsSync(new URL(target, new URL(`../${page}`, import.meta.url))), `${page} → ${target}`).toBe(true)
  }
})
