// Admin → Customers and Admin → Channels in a real browser: adding, changing, archiving and taking that back, and what a channel is
// for; the focus is never lost on the way.
import { beforeAll, describe, expect, it } from 'vitest'
import type { CustomerList } from '../../api/overview/model.ts'
import { faultsByTheme } from '../house/desk.fixture.ts'
import { button, desk, form, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

useDesk({ world: 'tiny', connected: false }, async () => {
  for (const name of ['Contoso', 'Fabrikam']) await house.as('Admin', 'POST', '/customers', { name, domains: [`${name.toLowerCase()}.example`] })
})
beforeAll(async () => {
  await desk.goTo('admin/customers')
})

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

it('a name with a character that nobody sees is refused at its field, and a domain is shown as people write it', async () => {
  await button('Edit Wingtip Toys').click()
  const theForm = form('Edit Wingtip Toys')
  await theForm.getByLabel('Name').fill('Wing\u200btip')
  await theForm.getByLabel('Aliases').fill('Toys, T\u202eoys')
  await theForm.getByLabel('Domains').fill('xn--mller-kva.example')
  await theForm.getByText('People read: müller.example (xn--mller-kva.example).').waitFor()
  await theForm.getByRole('button', { name: 'Save' }).click()
  const unseen = 'holds a character that nobody sees, such as a line break or a mark of direction. Type it anew instead of pasting it.'
  await theForm.getByText(`The name ${unseen}`).waitFor()
  await theForm.getByText(`The alias “Toys” ${unseen}`).waitFor()
  await theForm.getByLabel('Name').fill('Wingtip')
  await theForm.getByLabel('Aliases').fill('Toys')
  await theForm.getByRole('button', { name: 'Save' }).click()
  await said('Wingtip was changed.').waitFor()
  await row('Customers', 'Wingtip').getByText('müller.example (xn--mller-kva.example)').waitFor()
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

describe('what a channel is for', () => {
  const channel = 'Proseware › Customer security'
  const theForm = () => form(`What is ${channel} for?`)
  const theRow = () => row('Channels', channel)
  const change = () => button(`Change what ${channel} is for`).click()
  const purpose = (name: RegExp) => theForm().getByRole('radio', { name }).click()
  const save = (name = 'Save') => theForm().getByRole('button', { name, exact: true }).click()
  beforeAll(async () => {
    await desk.goTo('admin/channels')
    await desk.tab.getByText('Outpost is in no channel yet.').waitFor()
    await house.simulator('POST', '/channel', { action: 'add' })
  })

  it('a new channel appears by itself, with its name, for nothing yet', async () => {
    await theRow().getByText('Nothing yet').waitFor()
  })

  it('it is given to one customer, and the button that led there has the focus again', async () => {
    await change()
    await theForm().getByRole('heading').and(desk.tab.locator(':focus')).waitFor()
    await purpose(/^One customer/)
    await theForm().getByRole('combobox', { name: 'Customer' }).selectOption('Contoso')
    await save()
    await said(`${channel} is for: Contoso.`).waitFor()
    await theRow().getByText('Contoso', { exact: true }).waitFor()
    await until('the focus is back', async () => (await desk.tab.locator(':focus').getAttribute('aria-label')) === `Change what ${channel} is for`)
    expect(await faultsByTheme(desk.page)).toEqual([])
  })

  it('our team’s alerts are refused where a guest reads, with the reason', async () => {
    await house.simulator('POST', '/channel', { action: 'addGuest' })
    await change()
    await purpose(/^Our team’s alerts/)
    await save()
    await theForm().getByText(/Guests or people of another organisation read in this channel/).waitFor()
    expect(await faultsByTheme(desk.page)).toEqual([])
    await house.simulator('POST', '/channel', { action: 'removeGuest' })
    await save()
    await said(`${channel} is for: Our team’s alerts.`).waitFor()
    await theRow().getByText('Our team’s alerts', { exact: true }).waitFor()
  })

  it('where nobody can tell who reads there, the administrator answers for it, and the list goes on saying so', async () => {
    await house.simulator('POST', '/faults', { match: 'GET /v3/.*pagedmembers', status: 403, code: 'ServiceError', message: 'Unknown' })
    await change()
    await save()
    await theForm().getByText(/could not read who is a member of this team/).waitFor()
    await save('I have checked, save')
    await theRow().getByText(/could not read who is a member, so it cannot tell/).waitFor()
    await house.simulator('DELETE', '/faults')
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
