// Forms in a real browser: what is pressed twice is done once, what was typed is not lost without a question, an error stands once,
// and who was slower than somebody else can go on from there.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'
import { faultsByTheme, looksWell, tabFrame } from '../house/desk.fixture.ts'
import { button, desk, form, house, inForm, useDesk } from '../house/oneDesk.fixture.ts'

let contoso: Customer
useDesk({}, async () => {
  contoso = await house.customer('Contoso')
})
beforeAll(async () => {
  await desk.goTo('admin/customers')
})

/** Counts requests while `during` runs, and a moment longer. */
async function requests(method: string, path: RegExp, during: () => Promise<void>): Promise<number> {
  let count = 0
  const listener = (request: { method(): string; url(): string }) => {
    if (request.method() === method && path.test(request.url())) count += 1
  }
  desk.page.on('request', listener)
  await during()
  await new Promise((resolve) => setTimeout(resolve, 500))
  desk.page.off('request', listener)
  return count
}
/** Presses twice before the page can be drawn anew. */
const twice = (selector: string) => tabFrame(desk.page).evaluate((wanted) => {
  const element = document.querySelector<HTMLElement>(wanted)!
  element.click()
  element.click()
}, selector)

describe('what is pressed twice is done once', () => {
  it('a form', async () => {
    await button('Add a customer').click()
    await form('Add a customer').getByLabel('Name').fill('Twice')
    expect(await requests('POST', /\/customers$/, async () => {
      await twice('form button[type=submit]')
      await desk.tab.getByText('Twice was added.').waitFor()
    })).toBe(1)
  })

  it('a button of a row', async () => {
    expect(await requests('PATCH', /\/customers\//, async () => {
      await twice('[aria-label="Archive Twice"]')
      await desk.tab.getByText('Twice was archived.').waitFor()
    })).toBe(1)
  })

  it('a sync', async () => {
    await desk.goTo(`customer/${contoso.id}`)
    await button('Sync now: Contoso').waitFor()
    const tenants = contoso.sources.length
    expect(await requests('POST', /\/sync$/, async () => {
      await twice('[aria-label="Sync now: Contoso"]')
      await desk.tab.getByText('Asked for.').waitFor()
    })).toBe(tenants)
    await desk.goTo('admin/customers')
  })
})

it('an error that stands at its field does not stand in the form once more, nor under an old success', async () => {
  await button('Archive Contoso').waitFor()
  await desk.goTo('admin/customers')
  await button('Restore Twice').click()
  await desk.tab.getByText('Twice was restored.').waitFor()
  await button('Add a customer').click()
  expect(await desk.tab.getByText('Twice was restored.').count()).toBe(0)
  await form('Add a customer').getByLabel('Name').fill('Bad')
  await form('Add a customer').getByLabel('Domains').fill('gmail.com, contoso.com, https://x')
  await inForm('Add a customer', 'Save').click()
  await form('Add a customer').getByText('Some of the input cannot be used. Correct the marked fields.').waitFor()
  expect(await form('Add a customer').getByText(/is not a domain/).count()).toBe(1)
  await inForm('Add a customer', 'Cancel').click()
})

describe('what is typed and not saved', () => {
  const dialog = () => desk.tab.getByRole('alertdialog', { name: 'Leave without saving?' })
  const name = () => form('Add a customer').getByLabel('Name')
  beforeAll(async () => {
    await button('Add a customer').click()
    await name().fill('Draft')
  })

  it('stays when the person wants to stay', async () => {
    await desk.tab.getByRole('tab', { name: 'Channels' }).click()
    await dialog().waitFor()
    expect(await faultsByTheme(desk.page)).toEqual([])
    await dialog().getByRole('button', { name: 'Stay' }).click()
    await dialog().waitFor({ state: 'detached' })
    expect(await name().inputValue()).toBe('Draft')
    expect(await tabFrame(desk.page).evaluate(() => location.hash)).toBe('#/admin/customers')
  })

  it('is asked about by keyboard, too, and before another form takes its place', async () => {
    await desk.tab.getByRole('link', { name: 'Security' }).click()
    await dialog().waitFor()
    await desk.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await button('Edit Contoso').click()
    await dialog().getByRole('button', { name: 'Stay' }).click()
    expect(await name().inputValue()).toBe('Draft')
  })

  it('goes when the person says so, and nobody is asked where nothing was typed', async () => {
    await desk.tab.getByRole('tab', { name: 'Channels' }).click()
    await dialog().getByRole('button', { name: 'Leave without saving' }).click()
    await desk.tab.getByRole('heading', { name: 'Channels' }).waitFor()
    await desk.tab.getByRole('tab', { name: 'Customers' }).click()
    await button('Edit Contoso').click()
    await form('Edit Contoso').getByLabel('Name').waitFor()
    await desk.tab.getByRole('tab', { name: 'Channels' }).click()
    await desk.tab.getByRole('heading', { name: 'Channels' }).waitFor()
    expect(await dialog().count()).toBe(0)
  })
})

