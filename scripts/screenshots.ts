// Makes the pictures of the documentation from the running trial: docs/hub.png, and every view in every theme in
// docs/screenshots/<view>-<theme>.png. Whoever changes a view looks at them. The test of the look walks over the same views.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { call, connectTenants, giveAlertsTo, localMasterKey, startThree, stopThree } from './house.ts'

export const themes = ['default', 'dark', 'contrast'] as const

type Show = (tab: FrameLocator) => Promise<void>

const top = (name: string): Show => (tab) => tab.getByRole('navigation', { name: 'Outpost' }).getByRole('link', { name }).click()
const hub = (section: string): Show => async (tab) => {
  await top('Customers')(tab)
  await tab.getByRole('link', { name: 'Contoso' }).first().click()
  await tab.getByRole('tab', { name: section }).click()
}
const admin = (section: string): Show => async (tab) => {
  await top('Admin')(tab)
  await tab.getByRole('tab', { name: section }).click()
}
const opened = (tab: FrameLocator, noun: string) => tab.getByRole('region', { name: `Opened ${noun}` }).getByRole('term').first().waitFor()

/** Every view of the tab, and how somebody gets there; each ends when what it shows is there. */
export const views: readonly (readonly [name: string, show: Show])[] = [
  [
    'customers',
    async (tab) => {
      await top('Customers')(tab)
      // Each of the three customers of the small world has been read.
      await tab.getByRole('table', { name: 'Customers' }).getByText(/\d+ of \d+ capable/).nth(2).waitFor()
    },
  ],
  [
    'hub',
    async (tab) => {
      await hub('Communications')(tab)
      await tab.getByRole('list', { name: 'Messages' }).getByRole('button').first().waitFor()
      await tab.getByRole('list', { name: /^Meetings, / }).getByRole('button').first().waitFor()
    },
  ],
  [
    'mail',
    async (tab) => {
      await hub('Communications')(tab)
      await tab.getByRole('list', { name: 'Messages' }).getByRole('button').nth(1).click()
      await opened(tab, 'message')
    },
  ],
  [
    'meeting',
    async (tab) => {
      await hub('Communications')(tab)
      const meetings = tab.getByRole('list', { name: /^Meetings, / }).getByRole('button')
      await meetings.first().waitFor()
      // One that can be joined shows the most.
      const online = meetings.filter({ hasText: /Online/ })
      await ((await online.count()) > 0 ? online : meetings).first().click()
      await opened(tab, 'meeting')
    },
  ],
  [
    'posture',
    async (tab) => {
      await hub('Security posture')(tab)
      await tab.getByRole('table', { name: /^Privileged/ }).waitFor()
    },
  ],
  [
    'licences',
    async (tab) => {
      await hub('Licences')(tab)
      await tab.getByRole('table', { name: 'Licences by account' }).waitFor()
    },
  ],
  [
    'security',
    async (tab) => {
      await top('Security')(tab)
      await tab.getByRole('table', { name: /worst first/ }).waitFor()
    },
  ],
  [
    'integrations',
    async (tab) => {
      await admin('Integrations')(tab)
      await tab.getByRole('button', { name: /^Show streams of / }).first().click()
      await tab.getByRole('table', { name: /^Mailboxes of / }).first().waitFor()
    },
  ],
  [
    'admin-customers',
    async (tab) => {
      await admin('Customers')(tab)
      await tab.getByRole('button', { name: 'Edit Contoso' }).waitFor()
    },
  ],
  [
    'channels',
    async (tab) => {
      await admin('Channels')(tab)
      await tab.getByRole('table', { name: 'Channels' }).getByText('Customer security').waitFor()
    },
  ],
  [
    'audit',
    async (tab) => {
      await admin('Audit')(tab)
      await tab.getByRole('table', { name: 'Audit log' }).waitFor()
    },
  ],
]

/** Opens the desk and waits for the tab in it, without the panel beside it. */
export async function openTab(page: Page, origin: string): Promise<FrameLocator> {
  await page.goto(origin)
  const tab = page.frameLocator('iframe').first()
  await tab.getByRole('link', { name: 'Contoso' }).first().waitFor()
  const hide = page.getByRole('button', { name: 'Hide Microsoft 365' })
  if (await hide.isVisible()) await hide.click()
  return tab
}

/** Puts the pictures of everything that is served at `origin` into `folder`. */
export async function takePictures(page: Page, origin: string, folder: string): Promise<void> {
  const still = async () => {
    // Away from whatever was clicked last, and past the end of the colours' transitions.
    await page.mouse.move(0, 0)
    await page.waitForTimeout(300)
  }
  mkdirSync(join(folder, 'screenshots'), { recursive: true })
  const tab = await openTab(page, origin)
  for (const [name, show] of views) {
    await page.setViewportSize({ width: 1200, height: 800 })
    await show(tab)
    for (const theme of themes) {
      await page.getByLabel('Theme').selectOption(theme)
      await still()
      await page.screenshot({ path: join(folder, 'screenshots', `${name}-${theme}.png`) })
    }
    await page.getByLabel('Theme').selectOption('default')
    console.log(`${name} in ${themes.length} themes`)
    if (name !== 'hub') continue
    await page.setViewportSize({ width: 1400, height: 900 })
    await still()
    await page.screenshot({ path: join(folder, 'hub.png') })
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-'))
  const house = await startThree({ database: { folder: join(folder, 'database') }, masterKey: localMasterKey(folder) })
  const browser = await launchBrowser()
  try {
    await connectTenants(house.origin)
    await call(house.origin, 'POST', '/simulator/channel', { action: 'add' })
    await giveAlertsTo(house.origin)
    await takePictures(await browser.newPage({ viewport: { width: 1200, height: 800 } }), house.origin, 'docs')
  } finally {
    await browser.close()
    await stopThree(house)
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.filename === process.argv[1]) await main()
