// Honest bodies, opened in a real browser: nothing of them is lost, and what is left out is said.
import type { FrameLocator, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'

let page: Page
let body: FrameLocator

const mails = {
  plain: { contentType: 'text', body: 'See <https://x.example/a>, a<b && c>d, &amp; &lt;b&gt;\n> quoted  twice' },
  white: {
    contentType: 'html',
    body: '<table><tr><td style="background:#003366;color:#ffffff">behind a shorthand</td></tr></table><p style="color:#fff">behind nothing</p><div style="background:url(http://a.example/b.png) navy"><font color="white">behind a picture</font></div>',
  },
  links: {
    contentType: 'html',
    body: '<p><a href="https://elsewhere.example/login">https://bank.example</a> <a href="https://same.example/">same.example</a> <a href="mailto:kim.kettle@contoso.com">Kim</a> <a href="https://bank.example@elsewhere.example/a">bank.example</a> <a href="https://bank.example:443@elsewhere.example/">bank.example:443@elsewhere.example</a></p>',
  },
  pictures: { contentType: 'html', body: '<p>Our plan: <img src="http://a.example/plan.png" alt="Plan of the office"> and <img src="cid:2"><img src="http://a.example/seen.gif" width="1" height="1"></p>' },
  plainHtml: { contentType: 'html', body: '<p>No colours here.</p>' },
}

useDesk({ world: 'tiny' }, async () => {
  for (const [subject, mail] of Object.entries(mails)) {
    await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject: `honest: ${subject}`, ...mail })
  }
  await house.synced('mail')
})
beforeAll(async () => {
  page = desk.page
  const { id } = await house.customer('Contoso')
  await desk.goTo(`customer/${id}/communications`)
})

async function open(subject: keyof typeof mails): Promise<void> {
  await desk.tab.getByRole('button').filter({ has: page.getByText(`honest: ${subject}`, { exact: true }) }).first().click()
  const opened = desk.tab.getByRole('region', { name: 'Opened message' })
  await opened.getByRole('heading', { name: `honest: ${subject}`, exact: true }).waitFor()
  body = opened.frameLocator('iframe')
}
const colours = (text: string) =>
  body.getByText(text).evaluate((element) => {
    const behind = (one: Element | null): string => {
      const own = one === null ? 'none' : getComputedStyle(one).backgroundColor
      return own === 'rgba(0, 0, 0, 0)' ? behind(one!.parentElement) : own
    }
    return [getComputedStyle(element).color, behind(element)]
  })

it('plain text stays what it is', async () => {
  await open('plain')
  await body.getByText('See').waitFor()
  expect(await body.locator('pre').evaluate((element) => element.textContent)).toBe(mails.plain.body)
})

it('text stays readable where what was behind it is a shorthand, is missing, or was a picture', async () => {
  await open('white')
  await body.getByText('behind a shorthand').waitFor()
  expect(await colours('behind a shorthand')).toEqual(['rgb(255, 255, 255)', 'rgb(0, 51, 102)'])
  expect(await colours('behind nothing')).toEqual(['rgb(36, 36, 36)', 'rgb(255, 255, 255)'])
  expect(await colours('behind a picture')).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 128)'])
})

it('a link says where it leads, unless its text does', async () => {
  await open('links')
  await body.getByText('elsewhere.example/login').waitFor()
  expect(await body.locator('p').evaluate((element) => element.textContent)).toBe('https://bank.example (elsewhere.example/login) same.example Kim (kim.kettle@contoso.com) bank.example (elsewhere.example/a) bank.example:443@elsewhere.example (elsewhere.example/)')
})

it('pictures that are left out are said, and what they show stands in their place', async () => {
  await open('pictures')
  await desk.tab.getByText('2 pictures are left out: fetching them would tell the sender that this was read.').waitFor()
  await body.getByText('Our plan: [Plan of the office] and [picture]').waitFor()
})

it('a text without colours of its own follows the theme', async () => {
  await open('plainHtml')
  await body.getByText('No colours here.').waitFor()
  const [, light] = await colours('No colours here.')
  await page.getByLabel('Theme').selectOption('dark')
  await expect.poll(async () => (await colours('No colours here.'))[1]).not.toBe(light)
  const [text] = await colours('No colours here.')
  expect(text).toBe('rgb(255, 255, 255)')
  // One that has colours was written for white paper.
  await open('white')
  await body.getByText('behind nothing').waitFor()
  expect((await colours('behind nothing'))[1]).toBe('rgb(255, 255, 255)')
})
