import { readFileSync, readdirSync } from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longestFirst.ts'

/** What only compares the embedded database with another MongoDB. */
const comparing = process.env.MONGODB_TEST_URI === undefined ? ['infra/embedded-mongo/differential.test.ts'] : []
/** Ends what the files of a worker have shared. */
const ending = ['tests/house/worker.setup.ts']
const crash = '**/*.crash.test.ts'
const browser = '**/*.browser.test.ts'

/** A test is pure that starts no process: it imports neither the house, nor a database, nor what starts a program. */
const startsProcess = /from '(node:child_process|[^']*\/(house|database|probes)\.fixture\.ts|[^']*testDatabase\.ts)'/
const startingProcess = ['api', 'bot', 'tab', 'infra', 'tests'].flatMap((folder) => {
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.test\.tsx?$/.test(name)).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
  return tests.filter((name) => startsProcess.test(readFileSync(name, 'utf8')))
})

export default defineConfig({
  test: {
    // A house is three processes and a browser one more: two at a time is what two cores carry.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      // The files of a worker share what is costly: modules, a house, a browser.
      { extends: true, test: { name: 'pure', isolate: false, include: ['**/*.test.{ts,tsx}'], exclude: [...configDefaults.exclude, ...startingProcess, crash, browser] } },
      { extends: true, test: { name: 'house', isolate: false, setupFiles: ending, include: startingProcess, exclude: [...comparing, crash, browser] } },
      { extends: true, test: { name: 'browser', isolate: false, setupFiles: ending, include: [browser], exclude: configDefaults.exclude } },
      // Each has processes of its own, and a worker that nobody else is in.
      { extends: true, test: { name: 'crash', setupFiles: ending, include: [crash], exclude: configDefaults.exclude } },
    ],
  },
})
