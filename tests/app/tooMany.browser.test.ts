// The tab when it is told that it asks too much, in a real browser: it asks again by itself for what it reads, and says so of what a person does.
import { beforeAll, expect, it } from 'vitest'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'

useDesk({ world: 'tiny' })
beforeAll(async () => {
  await desk.tab.getByRole('link', { name: 'Contoso' }).waitFor()
})

const sentence = 'You have exported very often in a short time. Try again in a second.'

/** The first so many requests to these paths are refused; how many came. */
async function refusing(paths: RegExp, count: number) {
  const seen = { requests: 0 }
  await desk.page.route(paths, (route) => {
    seen.requests += 1
    if (seen.requests > count) return route.continue()
    return route.fulfill({ status: 429, headers: { 'Retry-After': '1' }, json: { error: { code: 'tooMany', message: sentence, requestId: 'x' } } })
  })
  return seen
}

it('a view waits and is there, without a word', async () => {
  const paths = /\/api\/v1\/security$/
  const seen = await refusing(paths, 2)
  await desk.goTo('security')
  await desk.tab.getByRole('table', { name: /Security by customer/ }).waitFor()
  expect(seen.requests).toBeGreaterThanOrEqual(3)
  expect(await desk.tab.getByText(sentence).count()).toBe(0)
  await desk.page.unroute(paths)
})

it('a wait that is longer than a person waits without a word is said, and the view is there when they try again', async () => {
  const customer = await house.customer('Contoso')
  const paths = /\/api\/v1\/messages\/[^/]+\/body$/
  const long = 'You have opened very many messages and meetings in a short time. Try again in 57 seconds.'
  await desk.page.route(paths, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '57' }, json: { error: { code: 'tooMany', message: long, requestId: 'x' } } }))
  await desk.goTo(`customer/${customer.id}`)
  await desk.tab.getByRole('list', { name: 'Messages' }).getByRole('button').first().click()
  await desk.tab.getByText(long).waitFor()
  await desk.page.unroute(paths)
  await desk.tab.getByRole('button', { name: 'Try again' }).click()
  await desk.tab.getByText(long).waitFor({ state: 'detached' })
})

it('what stands before the service may refuse in its own way', async () => {
  const paths = /\/api\/v1\/security$/
  await desk.page.route(paths, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '3600' }, contentType: 'text/html', body: '<h1>Slow down</h1>' }))
  await desk.goTo('security')
  await desk.tab.getByText('Very much was asked of Outpost from here in a short time. Try again in a minute.').waitFor()
  await desk.page.unroute(paths)
  await desk.tab.getByRole('button', { name: 'Try again' }).click()
  await desk.tab.getByRole('table', { name: /Security by customer/ }).waitFor()
})

it('who exports reads the sentence, and may try again', async () => {
  const seen = await refusing(/\/api\/v1\/security\.csv$/, 1)
  await desk.tab.getByRole('button', { name: 'Export CSV' }).click()
  await desk.tab.getByText(sentence).waitFor()
  expect(seen.requests).toBe(1)
  // Under the row of the heading, as wide as the view.
  const [row, said] = await Promise.all([desk.tab.getByRole('button', { name: 'Export CSV' }).boundingBox(), desk.tab.getByRole('alert').boundingBox()])
  expect(said!.y).toBeGreaterThan(row!.y + row!.height)
  expect(said!.width).toBeGreaterThan(1_000)
  await desk.tab.getByRole('button', { name: 'Try again' }).click()
  await desk.tab.getByText(/^Saved as outpost-security-/).waitFor()
})
