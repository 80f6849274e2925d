// What the tab says where there is nothing, in a real browser: each such view has a sentence that leads on, and is held to
// axe-core and to its width like the full ones.
import { beforeAll, describe, expect, it } from 'vitest'
import { connectTenants } from '../../scripts/house.ts'
import { faultsByTheme } from '../house/desk.fixture.ts'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'

useDesk({ world: 'tiny', connected: false })

/** The sentences are there, and the view is readable in every theme, wide and as narrow as a tab gets. @throws with what stands there instead */
async function says(...sentences: (string | RegExp)[]): Promise<void> {
  const main = desk.tab.getByRole('main')
  for (const sentence of sentences) {
    await main.getByText(sentence, { exact: true }).first().waitFor().catch(async (error: Error) => {
      throw new Error(`“${String(sentence)}” is not there, but:\n${await main.innerText()}`, { cause: error })
    })
  }
  for (const width of [1384, 320]) {
    await desk.page.setViewportSize({ width, height: 900 })
    expect({ width, faults: await faultsByTheme(desk.page) }).toEqual({ width, faults: [] })
  }
}
/** How often a text stands in the tab. */
const times = (text: string | RegExp) => desk.tab.getByText(text).count()
const open = async (place: string) => {
  await desk.goTo(place)
  await desk.tab.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
}

describe('with nothing connected and no customer', () => {
  it.each<[string, string[]]>([
    ['customers', ['There is no customer yet. Add one under Admin, Customers.']],
    ['security', ['There is no customer yet. Add one under Admin, Customers.']],
    ['admin/integrations', ['No tenant is connected yet. Start with your own: its technician mailboxes hold the mail with your customers.']],
    ['admin/customers', ['There is no customer yet. Add the first one.', 'No customer is archived.']],
    ['admin/audit', ['Nothing has been recorded yet. Every opened message and meeting and every change under Admin will stand here.']],
  ])('%s', async (place, sentences) => {
    await open(place)
    await says(...sentences)
  })

  it('a member, who cannot add one, reads who can', async () => {
    await desk.become('Member')
    for (const place of ['customers', 'security']) {
      await open(place)
      await desk.tab.getByText('There is no customer yet. An administrator of Outpost adds them.').waitFor()
    }
    await desk.become('Admin')
  })
})

describe('with nothing connected and a customer without domains', () => {
  let id: string
  beforeAll(async () => {
    id = ((await house.as('Admin', 'POST', '/customers', { name: 'Wingtip Toys', domains: [] })).body as { id: string }).id
  })

  it('its row', async () => {
    await open('customers')
    await says('No domains yet', 'Unknown', 'Unknown for Wingtip Toys: No tenant is connected yet.')
    for (const false_ of ['None in 14 days', 'No accounts known', 'None open']) expect(await times(false_), false_).toBe(0)
  })

  it('its security is unknown, which is said with the reason', async () => {
    await open('security')
    await says(/Mean over 0 of 1 customer; left out: Wingtip Toys \(no tenant is connected yet\)/, 'Unknown', 'Not read yet', 'Unknown for Wingtip Toys: No tenant is connected yet.')
  })

  it('its mail and meetings', async () => {
    await open(`customer/${id}/communications`)
    const nothing = 'No mailbox is connected yet. An administrator connects the MSP’s tenant under Admin, Integrations.'
    await says('No domains yet · no tenant of its own connected', nothing)
    expect(await times(nothing), nothing).toBe(2)
  })

  it('its posture', async () => {
    await open(`customer/${id}/posture`)
    await says('No tenant is connected yet.')
    expect(await desk.tab.getByRole('tabpanel').getByText(/\d/).count(), 'numbers').toBe(0)
  })

  it('its licences', async () => {
    await open(`customer/${id}/licences`)
    await says('No tenant of this customer is connected, so its licences are unknown.')
  })

  it('a search without a match', async () => {
    await open('customers')
    await desk.tab.getByLabel('Search customers').fill('northwind')
    await says('No customer matches "northwind". The search looks at names, aliases and domains.')
    expect(await times(/^There is no customer yet/), 'told that there is no customer').toBe(0)
    // Said to those who do not see the list.
    await desk.tab.getByRole('status').getByText(/^No customer matches/).waitFor()
    await desk.tab.getByLabel('Search customers').fill('wing')
    await desk.tab.getByRole('status').getByText('1 customer matches', { exact: true }).waitFor()
  })

  it('a choice of audit rows without a match', async () => {
    await open('admin/audit')
    await desk.tab.getByLabel('Action', { exact: true }).selectOption({ label: 'Opened a meeting' })
    await says('Nothing is recorded for this choice.')
  })

  it('a customer that does not exist', async () => {
    await open('customer/nobody')
    await says(/^There is nothing here, or nothing that you may see\./)
  })
})

