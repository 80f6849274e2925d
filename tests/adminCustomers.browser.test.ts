// Admin → Customers in a real browser: adding, changing, archiving and taking that back; the focus is never lost on the way.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CustomerList } from '../api/model/customer.ts'
import { openDesk, type Desk } from './desk.fixture.ts'
import { openHouse, until, type House } from './house.fixture.ts'

let house: House
let desk: Desk
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
  for (const name of ['Contoso', 'Fabrikam']) await house.as('Admin', 'POST', '/customers', { name, domains: [`${name.toLowerCase()}.example`] })
  desk = await openDesk(house)
  await desk.goTo('admin/customers')
})
afterAll(async () => {
  await desk?.close()
  await house?.close()
})

const button = (name: string) => desk.tab.getByRole('button', { name, exact: true })
const form = (name: string) => desk.tab.getByRole('form', { name })
const row = (list: string, name: string) => desk.tab.getByRole('table', { name: list, exact: true }).getByRole('row').filter({ hasText: name })
const said = (words: string) => desk.tab.getByRole('status').getByText(words, { exact: true })
const focused = (what: string) => desk.tab.locator(':focus').and(desk.tab.getByText(what, { exact: true }))

it('one is added, and the button that led there has the focus again', async () => {
  await button('Add a customer').click()
  await focused('Add a customer').and(desk.tab.getByRole('heading')).waitFor()
  await form('Add a customer').getByLabel('Name').fill('Wingtip Toys')
  await form('Add a customer').getByLabel('Domains').fill('wingtip.example, nonsense')
  await form('Add a customer').getByRole('button', { name: 'Save' }).click()
  await form('Add a customer').getByText(/“nonsense” is not a domain/).first().waitFor()
  await form('Add a customer').getByLabel('Domains').fill('wingtip.example')
  await form('Add a customer').getByRole('button', { name: 'Save' }).click()
  await said('Wingtip Toys was added.').waitFor()
  await row('Customers', 'Wingtip Toys').getByText('wingtip.example').waitFor()
  await focused('Add a customer').waitFor()
})

it('another one can be edited in between, and its own button has the focus afterwards', async () => {
  await button('Edit Contoso').click()
  await form('Edit Contoso').getByLabel('Name').waitFor()
  await button('Edit Fabrikam').click()
  await form('Edit Fabrikam').getByLabel('Aliases').fill('Fabrikam Ltd')
  expect(await form('Edit Contoso').count()).toBe(0)
  await form('Edit Fabrikam').getByRole('button', { name: 'Save' }).click()
  await said('Fabrikam was changed.').waitFor()
  await row('Customers', 'Fabrikam').getByText('Also Fabrikam Ltd').waitFor()
  expect(await desk.tab.locator(':focus').getAttribute('aria-label')).toBe('Edit Fabrikam')
})

it('one is archived and restored, and the focus does not go with its row', async () => {
  await button('Archive Fabrikam').click()
  await said('Fabrikam was archived.').waitFor()
  await row('Archived customers', 'Fabrikam').waitFor()
  await until('it left the other list', async () => (await row('Customers', 'Fabrikam').count()) === 0)
  await focused('Customers').and(desk.tab.getByRole('heading')).waitFor()
  expect((await house.get<CustomerList>('/customers?archived=true')).items.map(({ name }) => name)).toEqual(['Fabrikam'])
  await button('Undo').click()
  await said('Fabrikam was restored.').waitFor()
  await row('Customers', 'Fabrikam').waitFor()
  await focused('Customers').and(desk.tab.getByRole('heading')).waitFor()
  expect(await button('Undo').count()).toBe(0)
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
