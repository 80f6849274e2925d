// The product's settings, from environment variables alone. Read by server.ts, handed on as arguments. docs/seams.md lists them.
import { readFileSync } from 'node:fs'
import proxyAddress from 'proxy-addr'
import { z } from 'zod'
import { isWeak, keyBytes } from './vault/masterKey.ts'

const microsoftGraph = 'https://graph.microsoft.com'
const microsoftEntra = 'https://login.microsoftonline.com'
const connectorOpenId = 'https://login.botframework.com/v1/.well-known/openidconfiguration'

/** Where Teams' connector answers, by cloud: public, GCC, GCC High, DoD ("Send proactive messages", Microsoft Teams docs). */
const teamsConnectors = [
  'https://smba.trafficmanager.net', 'https://smba.infra.gcc.teams.microsoft.com', 'https://smba.infra.gov.teams.microsoft.us', 'https://smba.infra.dod.teams.microsoft.us',
]

const guid = z.string().trim().toLowerCase().pipe(z.guid('must be a GUID'))
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an address like https://outpost.example', abort: true })
  .refine((text) => new URL(text).pathname === '/' && !text.includes('?'), 'must be an origin, without a path')
  .transform((text) => new URL(text).origin)
const proxy = z.url({ protocol: /^https?$/, error: 'must be an address like http://proxy.example:3128' }).optional()
const seconds = z.coerce.number('must be a number of seconds').int().positive('must be more than 0')
const many = z.coerce.number('must be a number').int('must be a whole number').positive('must be more than 0')

function areAddresses(list: string[]): boolean {
  try {
    proxyAddress.compile(list)
    return true
  } catch {
    return false
  }
}

const drawn = 'e.g. from `openssl rand -base64 32`'
const masterKey = z
  .string(`is required: 32 random bytes in base64, ${drawn}`)
  // Node skips what is no base64, and stops at the first end: of a file with two keys it would take one in silence.
  .transform((text) => Buffer.from(/^\s*[\w+/-]+={0,2}\s*$/.test(text) ? text : '', 'base64'))
  .refine((key) => key.length === keyBytes, { error: `must be 32 bytes in base64 and nothing else, ${drawn}`, abort: true })
  .refine((key) => !isWeak(key), `is not random, so that it can be guessed. Draw one, ${drawn}`)
/** Variables that can name a file instead, as secrets are handed to a container: with `_FILE` behind the name. */
const inFiles = ['OUTPOST_MASTER_KEY', 'OUTPOST_MASTER_KEY_OLD']

const schema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65535).default(3978),
  HOST: z.string().default('0.0.0.0'),
  MONGODB_URI: z.string('is required: the connection string of a MongoDB').regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
  MONGODB_DATABASE: z.string().regex(/^[\w-]{1,60}$/, 'may hold letters, digits, - and _').default('outpost'),
  OUTPOST_PUBLIC_URL: origin,
  OUTPOST_TENANT_ID: guid,
  OUTPOST_CLIENT_ID: guid,
  OUTPOST_BOT_ID: guid,
  OUTPOST_BOT_SECRET: z.string('is required: the client secret of the bot').min(1),
  OUTPOST_MASTER_KEY: masterKey,
  OUTPOST_MASTER_KEY_OLD: masterKey.optional(),
  OUTPOST_TEAMS_APP_ID: guid.optional(),
  OUTPOST_GRAPH_ORIGIN: origin.default(microsoftGraph),
  OUTPOST_ENTRA_ORIGIN: origin.default(microsoftEntra),
  OUTPOST_BOT_OPENID_URL: z.url({ protocol: /^https?$/, error: 'must be an address' }).default(connectorOpenId),
  OUTPOST_BOT_SERVICE_ORIGINS: z
    .string()
    .default(teamsConnectors.join(','))
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(origin).min(1)),
  HTTP_PROXY: proxy,
  HTTPS_PROXY: proxy,
  NO_PROXY: z.string().optional(),
  OUTPOST_METRICS_PORT: z.coerce.number('must be a port number').int().min(0).max(65535).optional(),
  OUTPOST_METRICS_HOST: z.string().default('127.0.0.1'),
  OUTPOST_SYNC_SECONDS: seconds.default(120),
  OUTPOST_LEASE_SECONDS: seconds.default(30),
  OUTPOST_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''))
    .refine(areAddresses, 'must be addresses or networks separated by commas, like 10.0.0.0/8, 192.0.2.7'),
  OUTPOST_LIMIT_ADDRESS: many.default(30_000),
  OUTPOST_LIMIT_STRANGER: many.default(600),
  OUTPOST_LIMIT_PERSON: many.default(1200),
  OUTPOST_LIMIT_OPEN: many.default(60),
  OUTPOST_LIMIT_EXPORT: many.default(10),
  OUTPOST_LIMIT_SYNC: many.default(60),
  OUTPOST_LIMIT_TEST: many.default(20),
  OUTPOST_LIMIT_AT_ONCE: many.default(2),
  OUTPOST_LIMIT_LISTENING: many.default(10),
  OUTPOST_ROLES: z
    .string()
    .default('web,worker')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(['web', 'worker'], 'must be web, worker or web,worker')).min(1)),
})

export type Config = z.infer<typeof schema>

/** All that is wrong with the configuration, one line a variable, by name and never by value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`Outpost cannot start with this configuration:\n${problems.map((line) => `  - ${line}`).join('\n')}\nSee docs/seams.md.`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

function textOfFile(name: string): string | null {
  try {
    return readFileSync(name, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * Reads and checks the environment as a whole. Empty variables count as absent.
 * With NODE_ENV=production every address must be https, so that production is never silently local.
 * @throws ConfigError naming every problem at once
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  // These alone are written in both ways; programs agree that the lower case goes first.
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    const lower = given[name.toLowerCase()]
    if (lower !== undefined) given[name] = lower
  }
  const problems = new Map<string, string>()
  for (const name of inFiles) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    if (given[name] !== undefined) problems.set(`${name}_FILE`, `is given beside ${name}: give one of the two`)
    else given[name] = textOfFile(file) ?? ''
    if (given[name] === '') problems.set(name, `cannot be read from the file that ${name}_FILE names`)
  }
  const result = schema.safeParse(given)
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0])
    const missing = given[name] === undefined
    if (!problems.has(name)) problems.set(name, missing && !issue.message.startsWith('is required') ? 'is required' : issue.message)
  }
  const { OUTPOST_MASTER_KEY: newest, OUTPOST_MASTER_KEY_OLD: older } = result.data ?? {}
  if (older !== undefined && newest?.equals(older)) problems.set('OUTPOST_MASTER_KEY_OLD', `is the same key as OUTPOST_MASTER_KEY: draw a new one for that, ${drawn}, or take this one away`)
  if (given.NODE_ENV === 'production') {
    for (const name of ['OUTPOST_PUBLIC_URL', 'OUTPOST_GRAPH_ORIGIN', 'OUTPOST_ENTRA_ORIGIN', 'OUTPOST_BOT_OPENID_URL', 'OUTPOST_BOT_SERVICE_ORIGINS']) {
      if (/(^|,)\s*http:/i.test(given[name] ?? '')) problems.set(name, 'must begin with https:// when NODE_ENV is production')
    }
  }
  if (problems.size > 0 || !result.success) throw new ConfigError([...problems].map(([name, problem]) => `${name} ${problem}`))
  return result.data
}
