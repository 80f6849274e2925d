// The Entra manifest, the toolkit's project files and the deployment: what Microsoft's tools will read, checked without them.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { roleSchema } from '../../api/access/model.ts'
import { ConfigError, readConfig } from '../../api/config.ts'
import { featureRows } from '../../api/connections/permissions.ts'
import { streams } from '../../api/subjects.ts'
import { variablesIn } from '../../scripts/package.ts'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

interface EntraManifest {
  appId: string
  signInAudience: string
  identifierUris: string[]
  api: {
    requestedAccessTokenVersion: number
    oauth2PermissionScopes: { id: string; value: string; isEnabled: boolean }[]
    preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[]
  }
  appRoles: { id: string; value: string; isEnabled: boolean; allowedMemberTypes: string[] }[]
  requiredResourceAccess: { resourceAppId: string; resourceAccess: { id: string; type: string }[] }[]
}
const entra = JSON.parse(read('appPackage/aad.manifest.json')) as EntraManifest

describe('the Entra manifest', () => {
  it('gives tokens of version 2 to the own organisation', () => {
    expect(entra.api.requestedAccessTokenVersion).toBe(2)
    expect(entra.signInAudience).toBe('AzureADMyOrg')
    expect(entra.identifierUris).toEqual(['api://${{TAB_DOMAIN}}/${{AAD_APP_CLIENT_ID}}'])
  })

  it('has the roles of the product, for people and groups', () => {
    expect(entra.appRoles.map(({ value }) => value.toLowerCase())).toEqual(roleSchema.options)
    expect(new Set(entra.appRoles.map(({ id }) => id)).size).toBe(entra.appRoles.length)
    for (const role of entra.appRoles) expect(role).toMatchObject({ isEnabled: true, allowedMemberTypes: ['User'], id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string })
  })

  it('lets the clients of Teams in that the product lets in, with the scope that it asks for', () => {
    const auth = read('api/http/signIn.ts')
    const clients = /teamsClients = new Set\(\[([^\]]+)\]/.exec(auth)?.[1]?.match(/[\da-f-]{36}/g)
    const [scope, ...more] = entra.api.oauth2PermissionScopes
    expect(more).toEqual([])
    expect(scope).toMatchObject({ value: 'access_as_user', isEnabled: true })
    expect(auth).toContain(`'${scope!.value}'`)
    expect(entra.api.preAuthorizedApplications).toEqual(clients?.map((appId) => ({ appId, delegatedPermissionIds: [scope!.id] })))
  })

  it('asks Graph for the permissions that the product needs, and no other', () => {
    // What PIM makes eligible is for those who add it.
    const asked = featureRows(streams).filter(({ name }) => !name.includes('PIM')).map(({ permission }) => permission)
    const described = (JSON.parse(read('infra/simulator/graph/graph-openapi.json')) as { 'x-permissions': Record<string, { appRoleId?: string }> })['x-permissions']
    expect(entra.requiredResourceAccess).toEqual([
      { resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccess: asked.map((name) => ({ id: described[name]?.appRoleId, type: 'Role' })) },
    ])
  })
})

interface Step {
  uses: string
  with?: Record<string, unknown>
  writeToEnvironmentFile?: Record<string, string>
}
interface Project {
  version: string
  environmentFolderPath: string
  provision: Step[]
  deploy: Step[]
  publish?: Step[]
}

const keysOf = (file: string) => [...read(file).matchAll(/^([A-Z]\w*)=/gm)].map(([, name]) => name!)
const bicepOutputs = [...read('infra/azure.bicep').matchAll(/^output (\w+) /gm)].map(([, name]) => name!)
const writtenBy = (step: Step): string[] => [...Object.values(step.writeToEnvironmentFile ?? {}), ...(step.uses === 'arm/deploy' ? bicepOutputs : [])]
/** Every text in a step's settings. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
const filesOf = (step: Step): string[] => textsIn(step.with).filter((text) => text.startsWith('./'))
/** Made by a step, and not kept in the repository. */
const isOutput = (file: string): boolean => /^\.\/(?:dist|appPackage\/build)(?:\/|$)|^\.\/\.localConfigs$/.test(file)

