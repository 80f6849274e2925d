// The look, in a real browser: every view in every theme, narrow and wide, is held to axe-core and to its width; its failed
// and its loading state too; and the way through the views can be gone by keyboard alone.
import type { Frame, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTab, views } from '../../scripts/screenshots.ts'
import { openPage } from '../house/browser.fixture.ts'
import { faults, faultsByTheme, tabFrame } from '../house/desk.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

/** Of the desk, so that the tab in it is 320 and 1280 wide. */
const widths = [[320, 320], [1280, 1384]] as const

let house: House
let page: Page
let tab: FrameLocator

beforeAll(async () => {
  house = await openHouse()
  await house.channelFor('alerts')
  page = await openPage({ viewport: { width: 1384, height: 900 } })
  page.setDefaultTimeout(10_000)
  tab = await openTab(page, house.origin)
})
afterAll(async () => {
  await page?.close()
  await house?.close()
})

const frame = (): Frame => tabFrame(page)

describe.each(widths)('%i pixels wide', (width, viewport) => {
  it.each(views)('%s is readable for everybody in every theme', async (_name, show) => {
    await page.setViewportSize({ width: viewport, height: 900 })
    await show(tab)
    expect(await frame().evaluate(() => window.innerWidth)).toBe(width)
    expect(await faultsByTheme(page)).toEqual([])
  })
})

const places = ['#/customers', '#/customer/{id}/communications', '#/customer/{id}/posture', '#/customer/{id}/licences', '#/security', '#/admin/integrations', '#/admin/customers', '#/admin/channels', '#/admin/audit']

describe.each([
  ['a service that does not answer is said in words', 'Outpost does not answer at the moment', (away: () => Promise<void>) => away()],
  ['loading is said in words', 'Loading', () => new Promise<void>(() => undefined)],
] as const)('%s', (_name, words, answer) => {
  it('in every view', async () => {
    const { id } = await house.customer('Contoso')
    await page.setViewportSize({ width: 320, height: 900 })
    await frame().evaluate(() => (location.hash = '#/admin/customers'))
    const stop = /\/api\/v1\/(?!me$|changes$|customers\/[^/]+$)/
    await page.route(stop, (route) => answer(() => route.abort()))
    try {
      for (const place of places) {
        await frame().evaluate((hash) => (location.hash = hash), place.replace('{id}', id))
        await tab.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
        await tab.getByRole('main').getByText(words).first().waitFor()
        expect({ place, faults: await faults(page) }).toEqual({ place, faults: [] })
      }
    } finally {
      await page.unroute(stop)
      // What was held back would be missed by the next test.
      tab = await openTab(page, house.origin)
    }
  })
})

/** Presses Tab until the element with this role and name has the focus; fails when it is not on the way. */
async function tabTo(role: 'link' | 'button' | 'tab', name: string | RegExp): Promise<void> {
  const wanted = tab.getByRole(role, { name }).first()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement && document.hasFocus()).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to the ${role} ${String(name)}`)
}

it('by keyboard alone: customers, hub, open a mail, back to the list, security', async () => {
  await page.setViewportSize({ width: 1384, height: 900 })
  await tab.getByRole('link', { name: 'Contoso' }).waitFor()
  await tabTo('link', 'Contoso')
  await page.keyboard.press('Enter')
  await tab.getByRole('list', { name: 'Messages' }).getByRole('button').first().waitFor()
  const focused = () => frame().evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toBe('Contoso')
  await tabTo('button', /Received|Sent/)
  const row = await focused()
  await page.keyboard.press('Enter')
  const opened = tab.getByRole('region', { name: 'Opened message' })
  await opened.getByRole('term').first().waitFor()
  expect(await opened.getByRole('heading').evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await opened.waitFor({ state: 'detached' })
  expect(await focused()).toBe(row)
  await tabTo('link', 'Security')
  await page.keyboard.press('Enter')
  await tab.getByRole('heading', { name: 'Security', level: 1 }).waitFor()
  expect(await focused()).toBe('Security')
})
