// What a member and a viewer find in the tab, in a real browser: the customers and their security, their own mail and meetings,
// and nothing of the administration.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Security } from '../../api/security/model.ts'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

const secret = 'Only for the administrator'

let customerId: string
useDesk({}, async () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  for (const [role, subject] of [['Admin', secret], ['Member', 'For the Member'], ['Viewer', 'For the Viewer']] as const) {
    const { upn } = house.personas[role]
    const from = 'kim.kettle@contoso.com'
    await house.simulator('POST', '/mail', { mailbox: upn, from, to: [upn], subject })
    await house.simulator('POST', '/meetings', { mailbox: upn, subject, start: at(1), end: at(2), organizer: from, attendees: [upn] })
  }
  await house.synced('mail', 'calendar')
  customerId = (await house.customer('Contoso')).id
})

const messages = () => desk.tab.getByRole('list', { name: 'Messages' }).getByRole('listitem')
const agenda = () => desk.tab.getByRole('region', { name: 'Meetings', exact: true })
/** Unfolds the list to its end. */
async function allMessages(): Promise<number> {
  await messages().first().waitFor()
  const more = desk.tab.getByRole('button', { name: 'Show more' })
  // While more is being fetched there is no such button either.
  for (let shown = await messages().count(); (await more.count()) > 0; shown = await messages().count()) {
    await more.click()
    await until('more of the list', async () => (await messages().count()) > shown)
  }
  return messages().count()
}

it('the administrator sees both, so that what is missing below is missing', async () => {
  await desk.goTo(`customer/${customerId}`)
  await messages().getByText(secret).waitFor()
  await agenda().getByText(secret).waitFor()
  expect(await desk.tab.getByText(/^You see only/).count()).toBe(0)
  expect(await desk.tab.getByRole('navigation', { name: 'Outpost' }).getByRole('link').allTextContents()).toEqual(['Customers', 'Security', 'Admin'])
})

describe.each(['Member', 'Viewer'] as const)('as a %s', (role) => {
  beforeAll(() => desk.become(role))

  it('the hub shows own mail and meetings, and says that it does', async () => {
    await desk.goTo(`customer/${customerId}`)
    await desk.tab.getByText('You see only mail in which you take part.').waitFor()
    await desk.tab.getByText('You see only meetings in which you take part.').waitFor()
    await messages().getByText(`For the ${role}`).waitFor()
    await agenda().getByText(`For the ${role}`).first().waitFor()
    expect(await allMessages()).toBe((await house.mailWith('Contoso', role)).length)
    expect(await desk.tab.getByText(secret).count()).toBe(0)
  })

  it('a mail of their own opens', async () => {
    await messages().getByRole('button').filter({ hasText: `For the ${role}` }).click()
    await desk.tab.getByRole('region', { name: 'Opened message' }).getByRole('term').first().waitFor()
  })

  it('Security shows every customer with its numbers, and can be exported', async () => {
    await desk.goTo('security')
    const { items } = await house.get<Security>('/security', role)
    const rows = desk.tab.getByRole('table', { name: 'Security by customer, worst first' }).getByRole('row')
    await rows.nth(items.length).waitFor()
    const texts = (await rows.allTextContents()).slice(1)
    expect(texts.length).toBe(items.length)
    for (const [index, { name, mfa }] of items.entries()) expect(texts[index]).toContain(`${name}${mfa!.capable} of ${mfa!.of} capable`)
    expect(await desk.tab.getByRole('button', { name: 'Export CSV' }).count()).toBe(1)
  })

  it('Admin is not there, neither in the navigation nor at its address, and nothing of it is asked for', async () => {
    expect(await desk.tab.getByRole('navigation', { name: 'Outpost' }).getByRole('link').allTextContents()).toEqual(['Customers', 'Security'])
    const asked: string[] = []
    desk.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    for (const section of ['integrations', 'customers', 'audit']) {
      await desk.goTo('security')
      await desk.tab.getByRole('heading', { name: 'Security', level: 1 }).waitFor()
      await desk.goTo(`admin/${section}`)
      await desk.tab.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
      await desk.tab.getByRole('table', { name: 'Customers' }).waitFor()
    }
    expect(asked.filter((path) => /\/(tenants|audit)/.test(path))).toEqual([])
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
