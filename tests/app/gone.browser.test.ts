// What a form is about goes while it is open, in a real browser: the form stays with what was typed, and says what happened and what to do.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { connectTenants } from '../../scripts/house.ts'
import { looksWell } from '../house/desk.fixture.ts'
import { button, desk, form, house, inForm, useDesk } from '../house/oneDesk.fixture.ts'

useDesk({ world: 'tiny' }, async () => {
  await house.simulator('POST', '/channel', { action: 'add' })
})

const focused = (heading: string) => desk.tab.locator(':focus').and(desk.tab.getByRole('heading', { name: heading, exact: true })).waitFor()

describe('a tenant that another administrator disconnects', () => {
  const disconnect = async (name: string) => {
    const { id } = (await house.get<TenantList>('/tenants')).items.find((one) => one.name === name)!
    expect((await house.as('Admin', 'DELETE', `/tenants/${id}`)).status).toBe(200)
  }
  const open = async (title: string) => {
    await connectTenants(house.origin)
    await desk.goTo('admin/integrations')
    await button(title).click()
    await form(title).waitFor()
  }
  const close = async (title: string) => {
    await inForm(title, 'Close').click()
    await form(title).waitFor({ state: 'detached' })
    await focused('Microsoft 365')
    await desk.goTo('admin/customers')
    await desk.tab.getByRole('heading', { name: 'Archived customers' }).waitFor()
  }

  it.each([
    ['Update credentials of Contoso', 'Contoso', 'New client secret value', 'Test and replace'],
    ['Edit mailboxes of Proseware', 'Proseware', 'Technician mailboxes', 'Save mailboxes'],
  ])('%s', async (title, name, label, submit) => {
    await open(title)
    await form(title).getByLabel(label).fill('half of what')
    await disconnect(name)
    await form(title).getByText(`Somebody else has disconnected ${name} meanwhile, so nothing can be saved here.`).waitFor()
    expect(await form(title).getByLabel(label).inputValue()).toBe('half of what')
    expect(await inForm(title, submit).getAttribute('aria-disabled')).toBe('true')
    expect(await button(`Sync now: ${name}`).count()).toBe(0)
    expect(await looksWell(desk.page)).toEqual([])
    await close(title)
  })

  it('Disconnect Contoso', async () => {
    await open('Disconnect Contoso')
    await disconnect('Contoso')
    await form('Disconnect Contoso').getByText('Somebody else has disconnected Contoso meanwhile. Nothing is left to do here').waitFor()
    expect(await inForm('Disconnect Contoso', 'Disconnect and delete').getAttribute('aria-disabled')).toBe('true')
    expect(await looksWell(desk.page)).toEqual([])
    await close('Disconnect Contoso')
  })

  it.each([
    ['Update credentials of Contoso', 'Test and replace'],
    ['Disconnect Contoso', 'Disconnect and delete'],
  ])('%s, sent before the tab has heard of it', async (title, submit) => {
    await open(title)
    if (title.startsWith('Update')) await form(title).getByLabel('New client secret value').fill('some secret')
    const list = /\/api\/v1\/tenants$/
    await desk.page.route(list, () => new Promise<void>(() => undefined))
    await disconnect('Contoso')
    await inForm(title, submit).click()
    await form(title).getByText('This tenant is not connected any more, so nothing was changed. To read it again, connect it anew.').waitFor()
    await desk.page.unroute(list)
    await form(title).getByRole('button', { name: /^(Cancel|Keep it|Close)$/ }).click()
    await desk.page.reload()
    await desk.become('Admin')
  })

  it('is not in the way of the form of another one', async () => {
    await open('Update credentials of Contoso')
    await form('Update credentials of Contoso').getByLabel('New client secret value').fill('mine')
    await disconnect('Proseware')
    await button('Update credentials of Proseware').waitFor({ state: 'detached' })
    expect(await form('Update credentials of Contoso').getByLabel('New client secret value').inputValue()).toBe('mine')
    expect(await form('Update credentials of Contoso').getByText('meanwhile').count()).toBe(0)
    await inForm('Update credentials of Contoso', 'Cancel').click()
  })
})

describe('a channel that Outpost is taken out of', () => {
  const title = 'What is Proseware › Customer security for?'
  const open = async () => {
    await desk.goTo('admin/channels')
    await button('Change what Proseware › Customer security is for').click()
    await form(title).getByRole('radio', { name: /^Our team’s alerts/ }).click()
  }

  it('its form stays, and the choice in it', async () => {
    await open()
    await house.simulator('POST', '/channel', { action: 'remove' })
    await form(title).getByText('Outpost is not in this channel any more, so nothing can be saved here. Add it there again in Teams.').waitFor()
    expect(await form(title).getByRole('radio', { name: /^Our team’s alerts/ }).isChecked()).toBe(true)
    expect(await inForm(title, 'Save').getAttribute('aria-disabled')).toBe('true')
    expect(await looksWell(desk.page)).toEqual([])
    await inForm(title, 'Close').click()
  })

  it('and sent before the tab has heard of it, it says so', async () => {
    await house.simulator('POST', '/channel', { action: 'add' })
    await open()
    const list = /\/api\/v1\/channels$/
    await desk.page.route(list, () => new Promise<void>(() => undefined))
    await house.simulator('POST', '/channel', { action: 'remove' })
    await inForm(title, 'Save').click()
    await form(title).getByText('Outpost is not in this channel any more, so nothing was saved.').waitFor()
    await desk.page.unroute(list)
    await form(title).getByRole('button', { name: /^(Cancel|Close)$/ }).click()
    await desk.page.reload()
    await desk.become('Admin')
  })
})

describe('a customer that is archived', () => {
  const archive = async (name: string) => house.as('Admin', 'PATCH', `/customers/${(await house.customer(name)).id}`, { archived: true })
  beforeAll(async () => {
    for (const name of ['Wingtip Toys', 'Fabrikam']) await house.as('Admin', 'POST', '/customers', { name })
  })

  it('can be seen in its form, which stays', async () => {
    await desk.goTo('admin/customers')
    await button('Edit Wingtip Toys').click()
    await form('Edit Wingtip Toys').getByLabel('Aliases').fill('Wingtip')
    await archive('Wingtip Toys')
    await button('Restore Wingtip Toys').waitFor()
    await inForm('Edit Wingtip Toys', 'Save').click()
    await form('Edit Wingtip Toys').getByRole('definition').getByText('archived', { exact: true }).waitFor()
    await inForm('Edit Wingtip Toys', 'Save it over this').click()
    await desk.tab.getByText('Wingtip Toys was changed.').waitFor()
  })

  it('stays chosen as whose a new tenant is, and none can be connected for it', async () => {
    await desk.goTo('admin/integrations')
    await button('Connect a tenant').click()
    const choice = form('Connect a tenant').getByLabel('Whose tenant')
    await choice.selectOption('Fabrikam')
    await form('Connect a tenant').getByLabel('Tenant ID').fill('12345678-1234-4234-8234-123456789012')
    await form('Connect a tenant').getByLabel('Application (client) ID').fill('12345678-1234-4234-8234-123456789012')
    await form('Connect a tenant').getByLabel('Client secret value').fill('some secret')
    await archive('Fabrikam')
    await choice.locator('option:checked', { hasText: 'Fabrikam (archived)' }).waitFor({ state: 'attached' })
    await inForm('Connect a tenant', 'Test').click()
    await form('Connect a tenant').getByText('This customer is archived. Restore it first.').waitFor()
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
