// Admin → Integrations in a real browser: mailboxes and their states, sync now, new credentials, disconnecting.
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import { notGranted } from '../house/house.fixture.ts'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

useDesk()
beforeAll(async () => {
  await desk.goTo('admin/integrations')
})
// A test that fails must not slow down those after it.
afterEach(() => house.simulator('DELETE', '/faults'))

const named = async (name: string): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find((tenant) => tenant.name === name)!
const card = (name: string) => desk.tab.getByRole('listitem', { name, exact: true })
const sync = async (name: string) => {
  await card(name).getByRole('button', { name: `Sync now: ${name}` }).click()
  await card(name).getByText('Sync has ended.').waitFor()
}

describe('the mailboxes', () => {
  const table = () => card('Proseware').getByRole('table', { name: 'Mailboxes of Proseware' })
  const row = (mailbox: string) => table().getByRole('row').filter({ has: desk.page.getByRole('cell', { name: mailbox, exact: true }) })
  const change = async (mailboxes: string) => {
    await card('Proseware').getByRole('button', { name: 'Edit mailboxes of Proseware' }).click()
    await card('Proseware').getByLabel('Technician mailboxes').fill(mailboxes)
    await card('Proseware').getByRole('button', { name: 'Save mailboxes' }).click()
  }

  it('stand there with what was read of each, and one that was removed says so', async () => {
    const { id, mailboxes } = await named('Proseware')
    await card('Proseware').getByText(`3 mailboxes: ${mailboxes.join(', ')}`).waitFor()
    await card('Proseware').getByRole('button', { name: 'Show streams of Proseware' }).click()
    for (const mailbox of mailboxes) {
      expect(await row(mailbox).getByText(/Up to date · .+ · \d+ items? at last sync$/).count()).toBe(2)
    }
    const [gone, ...others] = mailboxes as [string, ...string[]]
    await house.simulator('POST', `/tenants/${id}`, { mailboxState: { upn: gone, state: 'removed' } })
    await sync('Proseware')
    const sentence = row(gone).getByText(/Failed just now: There is no mailbox for this user: .+ · last success .+ · \d+ items? at last sync$/)
    await sentence.first().waitFor()
    expect(await sentence.count()).toBe(2)
    for (const mailbox of others) expect(await row(mailbox).getByText(/Up to date/).count()).toBe(2)
    // Folded away, the failure stays in view.
    await card('Proseware').getByRole('button', { name: 'Hide streams of Proseware' }).click()
    await card('Proseware').getByText(new RegExp(`Mail of ${gone}.*, just now: There is no mailbox for this user`)).waitFor()
    await house.simulator('POST', `/tenants/${id}`, { mailboxState: { upn: gone, state: 'ok' } })
    await sync('Proseware')
    await card('Proseware').getByText(/There is no mailbox/).waitFor({ state: 'detached' })
  })

  it('one that is misspelt is refused at its field, and the list stays', async () => {
    const { mailboxes } = await named('Proseware')
    await change([...mailboxes, 'nobody@proseware.com'].join(', '))
    await card('Proseware').getByText('nobody@proseware.com: There is no mailbox for this user').waitFor()
    expect(await card('Proseware').getByLabel('Technician mailboxes').getAttribute('aria-invalid')).toBe('true')
    await card('Proseware').getByRole('button', { name: 'Cancel' }).click()
    expect(await card('Proseware').getByRole('button', { name: 'Edit mailboxes of Proseware' }).evaluate((one) => one === document.activeElement)).toBe(true)
    expect((await named('Proseware')).mailboxes).toEqual(mailboxes)
  })

  it('one that is taken off the list is gone from it', async () => {
    const { mailboxes } = await named('Proseware')
    await change(mailboxes.slice(0, 2).join(', '))
    await card('Proseware').getByRole('status').getByText('The list of mailboxes was changed.').waitFor()
    await card('Proseware').getByText(`2 mailboxes: ${mailboxes.slice(0, 2).join(', ')}`).waitFor()
    await card('Proseware').getByRole('button', { name: 'Show streams of Proseware' }).click()
    await row(mailboxes[0]!).waitFor()
    expect(await row(mailboxes[2]!).count()).toBe(0)
    expect((await named('Proseware')).mailboxes).toEqual(mailboxes.slice(0, 2))
  })
})