describe('who was slower than somebody else', () => {
  const edit = async (aliases: string) => {
    await desk.goTo('admin/customers')
    await button('Edit Contoso').click()
    await form('Edit Contoso').getByLabel('Aliases').fill(aliases)
  }
  const now = () => house.get<Customer>(`/customers/${contoso.id}`)

  it('sees what it is now, keeps what was typed, and saves over it knowingly', async () => {
    await edit('Mine')
    await house.as('Admin', 'PATCH', `/customers/${contoso.id}`, { aliases: ['Theirs'], name: 'Contoso Group' })
    await inForm('Edit Contoso', 'Save').click()
    await form('Edit Contoso').getByText(/Somebody else has changed this customer meanwhile/).waitFor()
    expect(await form('Edit Contoso').getByRole('definition').allTextContents()).toEqual(['Contoso Group', 'Theirs', contoso.domains.join(', ')])
    expect(await form('Edit Contoso').getByLabel('Aliases').inputValue()).toBe('Mine')
    expect(await form('Edit Contoso').getByLabel('Name').inputValue()).toBe('Contoso Group')
    expect(await looksWell(desk.page)).toEqual([])
    await inForm('Edit Contoso', 'Save it over this').click()
    await desk.tab.getByText('Contoso Group was changed.').waitFor()
    expect(await now()).toMatchObject({ name: 'Contoso Group', aliases: ['Mine'] })
    await house.as('Admin', 'PATCH', `/customers/${contoso.id}`, { name: 'Contoso' })
  })

  it('or starts again from it', async () => {
    await desk.tab.getByRole('row').getByText('Contoso', { exact: true }).first().waitFor()
    await edit('Mine again')
    await house.as('Admin', 'PATCH', `/customers/${contoso.id}`, { aliases: ['Theirs again'] })
    await inForm('Edit Contoso', 'Save').click()
    await inForm('Edit Contoso', 'Start again').click()
    expect(await form('Edit Contoso').getByLabel('Aliases').inputValue()).toBe('Theirs again')
    await inForm('Edit Contoso', 'Save').click()
    await desk.tab.getByText('Contoso was changed.').waitFor()
    expect((await now()).aliases).toEqual(['Theirs again'])
  })

  it('the same for the mailboxes of a tenant', async () => {
    const { id, mailboxes } = (await house.get<TenantList>('/tenants')).items.find(({ kind }) => kind === 'msp')!
    await desk.goTo('admin/integrations')
    await button('Edit mailboxes of Proseware').click()
    const theirs = mailboxes.slice(0, 2)
    await house.as('Admin', 'PATCH', `/tenants/${id}`, { mailboxes: theirs.join(', ') })
    await form('Edit mailboxes of Proseware').getByLabel('Technician mailboxes').fill(mailboxes[0]!)
    await inForm('Edit mailboxes of Proseware', 'Save mailboxes').click()
    await form('Edit mailboxes of Proseware').getByText(/Somebody else has changed this tenant meanwhile/).waitFor()
    expect(await form('Edit mailboxes of Proseware').getByRole('definition').first().textContent()).toBe(theirs.join(', '))
    expect(await looksWell(desk.page)).toEqual([])
    await inForm('Edit mailboxes of Proseware', 'Save it over this').click()
    await desk.tab.getByText('The list of mailboxes was changed.').waitFor()
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
