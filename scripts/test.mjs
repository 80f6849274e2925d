// npm test: installs and builds if needed, then runs every test. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { prepare, root } from './prepare.mjs'

prepare()
const result = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exit(result.status ?? 1)
