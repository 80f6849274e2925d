import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const guid = '11111111-1111-4111-8111-111111111111'
const key = randomBytes(32).toString('base64')
const good = {
  MONGODB_URI: 'mongodb://db.example/', OUTPOST_PUBLIC_URL: 'https://outpost.example', OUTPOST_TENANT_ID: guid, OUTPOST_CLIENT_ID: guid,
  OUTPOST_BOT_ID: guid, OUTPOST_BOT_SECRET: 's', OUTPOST_MASTER_KEY: key,
}
const problemsOf = (environment: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

it('reads a complete configuration, with Microsoft as the default for every origin', () => {
  const config = readConfig(good)
  expect(config).toMatchObject({
    PORT: 3978, OUTPOST_GRAPH_ORIGIN: 'https://graph.microsoft.com', OUTPOST_ENTRA_ORIGIN: 'https://login.microsoftonline.com',
    OUTPOST_BOT_OPENID_URL: 'https://login.botframework.com/v1/.well-known/openidconfiguration', OUTPOST_ROLES: ['web', 'worker'],
  })
  expect(config.OUTPOST_MASTER_KEY).toHaveLength(32)
})

it('names every problem at once', () => {
  const problems = problemsOf({ ...good, MONGODB_URI: '', OUTPOST_TENANT_ID: 'contoso', PORT: 'many', OUTPOST_ROLES: 'cook', OUTPOST_MASTER_KEY: 'c2hvcnQ=' })
  expect(problems.map((line) => line.split(' ')[0]).sort()).toEqual(['MONGODB_URI', 'OUTPOST_MASTER_KEY', 'OUTPOST_ROLES', 'OUTPOST_TENANT_ID', 'PORT'])
})

it('says it of an address that is none', () => {
  expect(problemsOf({ ...good, OUTPOST_PUBLIC_URL: 'outpost', OUTPOST_GRAPH_ORIGIN: 'https://graph.example/v1.0' })).toEqual([
    'OUTPOST_PUBLIC_URL must be an address like https://outpost.example', 'OUTPOST_GRAPH_ORIGIN must be an origin, without a path',
  ])
})

it.each([['zeros', Buffer.alloc(32)], ['a word', Buffer.alloc(32, 'outpost')]])('a master key of %s is refused', (_what, weak) => {
  expect(problemsOf({ ...good, OUTPOST_MASTER_KEY: weak.toString('base64') })).toEqual([expect.stringMatching(/^OUTPOST_MASTER_KEY is not random/)])
  expect(problemsOf({ ...good, OUTPOST_MASTER_KEY_OLD: weak.toString('base64') })).toEqual([expect.stringMatching(/^OUTPOST_MASTER_KEY_OLD is not random/)])
})

it('A file that OUTPOST_MASTER_KEY_FILE names can hold the key instead, and one that OUTPOST_MASTER_KEY_OLD_FILE names the old one.', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-key-'))
  const file = join(folder, 'key')
  writeFileSync(file, `${key}\n`)
  const { OUTPOST_MASTER_KEY: inVariable, ...others } = good
  expect(readConfig({ ...others, OUTPOST_MASTER_KEY_FILE: file }).OUTPOST_MASTER_KEY.toString('base64')).toBe(inVariable)
  expect(readConfig({ ...good, OUTPOST_MASTER_KEY: randomBytes(32).toString('base64'), OUTPOST_MASTER_KEY_OLD_FILE: file }).OUTPOST_MASTER_KEY_OLD?.toString('base64')).toBe(key)
  expect(problemsOf({ ...good, OUTPOST_MASTER_KEY_FILE: file })).toEqual(['OUTPOST_MASTER_KEY_FILE is given beside OUTPOST_MASTER_KEY: give one of the two'])
  expect(problemsOf({ ...others, OUTPOST_MASTER_KEY_FILE: join(folder, 'nothing') })).toEqual(['OUTPOST_MASTER_KEY cannot be read from the file that OUTPOST_MASTER_KEY_FILE names'])
  rmSync(folder, { recursive: true })
})

const noKeys = [
  ['two keys', `${key}\n${randomBytes(32).toString('base64')}`], ['a remark behind it', `${key} # of May`], ['quotes', `"${key}"`], ['its name', `OUTPOST_MASTER_KEY=${key}`],
  ['the bytes themselves', Buffer.from(key, 'base64').toString('latin1')], ['sixteen digits', Buffer.from(key, 'base64').toString('hex')], ['sixteen bits a letter', Buffer.from(`\ufeff${key}`, 'utf16le').toString('utf8')],
] as const
it('A master key with anything around it, quotes for instance, is refused at the start.', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-key-'))
  const file = join(folder, 'key')
  const others = { ...good, OUTPOST_MASTER_KEY: undefined }
  for (const [what, text] of noKeys) {
    writeFileSync(file, text)
    for (const given of [{ OUTPOST_MASTER_KEY: text }, { OUTPOST_MASTER_KEY_FILE: file }]) {
      expect(problemsOf({ ...others, ...given }), what).toEqual([expect.stringMatching(/^OUTPOST_MASTER_KEY must be 32 bytes in base64 and nothing else/)])
    }
    expect(problemsOf({ ...good, OUTPOST_MASTER_KEY_OLD: text }), what).toEqual([expect.stringMatching(/^OUTPOST_MASTER_KEY_OLD must be 32 bytes in base64 and nothing else/)])
  }
  rmSync(folder, { recursive: true })
})

