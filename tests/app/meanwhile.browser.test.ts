// Two administrators in two browsers who change the same thing: what the second one sees of the first one's change, and both ways on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel, ChannelList } from '../../api/channels/model.ts'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import { looksWell, openDesk, type Desk } from '../house/desk.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let first: Desk
let second: Desk
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  await house.simulator('POST', '/channel', { action: 'add' })
  ;[first, second] = await Promise.all([openDesk(house), openDesk(house)])
})
afterAll(async () => {
  await Promise.all([first?.close(), second?.close()])
  await house?.close()
})

const formOf = (name: string) => (desk: Desk) => desk.tab.getByRole('form', { name })
const press = (desk: Desk, form: ReturnType<typeof formOf>, name: string) => form(desk).getByRole('button', { name, exact: true }).click()
const slower = (form: ReturnType<typeof formOf>, noun: string) => form(second).getByText(`Somebody else has changed this ${noun} meanwhile`).waitFor()
const shown = (form: ReturnType<typeof formOf>) => form(second).getByRole('definition').allTextContents()

const goesOver = async (form: ReturnType<typeof formOf>, submit: string) => {
  // The message has the focus; what leads on comes next, and the form's own button is none of it.
  await form(second).getByRole('group', { name: /^Somebody else has changed/ }).and(second.tab.locator(':focus')).waitFor()
  expect(await form(second).getByRole('button', { name: submit, exact: true }).getAttribute('aria-disabled')).toBe('true')
  await second.page.keyboard.press('Tab')
  await form(second).getByRole('button', { name: 'Save it over this' }).and(second.tab.locator(':focus')).waitFor()
  await second.page.keyboard.press('Enter')
}

/** The form begins anew: its heading has the focus, and nothing in it would be lost by leaving. */
async function startsAgain(form: ReturnType<typeof formOf>, elsewhere: string) {
  await press(second, form, 'Start again')
  await form(second).getByRole('heading').and(second.tab.locator(':focus')).waitFor()
  await second.tab.getByRole('tab', { name: elsewhere }).click()
  await second.tab.getByRole('heading', { name: elsewhere, exact: true }).waitFor()
  expect(await second.tab.getByRole('alertdialog').count()).toBe(0)
}

describe('what a channel is for', () => {
  const channel = 'Proseware › Customer security'
  const form = formOf(`What is ${channel} for?`)
  const now = async (): Promise<Channel> => (await house.get<ChannelList>('/channels')).items[0]!
  const open = async (desk: Desk) => {
    await desk.goTo('admin/channels')
    await desk.tab.getByRole('button', { name: `Change what ${channel} is for` }).click()
  }
  const choose = (desk: Desk, purpose: RegExp) => form(desk).getByRole('radio', { name: purpose }).click()
  const chosen = (purpose: RegExp) => form(second).getByRole('radio', { name: purpose }).isChecked()
  const saved = (desk: Desk, words: string) => desk.tab.getByText(`${channel} is for: ${words}.`).waitFor()
  const save = (desk: Desk) => press(desk, form, 'Save')

  it('the second one sees what it is now, keeps the own choice, and saves over it knowingly', async () => {
    await open(second)
    await choose(second, /^One customer/)
    await form(second).getByRole('combobox', { name: 'Customer' }).selectOption('Contoso')
    await open(first)
    await choose(first, /^Our team’s alerts/)
    await save(first)
    await saved(first, 'Our team’s alerts')
    await save(second)
    await slower(form, 'channel')
    expect(await shown(form)).toEqual(['Our team’s alerts'])
    expect(await chosen(/^One customer/)).toBe(true)
    expect((await now()).role).toEqual({ kind: 'alerts' })
    expect(await looksWell(second.page)).toEqual([])
    await goesOver(form, 'Save')
    await saved(second, 'Contoso')
    expect((await now()).customerName).toBe('Contoso')
  })

  it('or starts again from it, also from a customer that is archived by now', async () => {
    await house.as('Admin', 'POST', '/customers', { name: 'Wingtip Toys' })
    await open(second)
    await choose(second, /^Nothing/)
    await house.channelFor({ customer: 'Wingtip Toys' })
    await house.as('Admin', 'PATCH', `/customers/${(await house.customer('Wingtip Toys')).id}`, { archived: true })
    await save(second)
    await slower(form, 'channel')
    await startsAgain(form, 'Customers')
    await open(second)
    expect(await form(second).getByRole('combobox', { name: 'Customer' }).locator('option:checked').textContent()).toBe('Wingtip Toys (archived)')
    await choose(second, /^Nothing/)
    await save(second)
    await saved(second, 'Nothing yet')
  })
})

describe('credentials', () => {
  const form = formOf('Update credentials of Contoso')
  const now = async (): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find(({ name }) => name === 'Contoso')!
  const secret = async () => {
    const { id } = await now()
    return (await house.simulator<{ tenantId: string; clientSecret: string }[]>('GET', '/tenants')).find(({ tenantId }) => tenantId === id)!.clientSecret
  }
  const field = (desk: Desk, label: string) => form(desk).getByLabel(label)
  const open = async (desk: Desk) => {
    await desk.goTo('admin/integrations')
    await desk.tab.getByRole('button', { name: 'Update credentials of Contoso' }).click()
  }
  const replace = async (desk: Desk, value: string) => {
    await field(desk, 'New client secret value').fill(value)
    await press(desk, form, 'Test and replace')
  }
  const replaced = (desk: Desk) => desk.tab.getByText('The new credentials work and have replaced the old ones.').waitFor()

  it('the second one sees what it is now and that the secret may be another one, keeps what was typed, and saves over it knowingly', async () => {
    const value = await secret()
    await open(second)
    await open(first)
    await replace(first, value)
    await replaced(first)
    const { revision, clientId } = await now()
    await replace(second, value)
    await slower(form, 'tenant')
    expect(await shown(form)).toEqual([clientId, expect.stringMatching(/^perhaps another one: it is never shown\. The client secret is valid until /), 'none'])
    expect(await form(second).innerText()).not.toContain(value)
    expect(await field(second, 'New client secret value').inputValue()).toBe(value)
    expect((await now()).revision).toBe(revision)
    expect(await looksWell(second.page)).toEqual([])
    await goesOver(form, 'Test and replace')
    await replaced(second)
    expect((await now()).revision).toBe(revision + 1)
  })

  it('or starts again, with nothing typed', async () => {
    await open(second)
    await field(second, 'The secret expires on').fill('2031-05-15')
    await house.as('Admin', 'PATCH', `/tenants/${(await now()).id}`, { clientSecret: await secret() })
    await replace(second, 'mine')
    await slower(form, 'tenant')
    await startsAgain(form, 'Customers')
    expect((await now()).status).toBe('connected')
  })
})

it('the pages raised no error', () => {
  expect([...first.complaints, ...second.complaints]).toEqual([])
})
