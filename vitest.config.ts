import { defineConfig } from 'vitest/config'

/** What only compares the embedded database with another MongoDB. */
const comparing = process.env.MONGODB_TEST_URI === undefined ? ['infra/embedded-mongo/differential.test.ts'] : []

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**', ...comparing],
    // A front-door test starts three processes, a browser test one more: two at a time is what two cores carry.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
})
