// The app package and the project files for the toolkit: what Microsoft's tools will read, checked without them.
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openLinks } from '../../bot/parts/links.ts'
import { grammar } from '../../bot/subjects.ts'
import { understand } from '../../bot/understand/understand.ts'
import { toPlain } from '../../bot/understand/words.ts'
import { icons, paint } from '../../scripts/icons.ts'
import {
  commandLists, fill, iconProblems, leftOut, manifestProblems, pack, PackageError, pngSize, readIcon, readManifest, readVariables, withCommands,
  type Manifest,
} from '../../scripts/package.ts'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const guid = '11111111-1111-4111-8111-111111111111'
const sample = {
  TAB_DOMAIN: 'outpost.example.com', TEAMS_APP_ID: guid, BOT_ID: guid, AAD_APP_CLIENT_ID: guid, PUBLISHER_NAME: 'Example', PUBLISHER_WEBSITE_URL: 'https://example.com/',
  PUBLISHER_PRIVACY_URL: 'https://example.com/privacy', PUBLISHER_TERMS_URL: 'https://example.com/terms',
}
const source = readManifest()
const manifest = fill(source, sample)

describe('the manifest', () => {
  it('is valid by Microsoft’s schema once its variables are filled in', async () => {
    expect(manifest.manifestVersion).toBe('1.28')
    expect(manifest.$schema).toContain('/v1.28/')
    expect(await manifestProblems(manifest)).toEqual([])
  })

  it.each<[string, Partial<Manifest> & Record<string, unknown>]>([
    ['an unknown key', { colour: 'blue' }],
    ['an app id that is no GUID', { id: 'outpost' }],
    ['a short description that is too long', { description: { short: 'x'.repeat(81), full: 'x' } }],
    ['an address without https', { developer: { name: 'x', websiteUrl: 'example.com', privacyUrl: 'https://example.com', termsOfUseUrl: 'https://example.com' } }],
    ['thirteen commands', { bots: [{ botId: guid, scopes: ['team'], commandLists: [{ scopes: ['team'], commands: Array.from({ length: 13 }, () => ({ title: 'x', description: 'x' })) }] }] }],
    ['a version of which no schema is known', { manifestVersion: '1.18' }],
    ['a domain with https', { validDomains: ['https://outpost.example.com'] }],
  ])('is refused with %s', async (_, change) => {
    const broken = { ...manifest, ...change }
    expect((await manifestProblems(broken)).length).toBeGreaterThan(0)
    await expect(pack(broken)).rejects.toThrow(PackageError)
  })

  it('is refused with its variables still in it', async () => {
    expect((await manifestProblems(source)).length).toBeGreaterThan(0)
  })

  it('opens the tab that deep links lead to, at the address that the product serves', () => {
    const tabs = source.staticTabs as { entityId: string; contentUrl?: string }[]
    const link = new URL(openLinks(guid, 'https://outpost.example.com', guid).toTab({ view: 'customers' }))
    expect(tabs[0]).toMatchObject({ entityId: link.pathname.split('/').at(-1), contentUrl: 'https://${{TAB_DOMAIN}}/tab/' })
    expect(new URL(link.searchParams.get('webUrl')!).pathname).toBe('/tab/')
  })

  it('declares no tab for channels, which the product has not', () => {
    expect(source).not.toHaveProperty('configurableTabs')
    expect((source.staticTabs as { scopes: string[] }[]).every(({ scopes }) => scopes.join() === 'personal')).toBe(true)
  })

  it('asks for sign-in tokens of the application that the Entra manifest describes', () => {
    const { resource, id } = source.webApplicationInfo as { id: string; resource: string }
    const entra = JSON.parse(read('appPackage/aad.manifest.json')) as { appId: string; identifierUris: string[] }
    expect([resource]).toEqual(entra.identifierUris)
    expect(id).toBe(entra.appId)
  })
})

describe('variables', () => {
  it('that are missing are named all at once', () => {
    const problem = (() => {
      try {
        return fill(source, { TAB_DOMAIN: 'outpost.example.com', BOT_ID: '' })
      } catch (error) {
        return error
      }
    })()
    expect(problem).toBeInstanceOf(PackageError)
    expect((problem as PackageError).problems).toEqual(Object.keys(sample).filter((name) => name !== 'TAB_DOMAIN').sort())
  })

  it('cannot change the form of the manifest', () => {
    expect(fill({ name: '${{A}}', list: ['x ${{ A }}', 1, null, true] }, { A: '","id":"$&' })).toEqual({ name: '","id":"$&', list: ['x ","id":"$&', 1, null, true] })
  })

  it('of the process win over the file, unless they are empty', () => {
    expect(readVariables('dev', { TAB_DOMAIN: 'one.example', TEAMSFX_ENV: 'other' })).toMatchObject({ TAB_DOMAIN: 'one.example', TEAMSFX_ENV: 'dev' })
    expect(readVariables('dev', { TEAMSFX_ENV: ' ', TAB_DOMAIN: undefined })).toMatchObject({ TEAMSFX_ENV: 'dev' })
    expect(() => readVariables('../../secrets', {})).toThrow(PackageError)
  })
})