describe.each(['teamsapp.yml', 'teamsapp.local.yml'])('%s', (name) => {
  const project = parse(read(name)) as Project
  const steps = [...project.provision, ...project.deploy, ...(project.publish ?? [])]

  it('is read by the toolkit: block style, a known version, the environment’s folder, and no file that would win over it', () => {
    expect(project).toMatchObject({ version: 'v1.11', environmentFolderPath: './env' })
    expect(read(name)).not.toMatch(/[[{][^\n]*\$\{\{[^\n]*}}\s*[\]}]/)
    expect(existsSync(new URL(`../../${name.replace('teamsapp', 'm365agents')}`, import.meta.url))).toBe(false)
  })

  it('names files that exist', () => {
    const files = steps.flatMap(filesOf).filter((file) => !isOutput(file))
    expect(files).toContain('./appPackage/manifest.json')
    for (const file of files) expect(existsSync(new URL(`../../${file}`, import.meta.url)), file).toBe(true)
  })

  it('packs before it sends, and always the same file', () => {
    const sent = steps.flatMap(({ with: settings }) => (settings?.appPackagePath === undefined ? [] : [settings.appPackagePath]))
    expect(new Set(sent)).toEqual(new Set(steps.flatMap(({ with: settings }) => settings?.outputZipPath ?? [])))
  })

  it('has every variable it uses defined, and never before the step that writes it', () => {
    const defined = new Set([...keysOf('env/.env.dev'), ...keysOf('env/.env.user.example')])
    const later = new Set(project.provision.flatMap(writtenBy))
    for (const step of steps) {
      const documents = filesOf(step).filter((file) => file.endsWith('.json') && !isOutput(file))
      const used = variablesIn([...textsIn(step), ...documents.map(read)].join('\n'))
      for (const variable of used) expect(defined, `${variable} in ${step.uses}`).toContain(variable)
      // The toolkit fills a manifest only when it packs or applies it; a check of the form does not need values.
      if (step.uses !== 'teamsApp/validateManifest') expect(used.filter((variable) => later.has(variable) && !writtenBy(step).includes(variable)), step.uses).toEqual([])
      for (const variable of writtenBy(step)) {
        expect(defined, `${variable} written by ${step.uses}`).toContain(variable)
        later.delete(variable)
      }
    }
    expect([...later]).toEqual([])
  })
})

describe('the deployment', () => {
  const template = read('infra/azure.bicep')
  const required = (() => {
    try {
      readConfig({})
    } catch (error) {
      if (error instanceof ConfigError) return error.problems.map((problem) => problem.split(' ')[0]!)
    }
    return []
  })()
  const known = [...read('docs/seams.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!)

  it('gives the product every variable that it requires, and none that it does not know', () => {
    const settings = [...template.matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!)
    const local = (parse(read('teamsapp.local.yml')) as Project).deploy.map(({ with: given }) => given?.envs).find((envs) => envs !== undefined)
    expect(required.length).toBeGreaterThan(5)
    expect(settings).toEqual(expect.arrayContaining([...required, 'NODE_ENV']))
    expect(Object.keys(local as object)).toEqual(expect.arrayContaining(required))
    expect([...settings, ...Object.keys(local as object)].filter((name) => !known.includes(name))).toEqual(['WEBSITE_RUN_FROM_PACKAGE'])
  })

  it('hands secrets over by the vault alone', () => {
    for (const name of ['OUTPOST_BOT_SECRET', 'OUTPOST_MASTER_KEY', 'MONGODB_URI']) expect(template).toMatch(new RegExp(`${name}: '@Microsoft\\.KeyVault\\(SecretUri=`))
    for (const name of ['botSecret', 'mongodbUri', 'masterKey']) {
      expect(template).toMatch(new RegExp(`@secure\\(\\)\\nparam ${name} string\\n`))
      expect(template.match(new RegExp(`\\b${name}\\b`, 'g'))).toHaveLength(2) // the parameter, and its entry in the vault
    }
  })

  it('has a value for every parameter without a default, and no parameter too many', () => {
    const { parameters } = JSON.parse(read('infra/azure.parameters.json')) as { parameters: Record<string, unknown> }
    const declared = [...template.matchAll(/^param (\w+) \w+( =)?/gm)]
    expect(Object.keys(parameters)).toEqual(expect.arrayContaining(declared.flatMap(([, name, byDefault]) => (byDefault === undefined ? [name] : []))))
    expect(declared.map(([, name]) => name)).toEqual(expect.arrayContaining(Object.keys(parameters)))
  })

  it('keeps no value of a secret in a file that is committed', () => {
    expect(keysOf('env/.env.dev').filter((name) => name.startsWith('SECRET_'))).toEqual([])
    expect(read('env/.env.user.example')).not.toMatch(/^\w+=.+$/m)
  })
})