it.each([['a line end', `${key}\n`], ['the line end of Windows', `${key}\r\n`], ['a mark before it', `\ufeff${key}`], ['the letters of addresses', Buffer.from(key, 'base64').toString('base64url')]])('a master key with %s is one, wherever it stands', (_what, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-key-'))
  writeFileSync(join(folder, 'key'), text)
  const others = { ...good, OUTPOST_MASTER_KEY: undefined }
  for (const given of [{ OUTPOST_MASTER_KEY: text }, { OUTPOST_MASTER_KEY_FILE: join(folder, 'key') }]) expect(readConfig({ ...others, ...given }).OUTPOST_MASTER_KEY.toString('base64')).toBe(key)
  rmSync(folder, { recursive: true })
})

it('The same key as the new one and as the old one is refused, too, because nothing would be sealed anew.', () => {
  expect(problemsOf({ ...good, OUTPOST_MASTER_KEY_OLD: key })).toEqual([expect.stringMatching(/^OUTPOST_MASTER_KEY_OLD is the same key as OUTPOST_MASTER_KEY/)])
})

it('never prints a value', () => {
  const problems = problemsOf({ ...good, OUTPOST_MASTER_KEY: 'hunter2', MONGODB_URI: 'postgres://user:hunter2@db' })
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toContain('hunter2')
})

it.each(['MONGODB_URI', 'OUTPOST_MASTER_KEY', 'OUTPOST_BOT_SECRET', 'OUTPOST_TENANT_ID', 'OUTPOST_PUBLIC_URL'])('%s is required, with and without production', (name) => {
  expect(problemsOf({ ...good, [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name} is required`))])
  expect(problemsOf({ ...good, [name]: undefined, NODE_ENV: 'production' })).toHaveLength(1)
})

it.each(['OUTPOST_PUBLIC_URL', 'OUTPOST_GRAPH_ORIGIN', 'OUTPOST_ENTRA_ORIGIN', 'OUTPOST_BOT_OPENID_URL', 'OUTPOST_BOT_SERVICE_ORIGINS'])('%s must be https in production', (name) => {
  expect(problemsOf({ ...good, [name]: 'http://127.0.0.1:4300' })).toEqual([])
  for (const given of ['http://127.0.0.1:4300', 'HTTP://127.0.0.1:4300']) {
    expect(problemsOf({ ...good, [name]: given, NODE_ENV: 'production' })).toEqual([`${name} must begin with https:// when NODE_ENV is production`])
  }
})

it('knows the connectors of Microsoft’s clouds, and takes others for them', () => {
  expect(readConfig(good).OUTPOST_BOT_SERVICE_ORIGINS).toContain('https://smba.trafficmanager.net')
  expect(readConfig({ ...good, OUTPOST_BOT_SERVICE_ORIGINS: 'https://a.example, https://b.example/' }).OUTPOST_BOT_SERVICE_ORIGINS).toEqual(['https://a.example', 'https://b.example'])
  expect(problemsOf({ ...good, OUTPOST_BOT_SERVICE_ORIGINS: 'https://a.example,elsewhere' })).toEqual([expect.stringMatching(/^OUTPOST_BOT_SERVICE_ORIGINS must be an address/)])
  expect(problemsOf({ ...good, OUTPOST_BOT_SERVICE_ORIGINS: 'https://a.example,http://b.example', NODE_ENV: 'production' })).toEqual(['OUTPOST_BOT_SERVICE_ORIGINS must begin with https:// when NODE_ENV is production'])
})

it('takes a proxy in either spelling, the lower case first, and refuses what is none', () => {
  expect(readConfig(good)).not.toHaveProperty('HTTP_PROXY')
  expect(readConfig({ ...good, HTTP_PROXY: 'http://one.example:3128', http_proxy: 'http://two.example:3128' }).HTTP_PROXY).toBe('http://two.example:3128')
  expect(readConfig({ ...good, https_proxy: 'http://user:secret@one.example' }).HTTPS_PROXY).toBe('http://user:secret@one.example')
  const problems = problemsOf({ ...good, HTTPS_PROXY: 'socks5://one.example', http_proxy: 'proxy.example:3128' })
  expect(problems).toEqual(['HTTP_PROXY must be an address like http://proxy.example:3128', 'HTTPS_PROXY must be an address like http://proxy.example:3128'])
})
