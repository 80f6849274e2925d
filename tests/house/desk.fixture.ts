// The desk in a real browser, with the tab in it, for tests that read what people read; and what axe and the width say of it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Frame, FrameLocator, Page } from 'playwright-core'
import { themes } from '../../scripts/screenshots.ts'
import { openPage } from './browser.fixture.ts'
import type { House, RoleName } from './house.fixture.ts'
import { until } from './until.fixture.ts'

export interface Desk {
  readonly page: Page
  readonly tab: FrameLocator
  /** Errors that the page has raised by itself. */
  readonly complaints: string[]
  /** Opens the tab anew as the person with this role. */
  become(role: Exclude<RoleName, 'none'>): Promise<void>
  /** Goes to an address inside the tab, `customer/42/posture`, as if it had been typed. */
  goTo(place: string): Promise<void>
  close(): Promise<void>
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const tabFrame = (page: Page): Frame => page.frames().find((one) => one.url().includes('/tab/'))!

/** Opens the desk without the panel beside it, as the administrator. @param elsewhere a time zone, and a script for its clock */
export async function openDesk(house: House, elsewhere?: { timezoneId: string; clock: string }): Promise<Desk> {
  const page = await openPage({ viewport: { width: 1384, height: 900 }, ...(elsewhere && { timezoneId: elsewhere.timezoneId }) })
  if (elsewhere !== undefined) await page.addInitScript(elsewhere.clock)
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  const tab = page.frameLocator('iframe').first()
  const desk: Desk = {
    page,
    tab,
    complaints,
    async become(role) {
      const { upn, name } = house.personas[role]
      await page.getByLabel('Who am I').selectOption(upn)
      await tab.getByText(`Signed in as ${name} · ${role}`).waitFor()
    },
    async goTo(place) {
      await tabFrame(page).evaluate((hash) => (location.hash = hash), `#/${place}`)
    },
    close: () => page.close(),
  }
  await page.goto(house.origin)
  await page.getByRole('button', { name: 'Hide Microsoft 365' }).click()
  await desk.become('Admin')
  return desk
}

/** What is wrong with the tab as it stands: axe's violations, a page that scrolls sideways, fields that stand out of it, and values without room. */
export async function faults(page: Page): Promise<string[]> {
  const frame = tabFrame(page)
  await page.mouse.move(0, 0)
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource)
  return frame.evaluate(async () => {
    // Colours change in a moment, and axe must not look in between.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished))
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false, resultTypes: ['violations'] })
    const { scrollWidth, clientWidth } = document.documentElement
    const main = document.querySelector('main')
    const edge = main === null ? Infinity : main.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(main).paddingRight) + 1
    const outside = [...(main?.querySelectorAll('input, select, button') ?? [])].filter((field) => field.checkVisibility() && field.getBoundingClientRect().right > edge)
    // A word in three letters a line is read by nobody.
    const narrow = [...(main?.querySelectorAll('dd') ?? [])].filter((value) => value.checkVisibility() && value.getBoundingClientRect().width < 64)
    return [
      ...violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`),
      ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide in ${clientWidth}`] : []),
      ...narrow.slice(0, 3).map((value) => `has no room: ${value.outerHTML.slice(0, 200)}`),
      ...outside.slice(0, 3).map((field) => `stands out of the view: ${field.outerHTML.slice(0, 200)}`),
    ]
  })
}

/** The same in every theme. */
export async function faultsByTheme(page: Page): Promise<string[]> {
  const background = () => tabFrame(page).evaluate(() => getComputedStyle(document.querySelector('.fui-FluentProvider')!).backgroundColor)
  const found: string[] = []
  for (const theme of themes) {
    const before = await background()
    if ((await page.getByLabel('Theme').inputValue()) !== theme) {
      await page.getByLabel('Theme').selectOption(theme)
      await until(`the colours of ${theme}`, async () => (await background()) !== before)
    }
    found.push(...(await faults(page)).map((fault) => `${theme}: ${fault}`))
  }
  return found
}

/** The same on a phone, too; then it is as wide as it was. */
export async function looksWell(page: Page): Promise<string[]> {
  const before = page.viewportSize()!
  const found: string[] = []
  for (const width of [320, before.width]) {
    await page.setViewportSize({ ...before, width })
    found.push(...(await faultsByTheme(page)).map((fault) => `${width} wide: ${fault}`))
  }
  return found
}
