// npm start: the local trial. Installs and builds if needed, then runs database, simulator and product.
import { spawn } from 'node:child_process'
import { prepare, root } from './prepare.mjs'

await prepare()
const trial = spawn(process.execPath, ['--import', 'tsx', 'scripts/trial.ts', ...process.argv.slice(2)], {
  cwd: root, stdio: 'inherit',
  // Errors name the line of the source. Reading the maps takes a fifth of a start, which tests, that start very often, go without.
  env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim() },
})
trial.on('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches the whole group; the trial ends its processes in order, and then this one ends with it.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => trial.kill('SIGTERM'))
// npm that is ended by a signal does not pass it on, and the trial would stay and hold its port.
const starter = process.ppid
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== starter) trial.kill('SIGTERM')
  }, 1_000).unref()
}