describe('commands', () => {
  const customers = [{ id: 'contoso', name: 'Contoso', aliases: [], domains: ['contoso.com'] }]
  const kindOf = (text: string) => {
    const intent = understand(grammar, toPlain(text), { customers, last: null })
    return intent.kind === 'ask' ? intent.form.kind : intent.kind
  }
  const lists = source.bots.flatMap((bot) => bot.commandLists)

  it('in the manifest are those of the bot (if not: npm run package -- --commands)', () => {
    expect(source).toEqual(withCommands(source))
    expect(lists.flatMap(({ scopes }) => scopes)).toEqual(source.bots[0]!.scopes)
  })

  it('exist, no two alike, without a slash, and help is always among them', () => {
    for (const { commands: list } of lists) {
      const titles = list.map(({ title }) => title.toLowerCase())
      expect(new Set(titles).size).toBe(titles.length)
      expect(titles.filter((title) => title.startsWith('/'))).toEqual([])
      expect(titles).toContain('help')
    }
  })

  it.each([...new Set(lists.flatMap((list) => list.commands.map(({ title }) => title)))])('“%s” is understood as what it says', (title) => {
    const command = grammar.commands.find((one) => one.title === title)
    expect(command).toBeDefined()
    expect(kindOf(title)).toBe(command!.intent)
    expect(kindOf(command!.example)).toBe(command!.intent)
  })

  it('for which the menu has no room are these, and no other', () => {
    expect(leftOut(grammar.commands, source.bots[0]!.scopes)).toEqual({ personal: [], team: [] })
  })

  it('that are more than Teams shows leave help in place', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ intent: 'mfa' as const, title: `mfa ${index}`, description: 'x', scopes: ['personal'] as const }))
    const table = [...many, { intent: 'help' as const, title: 'help', description: 'x', scopes: ['personal'] as const }]
    const [list] = commandLists(table, ['personal', 'team'])
    expect(leftOut(table, ['personal', 'team'])).toEqual({ personal: many.slice(11).map(({ title }) => title), team: [] })
    expect(list!.commands.map(({ title }) => title)).toEqual([...many.slice(0, 11).map(({ title }) => title), 'help'])
  })
})

/** Pixels of a PNG file that `toPng` has written: one chunk of data, no filters. */
function pixelsOf(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file)
  const at = bytes.indexOf('IDAT')
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))
  const stride = (pngSize(file)?.[0] ?? 0) * 4 + 1
  return rows.filter((_, index) => index % stride !== 0)
}

describe('icons', () => {
  it('have the sizes that Teams asks for', () => {
    expect(pngSize(readIcon('color.png'))).toEqual([192, 192])
    expect(pngSize(readIcon('outline.png'))).toEqual([32, 32])
    expect(iconProblems(manifest, readIcon)).toEqual([])
  })

  it.each(icons.map((icon) => [icon.file, icon] as const))('%s is what its script draws', (file, icon) => {
    expect(Buffer.from(pixelsOf(readIcon(file))).equals(paint(icon))).toBe(true)
  })

  it('are white and transparent in outline, opaque in colour', () => {
    const outline = pixelsOf(readIcon('outline.png'))
    const alphas = outline.filter((_, index) => index % 4 === 3)
    expect(alphas).toContain(0)
    expect(alphas).toContain(255)
    outline.forEach((part, index) => {
      if (index % 4 !== 3 && outline[index - (index % 4) + 3]! > 0) expect(part).toBe(255)
    })
    expect(pixelsOf(readIcon('color.png')).filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
  })

  it('of another size, of another format or missing are refused, each by name', async () => {
    const swapped = (file: string) => readIcon(file === 'color.png' ? 'outline.png' : 'color.png')
    expect(iconProblems(manifest, swapped)).toEqual(['color.png is 32 × 32 and must be 192 × 192', 'outline.png is 192 × 192 and must be 32 × 32'])
    expect(iconProblems(manifest, () => Buffer.from('GIF89a'))).toEqual(['color.png is not a PNG file', 'outline.png is not a PNG file'])
    expect(iconProblems({ ...manifest, icons: { ...manifest.icons, color: 'none.png' } }, readIcon)).toEqual(['none.png cannot be read'])
    await expect(pack(manifest, swapped)).rejects.toThrow('color.png is 32 × 32')
  })
})

describe('the package', () => {
  it('holds manifest and icons and nothing else, and is the same each time', async () => {
    const zip = await pack(manifest)
    const files = unzipSync(zip)
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png'])
    expect(JSON.parse(Buffer.from(files['manifest.json']!).toString())).toEqual(manifest)
    expect(Buffer.from(files['color.png']!).equals(readIcon('color.png'))).toBe(true)
    await new Promise((done) => setTimeout(done, 2100)) // a zip counts time in steps of two seconds
    expect(Buffer.from(await pack(manifest)).equals(zip)).toBe(true)
  })
})
