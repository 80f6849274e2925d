// npm test: installs and builds if needed, then runs every test. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { prepare, root } from './prepare.mjs'

const vitest = (args, stdio) => spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], { cwd: root, stdio, encoding: 'utf8' })

/** Files that were asked for of a project and lie in others alone: vitest would only list what the project leaves out. */
function sayProject(args) {
  const { values, positionals } = parseArgs({ args, strict: false, allowPositionals: true, options: { project: { type: 'string' }, testNamePattern: { type: 'string', short: 't' } } })
  if (values.project === undefined || positionals.length === 0) return
  const found = [...vitest(['list', '--filesOnly', ...positionals], 'pipe').stdout.matchAll(/^\[(\w+)\] (.+)$/gm)].map(([, project, file]) => ({ project, file }))
  if (found.length === 0 || found.some(({ project }) => project === values.project)) return
  console.error(`Of the project ${values.project} there is no such file, but:`)
  for (const { project, file } of found) console.error(`  npm run test:${project} -- ${file}`)
  process.exit(1)
}

await prepare()
sayProject(process.argv.slice(2))
process.exit(vitest(['run', ...process.argv.slice(2)], 'inherit').status ?? 1)
