import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longestFirst.ts'

/** What only compares the embedded database with another MongoDB. */
const comparing = process.env.MONGODB_TEST_URI === undefined ? ['infra/embedded-mongo/differential.test.ts'] : []

const crash = '**/*.crash.test.ts'
const browser = '**/*.browser.test.ts'
const documents = 'tests/documents/*.test.ts'
const frontDoor = 'tests/**/*.test.ts'
const { exclude } = configDefaults

/** Whether a file starts another program or opens a database: itself, or by a fixture that it imports, however far away that lies. */
function starts(name: string): boolean {
  const text = readFileSync(name, 'utf8')
  const fixtures = [...text.matchAll(/from '(\.[^']*\.fixture\.ts)'/g)].map(([, fixture]) => join(dirname(name), fixture!))
  return /from '(node:child_process|mongodb)'/.test(text) || fixtures.some(starts)
}
/** Unit tests that do so. */
const starting = ['api', 'bot', 'tab', 'infra'].flatMap((folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
  return files.filter((name) => /\.test\.tsx?$/.test(name) && starts(name))
})

/** Ends what the files of a worker have shared. */
const setupFiles = ['tests/house/worker.setup.ts']

export default defineConfig({
  test: {
    // A house is three processes and a browser one more, and they wait for each other: four at a time keep two cores busy.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      // The files of a worker share its modules, and the house or the browser that its first file has started.
      { extends: true, test: { name: 'pure', isolate: false, include: ['{api,bot,tab,infra}/**/*.test.{ts,tsx}', documents], exclude: [...exclude, ...starting, crash] } },
      { extends: true, test: { name: 'house', isolate: false, setupFiles, include: [frontDoor], exclude: [...exclude, documents, crash, browser] } },
      { extends: true, test: { name: 'browser', isolate: false, setupFiles, include: [browser], exclude } },
      // Apart from the pure ones: restify, which some of these start, changes every answer of Node's server in the whole process.
      { extends: true, test: { name: 'database', isolate: false, include: starting, exclude: [...exclude, ...comparing, crash] } },
      // A worker for each file: these end processes.
      { extends: true, test: { name: 'crash', setupFiles, include: [crash], exclude } },
    ],
  },
})
