// npm run package [-- --env NAME]: fills in the manifest of the Teams app, checks it without a network, and packs it with its
// icons. `--commands` only brings the bot's command menu in appPackage/manifest.json up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, parseEnv } from 'node:util'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { zipSync, type Zippable } from 'fflate'
import { grammar } from '../bot/subjects.ts'
import type { Command } from '../bot/understand/grammar.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'appPackage')

/** The parts of a manifest that are looked at here; Microsoft's schema checks the rest. */
export interface Manifest {
  manifestVersion: string
  icons: { color: string; outline: string; color32x32?: string }
  bots: { scopes: string[]; commandLists: CommandList[]; [key: string]: unknown }[]
  validDomains: string[]
  [key: string]: unknown
}

export interface CommandList {
  scopes: string[]
  commands: { title: string; description: string }[]
}

export type Variables = Readonly<Record<string, string | undefined>>

/** What stands in the way of a package, one sentence a problem. */
export class PackageError extends Error {
  readonly problems: readonly string[]
  constructor(title: string, problems: readonly string[]) {
    super([title, ...problems.map((problem) => `  - ${problem}`)].join('\n'))
    this.name = 'PackageError'
    this.problems = problems
  }
}

/** @throws PackageError when it is not JSON, for it is edited by hand */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new PackageError(`${path} cannot be read:`, [error instanceof Error ? error.message : String(error)])
  }
}

/** The manifest as it stands in the repository, with its variables. */
export const readManifest = (): Manifest => readJson(join(folder, 'manifest.json')) as Manifest

/** Microsoft's manifest schema: most commands in one list. */
const mostCommands = 12

type Offered = Pick<Command, 'intent' | 'title' | 'description' | 'scopes'>

/** What the menu of a scope shows, and for what there is no room: the last ones of the table, but never help, which explains them all. */
function menuOf(table: readonly Offered[], scope: string): { shown: Offered[]; leftOut: Offered[] } {
  const offered = table.filter((command) => command.scopes.some((one) => one === scope))
  const others = offered.filter(({ intent }) => intent !== 'help')
  const leftOut = others.slice(mostCommands - (offered.length - others.length))
  return { shown: offered.filter((command) => !leftOut.includes(command)), leftOut }
}

/** The bot's menu: a list for each scope of the manifest, in the table's order. */
export function commandLists(table: readonly Offered[], scopes: readonly string[]): CommandList[] {
  return scopes.flatMap((scope) => {
    const list = menuOf(table, scope).shown.map(({ title, description }) => ({ title, description }))
    return list.length === 0 ? [] : [{ scopes: [scope], commands: list }]
  })
}

/** Titles of the commands that a menu has no room for, by scope. */
export function leftOut(table: readonly Offered[], scopes: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(scopes.map((scope) => [scope, menuOf(table, scope).leftOut.map(({ title }) => title)]))
}

/** The manifest with the menu that the table of commands gives. */
export function withCommands(manifest: Manifest): Manifest {
  return { ...manifest, bots: manifest.bots.map((bot) => ({ ...bot, commandLists: commandLists(grammar.commands, bot.scopes) })) }
}

const placeholder = /\$\{\{\s*(\w+)\s*\}\}/g

/** Names of the variables in a text, each once. */
export const variablesIn = (text: string): string[] => [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))].sort()

/**
 * Fills in every `${{NAME}}`. It is done string by string, so that no value can change the form of the document.
 * @throws PackageError naming every variable that has no value
 */
export function fill<T>(template: T, variables: Variables): T {
  const missing = variablesIn(JSON.stringify(template)).filter((name) => !variables[name])
  if (missing.length > 0) throw new PackageError('These variables have no value, neither in env/.env.<name> (--env <name>, dev unless told) nor in the environment:', missing)
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(placeholder, (_, name: string) => variables[name] ?? '')
    if (Array.isArray(value)) return value.map(filled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part)]))
  }
  return filled(template) as T
}

/**
 * Variables of env/.env.NAME and of the process, whose values win, as they do in the toolkit. Empty ones count as absent.
 * @throws PackageError when the name could leave the folder
 */
export function readVariables(name: string, environment: Variables): Variables {
  if (!/^[\w-]+$/.test(name)) throw new PackageError('The name of an environment may hold letters, digits, - and _:', [name])
  const file = join(root, 'env', `.env.${name}`)
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  return { ...kept, ...Object.fromEntries(given), TEAMSFX_ENV: name }
}