describe('Sync now', () => {
  const button = () => card('Contoso').getByRole('button', { name: /^Sync.+: Contoso$/ })
  const readSince = async (name: string, then: string) =>
    (await named(name)).streams.filter((stream) => !notGranted.includes(stream.stream)).every((stream) => stream.lastSuccessAt! > then)

  it('shows that it runs and how far it is, and says when it has ended', async () => {
    const asked = new Date().toISOString()
    await house.simulator('POST', '/faults', { match: '^GET /v1.0/', delayMs: 1500 })
    await button().click()
    const progress = card('Contoso').getByRole('progressbar', { name: 'Sync of Contoso' })
    await progress.waitFor()
    await card('Contoso').getByText(/^\d of 7 streams are being read/).waitFor()
    await card('Contoso').getByText('Sync is running.').waitFor()
    expect(await button().textContent()).toBe('Syncing …')
    expect(await button().getAttribute('aria-disabled')).toBe('true')
    await house.simulator('DELETE', '/faults')
    await card('Contoso').getByText('Sync has ended.').waitFor()
    await progress.waitFor({ state: 'detached' })
    expect(await button().textContent()).toBe('Sync now')
    expect(await readSince('Contoso', asked)).toBe(true)
  })

  it('ends when its own streams have been read, while a worker is busy with another tenant', async () => {
    await house.simulator('POST', '/faults', { match: '^GET /v1.0/', delayMs: 15_000 })
    await card('Fabrikam').getByRole('button', { name: 'Sync now: Fabrikam' }).click()
    await until('it is under way', async () => (await house.db.collection('units').countDocuments({ leaseOwner: { $ne: null } })) > 0)
    // What is under way stays slow.
    await house.simulator('DELETE', '/faults')
    const asked = new Date().toISOString()
    await sync('Contoso')
    expect(await readSince('Contoso', asked)).toBe(true)
  })
})

describe('new credentials', () => {
  const form = () => card('Contoso').getByRole('form', { name: 'Update credentials of Contoso' })
  const replace = async (secret: string) => {
    await form().getByLabel('New client secret value').fill(secret)
    await form().getByRole('button', { name: 'Test and replace' }).click()
  }

  it('that do not work are refused in words, and the connection goes on with the old ones', async () => {
    await card('Contoso').getByRole('button', { name: 'Update credentials of Contoso' }).click()
    await replace('not the secret')
    await form().getByText(/^The client secret is wrong\. .+ The credentials that Outpost has stay in use\.$/).waitFor()
    // Without an answer nobody can say which are in use.
    await desk.page.route('**/api/v1/tenants/*', (route) => route.abort())
    await replace('not the secret')
    await form().getByText('Outpost cannot be reached. Check your connection and try again.', { exact: true }).waitFor()
    await desk.page.unroute('**/api/v1/tenants/*')
    await form().getByLabel('Application (client) ID').fill('contoso')
    await replace('')
    await form().getByText('Enter the application (client) ID: a GUID').waitFor()
    await form().getByText('Enter the client secret value.').waitFor()
    await form().getByRole('button', { name: 'Cancel' }).click()
    const before = (await named('Contoso')).streams.find((one) => one.stream === 'accounts')!.lastSuccessAt!
    await sync('Contoso')
    await card('Contoso').getByText('Connected', { exact: true }).waitFor()
    expect((await named('Contoso')).streams.find((one) => one.stream === 'accounts')!.lastSuccessAt! > before).toBe(true)
  })

  it('whose end Outpost cannot read take the date that is entered', async () => {
    const simulated = await house.simulator<{ tenantId: string; clientSecret: string }[]>('GET', '/tenants')
    const { id } = await named('Contoso')
    await house.simulator('POST', '/faults', { match: '/v1.0/applications', status: 403, code: 'Authorization_RequestDenied', message: 'x' })
    const enter = async (date: string) => {
      await card('Contoso').getByRole('button', { name: 'Update credentials of Contoso' }).click()
      await form().getByLabel('The secret expires on').fill(date)
      await replace(simulated.find((one) => one.tenantId === id)!.clientSecret)
    }
    await enter('')
    await card('Contoso').getByText('When the client secret expires is unknown. Enter the date').waitFor()
    await enter('2031-05-15')
    await card('Contoso').getByText(/The client secret is valid until (15 May|May 15,) 2031\./).waitFor()
    await house.simulator('DELETE', '/faults')
    await sync('Contoso')
    await card('Contoso').getByText(/The client secret is valid until .+ 2031\./).waitFor({ state: 'detached' })
  })

  it('that work replace the old ones', async () => {
    const { clientSecret } = await house.simulator<{ clientSecret: string }>('POST', `/tenants/${(await named('Contoso')).id}`, { secret: 'rotate' })
    await sync('Contoso')
    await card('Contoso').getByText('Sign-in to this tenant fails').waitFor()
    expect(await card('Contoso').getByText(/valid until/).count()).toBe(0)
    await card('Contoso').getByRole('button', { name: 'Update credentials of Contoso' }).click()
    await replace(clientSecret)
    await card('Contoso').getByText('The new credentials work and have replaced the old ones.').waitFor()
    expect(await form().count()).toBe(0)
    await card('Contoso').getByText('Connected', { exact: true }).waitFor()
    expect(await desk.page.content()).not.toContain(clientSecret)
  })
})

