// Installs and builds what is missing. Plain JavaScript without packages, because on a fresh clone nothing else is there yet.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const installStamp = join(root, 'node_modules', '.outpost-installed')
const buildStamp = join(root, 'dist', '.outpost-built')
const sources = ['scripts/rotateKey.ts', 'api', 'bot', 'tab', 'infra', 'server.ts', 'package-lock.json', 'vite.config.ts', 'vite.desk.config.ts', 'vite.node.config.ts', 'tsconfig.json']

/** Ends with a sentence when this Node.js is too old. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Outpost needs Node.js 20.19 or newer (22 or 24 recommended); this is ${process.versions.node}.`)
  process.exit(1)
}

const saidEvery = 5_000

/** Runs a step that npm does without a word, and says every few seconds that it still runs. Ends with a sentence when it fails. */
async function run(step, args, sentence) {
  const begun = Date.now()
  console.log(`${step} …`)
  const ticking = setInterval(() => console.log(`${step} … ${Math.round((Date.now() - begun) / 1000)} s`), saidEvery)
  const child = spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  const code = await new Promise((resolve) => child.once('error', resolve).once('exit', resolve))
  clearInterval(ticking)
  if (code === 0) return
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

/** What people know of each bundle, by the script of package.json that makes it. */
const bundles = { 'build:tab': 'the tab', 'build:desk': 'the page that plays Teams', 'build:node': 'database, simulator and service' }

/** Makes the tree ready to run: packages installed, everything built from the sources as they are. Says what takes time. */
export async function prepare() {
  checkNode()
  if (!installed()) {
    // Whoever makes these packages no longer tests them on 20. Outpost's tests do.
    if (Number.parseInt(process.versions.node) < 22) console.log('On Node.js 20 npm warns of three packages (EBADENGINE) that ask for 22. They do their work on 20, too: the tests run there.')
    console.log('The first time this takes one to three minutes.')
    await run('Installing packages', ['ci', '--no-audit', '--no-fund'], 'The packages could not be installed. Check that the npm registry can be reached, then try again.')
    writeFileSync(installStamp, lockHash())
  }
  const now = hashSources()
  if (read(buildStamp) === now) return
  for (const [script, bundle] of Object.entries(bundles)) await run(`Building ${bundle}`, ['run', '--silent', script], 'The build failed; the reason stands above.')
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(buildStamp, now)
}
