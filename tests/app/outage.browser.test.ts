// The tab while the service is away, in a real browser: said once, with what happens next, and over by itself.
import { beforeAll, expect, it } from 'vitest'
import { faultsByTheme, tabFrame } from '../house/desk.fixture.ts'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

let customerId: string
useDesk({ world: 'tiny' }, async () => {
  customerId = (await house.customer('Contoso')).id
})
beforeAll(async () => {
  await desk.tab.getByRole('link', { name: 'Contoso' }).waitFor()
})

const away = () => desk.tab.getByText(/Outpost does not answer at the moment/)
const api = /\/api\/v1\/(?!changes$)/

/** While `during` runs, requests to `paths` are answered as a proxy does whose service is away. */
async function down(paths: RegExp, during: () => Promise<void>): Promise<void> {
  await desk.page.route(paths, (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }))
  try {
    await during()
  } finally {
    await desk.page.unroute(paths)
  }
}

it('a view that is first opened in an outage is there when the outage is over', async () => {
  await down(/\/tab\/assets\/|\/api\/v1\/(?!changes$)/, async () => {
    await desk.goTo('security')
    await away().waitFor()
    expect(await desk.tab.getByText(/could not be shown/).count()).toBe(0)
  })
  await desk.tab.getByRole('heading', { name: 'Security', level: 1 }).waitFor({ timeout: 30_000 })
  await desk.tab.getByRole('table', { name: /Security by customer/ }).waitFor()
  await away().waitFor({ state: 'detached' })
})

it('a view whose file a release has taken away loads the tab again, once', async () => {
  await tabFrame(desk.page).evaluate(() => sessionStorage.clear())
  let loads = 0
  desk.page.on('request', (request) => {
    if (request.isNavigationRequest() && request.url().includes('/tab/')) loads += 1
  })
  await desk.page.route(/\/tab\/assets\/Admin/, (route) => route.fulfill({ status: 404, body: '' }))
  try {
    await desk.goTo('admin/customers')
    await desk.tab.getByText('This page could not be shown.').waitFor()
    expect(loads).toBe(1)
    expect(await tabFrame(desk.page).evaluate(() => location.hash)).toBe('#/admin/customers')
  } finally {
    await desk.page.unroute(/\/tab\/assets\/Admin/)
  }
  const heading = desk.tab.getByRole('heading', { name: 'Archived customers' })
  const again = desk.tab.getByRole('button', { name: 'Try again' })
  // It may have tried by itself meanwhile.
  await again.or(heading).first().waitFor()
  if (await again.isVisible()) await again.click()
  await heading.waitFor()
})

it('is said once, however much of a view waits for it, and the view goes on by itself', async () => {
  await desk.goTo(`customer/${customerId}`)
  await desk.tab.getByRole('list', { name: 'Messages' }).waitFor()
  await desk.goTo('customers')
  await desk.tab.getByRole('link', { name: 'Contoso' }).waitFor()
  await down(/\/api\/v1\/customers\/[^/]+\/\w+/, async () => {
    await desk.goTo(`customer/${customerId}`)
    await desk.tab.getByRole('heading', { name: 'Emails' }).waitFor()
    await desk.tab.getByText(/It is asked again every 10 seconds/).waitFor()
    expect(await away().count()).toBe(1)
    expect(await desk.tab.getByRole('button', { name: 'Try again' }).count()).toBe(1)
    expect(await faultsByTheme(desk.page)).toEqual([])
  })
  await desk.tab.getByRole('list', { name: 'Messages' }).waitFor()
  await away().waitFor({ state: 'detached' })
})

it('what is in view stays, and comes at once when the person asks', async () => {
  await desk.goTo('customers')
  await desk.tab.getByRole('link', { name: 'Contoso' }).waitFor()
  await down(api, async () => {
    await house.as('Admin', 'PATCH', `/customers/${customerId}`, { aliases: ['Changed meanwhile'] })
    await away().waitFor()
    expect(await desk.tab.getByRole('link', { name: 'Contoso' }).count()).toBe(1)
  })
  await desk.tab.getByRole('button', { name: 'Try again' }).click()
  await away().waitFor({ state: 'detached', timeout: 5000 })
})

it('an open view says quietly that it does not renew itself, and no longer when it does', async () => {
  const lost = desk.tab.getByText(/Live updates are off since/)
  await house.stopProduct()
  await lost.waitFor()
  expect(await faultsByTheme(desk.page)).toEqual([])
  await desk.tab.getByRole('button', { name: 'Refresh' }).click()
  await away().waitFor()
  expect(await lost.count()).toBe(0)
  await house.startProduct()
  await away().waitFor({ state: 'detached' })
  await until('it renews itself again', async () => (await lost.count()) === 0, 40)
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
