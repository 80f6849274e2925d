// Installs and builds what is missing. Plain JavaScript without packages, because on a fresh clone nothing else is there yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const installStamp = join(root, 'node_modules', '.outpost-installed')
const buildStamp = join(root, 'dist', '.outpost-built')
const sources = ['api', 'bot', 'tab', 'infra', 'server.ts', 'package-lock.json', 'vite.config.ts', 'vite.desk.config.ts', 'vite.node.config.ts', 'tsconfig.json']

/** Ends with a sentence when this Node.js is too old. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Outpost needs Node.js 20.19 or newer (22 or 24 recommended); this is ${process.versions.node}.`)
  process.exit(1)
}

function run(command, args, sentence) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.status === 0) return
  console.error(sentence)
  process.exit(1)
}

const lockHash = () => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** npm writes its own record of what it installed; a tree that npm ci made is as good as one made here. */
function installed() {
  if (read(installStamp) === lockHash()) return true
  const record = join(root, 'node_modules', '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

function hashSources() {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (statSync(path).isDirectory()) return readdirSync(path).sort().forEach((name) => visit(join(path, name)))
    if (/\.test\.tsx?$/.test(path)) return
    hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  for (const name of sources) if (existsSync(join(root, name))) visit(join(root, name))
  return hash.digest('hex')
}

/** Makes the tree ready to run: packages installed, everything built from the sources as they are. Says what takes time. */
export function prepare() {
  checkNode()
  if (!installed()) {
    console.log('Installing packages (one to three minutes the first time) …')
    run('npm', ['ci', '--no-audit', '--no-fund'], 'The packages could not be installed. Check that the npm registry can be reached, then try again.')
    writeFileSync(installStamp, lockHash())
  }
  const now = hashSources()
  if (read(buildStamp) === now) return
  console.log('Building …')
  run('npm', ['run', '--silent', 'build'], 'The build failed; the reason stands above.')
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(buildStamp, now)
}