describe('with everything connected and a customer with whom nobody speaks', () => {
  let id: string
  beforeAll(async () => {
    // The first seconds: everything is connected, and Microsoft has not answered yet.
    await house.simulator('POST', '/faults', { match: '^GET /v1.0/(users|reports|roleManagement|subscribedSkus)', delayMs: 20_000 })
    await connectTenants(house.origin)
    id = (await house.customer('Wingtip Toys')).id
    await house.as('Admin', 'PATCH', `/customers/${id}`, { domains: ['wingtip.example'] })
  })

  it('nothing false while the first sync runs: no "no tenant", no number, no percentage, no time', async () => {
    const contoso = (await house.customer('Contoso')).id
    const unread = 'The accounts have not been read yet.'
    for (const [place, sentence] of [
      ['customers', /^Unknown for Contoso: The accounts have not been read yet\.$/],
      ['security', /^Unknown for Contoso: The accounts have not been read yet\.$/],
      [`customer/${contoso}/posture`, unread],
      [`customer/${contoso}/licences`, 'The licences of this customer have not been read yet.'],
    ] as const) {
      await open(place)
      await desk.tab.getByRole('main').getByText(sentence).first().waitFor()
      const text = await desk.tab.getByRole('main').innerText()
      expect(text, place).not.toMatch(/no tenant is connected|just now|%|None open|None in 14 days|0 of 0/i)
      expect(text, place).not.toMatch(/\b0 (accounts|guests|open)/)
    }
    await house.simulator('DELETE', '/faults')
    await house.synced()
  })

  it('"Sync now" is where people look, for administrators and members, and for nobody else', async () => {
    const contoso = (await house.customer('Contoso')).id
    const button = desk.tab.getByRole('button', { name: 'Sync now: Contoso' })
    for (const role of ['Member', 'Admin', 'Viewer'] as const) {
      await desk.become(role)
      await open(`customer/${contoso}/posture`)
      await desk.tab.getByRole('tabpanel').getByRole('heading', { name: 'Findings' }).waitFor()
      expect(await button.count(), `buttons for ${role}`).toBe(role === 'Viewer' ? 0 : 1)
      if (role === 'Viewer') continue
      await button.click()
      await desk.tab.getByText('Asked for. What is shown here renews by itself.').waitFor()
    }
    await desk.become('Admin')
    await house.synced()
  })

  it('no mail and no meeting', async () => {
    await open(`customer/${id}/communications`)
    await says('There was no mail with this customer in this time.', 'There is no meeting with this customer in the next 14 days.')
  })

  it('no mail and no meeting of one’s own', async () => {
    await desk.become('Member')
    await open(`customer/${id}/communications`)
    await says('There is no mail with this customer in which you take part.', 'There is no meeting with this customer ahead in which you take part.')
    await desk.become('Admin')
  })

  it('a search for accounts and licences without a match', async () => {
    await open(`customer/${(await house.customer('Contoso')).id}/licences`)
    await desk.tab.getByLabel('Search accounts and licences').fill('zebra')
    await says('No account matches "zebra". The search looks at names, addresses and licences.')
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