/** What is wrong with a filled manifest; empty when Microsoft's schema of its version, as installed here, accepts it. */
export async function manifestProblems(manifest: Manifest): Promise<string[]> {
  const path = `@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`
  type Validate = typeof AppManifestUtils.validateAgainstSchema
  let schema: Parameters<Validate>[1]
  try {
    schema = createRequire(import.meta.url)(path) as Parameters<Validate>[1]
  } catch {
    return [`/manifestVersion ${manifest.manifestVersion} is not known to @microsoft/app-manifest`]
  }
  // The schema handed over and not looked up: a look-up by address would go to the network.
  const problems = await AppManifestUtils.validateAgainstSchema(manifest as unknown as Parameters<Validate>[0], schema)
  // The schema takes any text for a domain, an address with https:// too, and Teams would then show an empty tab.
  const domains = manifest.validDomains.filter((domain) => !/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i.test(domain))
  return [...problems, ...domains.map((domain) => `/validDomains must be a host name without https://, port or path: ${domain}`)]
}

const pngSignature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Width and height of a PNG file, from its header; null when it is none. */
export function pngSize(bytes: Uint8Array): readonly [width: number, height: number] | null {
  const file = Buffer.from(bytes)
  if (file.length < 24 || !file.subarray(0, 8).equals(pngSignature) || file.toString('latin1', 12, 16) !== 'IHDR') return null
  return [file.readUInt32BE(16), file.readUInt32BE(20)]
}

const iconSizes = { color: 192, outline: 32, color32x32: 32 } as const

/** What is wrong with the icons that a manifest names. */
export function iconProblems({ icons }: Manifest, read: (file: string) => Uint8Array): string[] {
  return Object.entries(icons).flatMap(([kind, file]) => {
    const wanted = iconSizes[kind as keyof typeof iconSizes]
    try {
      const size = pngSize(read(file))
      if (size === null) return [`${file} is not a PNG file`]
      return size.every((length) => length === wanted) ? [] : [`${file} is ${size.join(' × ')} and must be ${wanted} × ${wanted}`]
    } catch {
      return [`${file} cannot be read`]
    }
  })
}

/** An icon of the app package. */
export const readIcon = (file: string): Uint8Array => readFileSync(join(folder, file))

/**
 * The app package: manifest and icons, nothing else, because Teams refuses more. The same content always gives the same bytes.
 * @param manifest with its variables filled in
 * @throws PackageError naming everything that is wrong with it
 */
export async function pack(manifest: Manifest, read: (file: string) => Uint8Array = readIcon): Promise<Uint8Array> {
  const problems = [...(await manifestProblems(manifest)), ...iconProblems(manifest, read)]
  if (problems.length > 0) throw new PackageError('Teams would not accept this package:', problems)
  const files: Zippable = { 'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) }
  for (const file of Object.values(manifest.icons)) files[file] = [read(file), { level: 0 }]
  // The first moment that a zip can hold, in local time as its format wants it, so that the time zone makes no difference.
  return zipSync(files, { mtime: new Date(1980, 0, 1) })
}

/** Brings the command menu in the repository's manifest up to date, for the toolkit packs that file by itself. */
function keepCommands(manifest: Manifest): void {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  if (JSON.stringify(readManifest()) === JSON.stringify(manifest)) return
  writeFileSync(join(folder, 'manifest.json'), text)
  console.log('appPackage/manifest.json: the command menu has been brought up to date')
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { env: { type: 'string', default: 'dev' }, commands: { type: 'boolean', default: false } } })
  const manifest = withCommands(readManifest())
  keepCommands(manifest)
  for (const [scope, titles] of Object.entries(leftOut(grammar.commands, manifest.bots.flatMap(({ scopes }) => scopes)))) {
    if (titles.length > 0) console.log(`The menu of the scope ${scope} is full. Not in it: ${titles.join(', ')}. Who types them is answered all the same.`)
  }
  if (values.commands) return
  const bytes = await pack(fill(manifest, readVariables(values.env, process.env)))
  const file = join('appPackage', 'build', `appPackage.${values.env}.zip`)
  mkdirSync(join(folder, 'build'), { recursive: true })
  writeFileSync(join(root, file), bytes)
  console.log(file)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof PackageError ? error.message : error)
    process.exitCode = 1
  }
}
