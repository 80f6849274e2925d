// Makes the pictures of the documentation from the running trial: docs/<view>.png. Whoever changes a view looks at them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { call, connectTenants, freePort, localMasterKey, productEnvironment, startDatabase, startProduct, startSimulator } from './house.ts'

const views: [name: string, show: (page: Page, tab: FrameLocator) => Promise<void>][] = [
  [
    'hub',
    async (_page, tab) => {
      await tab.getByRole('link', { name: 'Contoso' }).first().click()
      await tab.getByRole('list', { name: 'Messages' }).getByRole('button').nth(1).click()
      await tab.getByRole('region', { name: 'Opened message' }).frameLocator('iframe').locator('body').filter({ hasText: /\w{3}/ }).waitFor()
    },
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'outpost-'))
const productPort = await freePort()
const database = await startDatabase(join(folder, 'database'))
const simulator = await startSimulator({ port: 0, productPort, world: 'small', seed: 1 })
const product = await startProduct(await productEnvironment(simulator.origin, database.uri, productPort, localMasterKey(folder)))
const browser = await launchBrowser()
try {
  await connectTenants(simulator.origin)
  await call(simulator.origin, 'POST', '/simulator/channel', { action: 'add' })
  for (const [name, show] of views) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    await page.goto(simulator.origin)
    const tab = page.frameLocator('iframe').first()
    await tab.getByRole('link', { name: 'Contoso' }).first().waitFor()
    await page.getByRole('button', { name: 'Hide Microsoft 365' }).click()
    await show(page, tab)
    await page.screenshot({ path: `docs/${name}.png` })
    console.log(`docs/${name}.png`)
    await page.close()
  }
} finally {
  await browser.close()
  await product.stop()
  await simulator.part.stop()
  await database.part.stop()
  rmSync(folder, { recursive: true, force: true })
}