describe('what is optional and not granted', () => {
  it('is said, and is no failure', async () => {
    const { id } = await named('Fabrikam')
    await house.simulator('POST', `/tenants/${id}`, { permissions: ['Directory.Read.All'] })
    await sync('Fabrikam')
    await card('Fabrikam').getByText('Connected', { exact: true }).waitFor()
    await card('Fabrikam').getByText('4 of 7 streams up to date, 3 optional ones not granted.').waitFor()
    await card('Fabrikam').getByRole('button', { name: 'Show streams of Fabrikam' }).click()
    await card('Fabrikam').getByText(/^Optional, and not granted: AuditLog\.Read\.All\. Without it, it stays unknown/).waitFor()
    expect(await card('Fabrikam').getByText(/Failed/).count()).toBe(0)
    await card('Fabrikam').getByRole('button', { name: 'Hide streams of Fabrikam' }).click()
  })
})

describe('a tenant that is connected already', () => {
  const form = () => desk.tab.getByRole('form', { name: 'Connect a tenant' })

  it.each([
    ['Proseware', 'Edit mailboxes of Proseware', 'Our own (the MSP’s)'],
    ['Fabrikam', 'Update credentials of Fabrikam', 'Contoso'],
  ])('%s is not connected once more, and the form leads to its own', async (name, own, owner) => {
    const simulated = await house.simulator<{ name: string; tenantId: string; clientId: string; clientSecret: string }[]>('GET', '/tenants')
    const { tenantId, clientId, clientSecret } = simulated.find((tenant) => tenant.name === name)!
    const { mailboxes } = await named(name)
    await desk.tab.getByRole('button', { name: 'Connect a tenant' }).click()
    const typed = { 'Tenant ID': tenantId, 'Application (client) ID': clientId, 'Client secret value': clientSecret, 'Technician mailboxes': mailboxes[0] ?? '' }
    for (const [label, value] of Object.entries(typed)) await form().getByLabel(label).fill(value)
    await form().getByLabel('Whose tenant').selectOption({ label: owner })
    await form().getByRole('button', { name: 'Test' }).click()
    await form().getByText(/^Connected to /).waitFor()
    await form().getByRole('button', { name: 'Save' }).click()
    await form().getByText(new RegExp(`^${name} is already connected, as ${name === 'Proseware' ? 'your own tenant' : 'the tenant of Fabrikam'}\\.`)).waitFor()
    await form().getByRole('button', { name: `Edit ${name}` }).click()
    await card(name).getByRole('form', { name: own }).waitFor()
    expect(await form().count()).toBe(0)
    expect((await named(name)).mailboxes).toEqual(mailboxes)
    await card(name).getByRole('form', { name: own }).getByRole('button', { name: 'Cancel' }).click()
  })
})

describe('disconnecting', () => {
  const form = (name: string) => card(name).getByRole('form', { name: `Disconnect ${name}` })
  const said = (words: string) => desk.tab.getByRole('status').getByText(words, { exact: true })
  const counted = (collection: string, tenantId: string) => house.db.collection(collection).countDocuments({ tenantId })

  it('asks first, and Keep it keeps it', async () => {
    await card('Fabrikam').getByRole('button', { name: 'Disconnect Fabrikam' }).click()
    const goes = ['its accounts, with their roles, MFA registration and licences', 'the stored client secret']
    expect(await form('Fabrikam').getByRole('listitem').allTextContents()).toEqual(goes)
    await form('Fabrikam').getByRole('button', { name: 'Keep it' }).click()
    expect(await form('Fabrikam').count()).toBe(0)
    expect((await named('Fabrikam')).name).toBe('Fabrikam')
  })

  it('of a customer’s tenant says how many accounts were deleted', async () => {
    const accounts = await counted('accounts', (await named('Fabrikam')).id)
    expect(accounts).toBeGreaterThan(1)
    await card('Fabrikam').getByRole('button', { name: 'Disconnect Fabrikam' }).click()
    await form('Fabrikam').getByRole('button', { name: 'Disconnect and delete' }).click()
    await said(`Fabrikam was disconnected. Being deleted: 0 messages, 0 meetings and ${accounts} accounts.`).waitFor()
    await card('Fabrikam').waitFor({ state: 'detached' })
    // The focus is not lost with the card.
    expect(await desk.tab.getByRole('heading', { name: 'Microsoft 365' }).evaluate((one) => one === document.activeElement)).toBe(true)
  })

  it('of the own tenant says how much mail and how many meetings, and the mail is gone from the hub', async () => {
    const { id } = await named('Proseware')
    const [messages, meetings, accounts] = await Promise.all(['messages', 'meetings', 'accounts'].map((name) => counted(name, id)))
    await card('Proseware').getByRole('button', { name: 'Disconnect Proseware' }).click()
    await form('Proseware').getByText('mail and meetings that only its 2 mailboxes hold').waitFor()
    await form('Proseware').getByRole('button', { name: 'Disconnect and delete' }).click()
    await said(`Proseware was disconnected. Being deleted: ${messages} messages, ${meetings} meetings and ${accounts} accounts.`).waitFor()
    expect(messages! * meetings!).toBeGreaterThan(1)
    await desk.goTo(`customer/${(await house.customer('Contoso')).id}`)
    await until('both lists say so', async () => (await desk.tab.getByText(/^No mailbox is connected yet/).count()) === 2)
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
