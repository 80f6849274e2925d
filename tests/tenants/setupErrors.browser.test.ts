// Connecting a tenant in a real browser: what an administrator really types, and what the page says to it; then what it says
// when a connected tenant fails later.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'

interface Simulated {
  tenantId: string
  kind: 'msp' | 'customer'
  clientId: string
  clientSecret: string
  clientSecretId: string
  mailboxes: string[]
}
interface Typed {
  tenantId: string
  clientId: string
  clientSecret: string
  mailboxes: string
}
const labels: Record<keyof Typed, string> = {
  tenantId: 'Tenant ID', clientId: 'Application (client) ID', clientSecret: 'Client secret value', mailboxes: 'Technician mailboxes',
}
const required = ['Directory.Read.All', 'Mail.Read', 'Calendars.Read']
const permissions = [...required, 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
const nobodys = '12345678-1234-4234-8234-123456789012'

let msp: Simulated
useDesk({ world: 'tiny', connected: false }, async () => {
  msp = (await house.simulator<Simulated[]>('GET', '/tenants')).find((tenant) => tenant.kind === 'msp')!
  await house.as('Admin', 'POST', '/customers', { name: 'Contoso', domains: ['contoso.com'] })
})
beforeAll(async () => {
  await desk.goTo('admin/integrations')
  await desk.tab.getByRole('button', { name: 'Connect a tenant' }).click()
})

const simulated = (change: object) => house.simulator<{ clientSecret: string }>('POST', `/tenants/${msp.tenantId}`, change)
const mailboxIs = (state: string) => simulated({ mailboxState: { upn: msp.mailboxes[0], state } })

describe('Test says what is wrong and lets nothing be saved', () => {
  const form = () => desk.tab.getByRole('form', { name: 'Connect a tenant' })
  const field = (name: keyof Typed) => form().getByLabel(labels[name])
  const save = () => form().getByRole('button', { name: 'Save' })

  let answer: Promise<unknown>
  const test = async (change: Partial<Typed> = {}) => {
    const typed: Typed = { ...msp, mailboxes: msp.mailboxes.join(', '), ...change }
    for (const name of Object.keys(labels) as (keyof Typed)[]) await field(name).fill(typed[name])
    answer = desk.page.waitForResponse((response) => response.url().endsWith('/tenants/test'))
    await form().getByRole('button', { name: 'Test' }).click()
  }
  /** The sentence that stands over the buttons, once Microsoft has been asked. */
  const sentence = async () => {
    await answer
    await form().getByText('Asking Microsoft 365 …').waitFor({ state: 'detached' })
    return form().getByRole('status').textContent()
  }
  /** The fields that are marked, each with what stands at it. */
  const marked = async () => {
    const found: Partial<Typed> = {}
    for (const name of Object.keys(labels) as (keyof Typed)[]) {
      if ((await field(name).getAttribute('aria-invalid')) !== 'true') continue
      // The message comes before the hint.
      const [message] = (await field(name).getAttribute('aria-describedby'))!.split(' ')
      found[name] = (await desk.tab.locator(`[id="${message}"]`).textContent())!
    }
    return found
  }
  const isRefused = async (words: RegExp, fields: Partial<Typed> = {}) => {
    expect(await sentence()).toMatch(words)
    expect(await marked()).toEqual(fields)
    expect(await save().isDisabled()).toBe(true)
  }
  /** What is at the fields is not said twice. */
  const marksFields = /^Some of the input cannot be used\. Correct the marked fields\.$/
  const noMailbox = 'There is no mailbox for this user: misspelt, without an Exchange Online licence, or on-premises.'

  it.each<[string, () => Partial<Typed>, RegExp]>([
    ['a wrong client secret', () => ({ clientSecret: 'wrong' }), /^The client secret is wrong\. Enter the secret’s value \(not its ID\), .+\.$/],
    ['the secret’s id instead of its value', () => ({ clientSecret: msp.clientSecretId }), /^The client secret is wrong\. .+ \(not its ID\)/],
    ['the id of something else', () => ({ tenantId: nobodys }), /^There is no tenant .+ a subscription’s or a user’s ID does not work\.$/],
    ['an application that the tenant does not know', () => ({ clientId: nobodys }), /^This application is not known in this tenant\./],
    ['no mailbox', () => ({ mailboxes: ' , ' }), /^Enter at least one technician mailbox\.$/],
  ])('%s', async (_name, change, words) => {
    await test(change())
    await isRefused(words)
  })

  it('an expired secret', async () => {
    await simulated({ secret: 'expire' })
    await test()
    await isRefused(/^The client secret has expired\. Create a new one in Entra admin center → .+ and enter its value\.$/)
    msp = { ...msp, ...(await simulated({ secret: 'rotate' })) }
  })

  it('a required permission without consent, for each by its name, with what it costs', async () => {
    for (const name of required) {
      await simulated({ permissions: permissions.filter((one) => one !== name) })
      await test()
      expect(await sentence()).toBe(
        `Admin consent is missing for ${name}. Add it as application permission in Entra admin center → App registrations → ` +
          'API permissions, then choose Grant admin consent.',
      )
      await form().getByRole('list', { name: 'What is missing' }).getByText(new RegExp(`^${name}: without it, .+\\.$`)).waitFor()
      expect(await save().isDisabled()).toBe(true)
    }
    await simulated({ permissions })
  })

  it('a mailbox that does not exist, or two of them', async () => {
    await test({ mailboxes: `${msp.mailboxes[0]} nobody@proseware.com; no.one@proseware.com` })
    const mailboxes = `nobody@proseware.com and no.one@proseware.com: ${noMailbox}`
    await isRefused(marksFields, { mailboxes })
  })

  it.each(['onPremises', 'unlicensed', 'removed'])('a mailbox that is %s', async (state) => {
    await mailboxIs(state)
    await test()
    await isRefused(marksFields, { mailboxes: `${msp.mailboxes[0]}: ${noMailbox}` })
    await mailboxIs('ok')
  })

  it('no GUIDs and no secret: every field is marked at once', async () => {
    await test({ tenantId: 'contoso.com', clientId: 'Outpost', clientSecret: ' ' })
    await isRefused(marksFields, {
      tenantId: 'Enter the tenant ID: a GUID, from Entra admin center → Overview.',
      clientId: 'Enter the application (client) ID: a GUID, from the app registration’s overview.',
      clientSecret: 'Enter the client secret value.',
    })
  })

  it('mailboxes of a customer’s tenant', async () => {
    await form().getByLabel('Whose tenant').selectOption({ label: 'Contoso' })
    await test()
    await isRefused(/^Only mailboxes of your own technicians are read/, { mailboxes: 'Leave this empty for a customer’s tenant.' })
    await form().getByLabel('Whose tenant').selectOption({ label: 'Our own (the MSP’s)' })
  })

  it('nothing of values that were changed while Microsoft was asked', async () => {
    await house.simulator('POST', '/faults', { match: '^GET /v1.0/', delayMs: 1000 })
    await test()
    await field('tenantId').fill(nobodys)
    expect(await sentence()).toBe('')
    expect(await save().isDisabled()).toBe(true)
    await house.simulator('DELETE', '/faults')
  })

  it('what works is said too, and can be saved until it is changed', async () => {
    await test()
    expect(await sentence()).toBe('Connected to Proseware — 1 mailbox configured')
    const features = form().getByRole('list', { name: 'What Outpost may read' }).getByRole('listitem')
    expect(await features.allTextContents()).toEqual([
      'Accounts, roles and licences: granted (Directory.Read.All).', 'Mail: granted (Mail.Read).', 'Meetings: granted (Calendars.Read).',
      'MFA registration: granted (AuditLog.Read.All).', 'MFA without Entra ID P1: granted (UserAuthenticationMethod.Read.All).',
      'Roles through PIM: not granted (RoleManagement.Read.Directory), optional. Without it, roles that can be activated through PIM stay unknown.',
      'Groups through PIM: not granted (PrivilegedEligibilitySchedule.Read.AzureADGroup), optional. Without it, who can become a member of a group with a role (PIM for Groups) stays unknown.',
      'Security defaults: not granted (Policy.Read.All), optional. Without it, it stays unknown whether security defaults are switched on.',
    ])
    expect(await marked()).toEqual({})
    expect(await save().isEnabled()).toBe(true)
    await field('clientSecret').fill('another one')
    expect(await save().isDisabled()).toBe(true)
    await test()
    await sentence()
    expect((await house.get<TenantList>('/tenants')).items).toEqual([])
    // Held up, the first sync can be seen before it has read anything.
    await house.simulator('POST', '/faults', { match: '^GET /v1.0/users/delta', delayMs: 2000, times: 1 })
    await save().click()
    await desk.tab.getByText('Proseware is connected.').waitFor()
    await desk.tab.getByRole('listitem', { name: 'Proseware' }).getByText('Waiting for the first sync').waitFor()
    await desk.tab.getByRole('progressbar', { name: 'Sync of Proseware' }).waitFor()
    await desk.tab.getByRole('listitem', { name: 'Proseware' }).getByText('Connected', { exact: true }).waitFor()
    await house.synced()
  })
})

describe('a connected tenant that fails later says so on its card, and heals', () => {
  const card = () => desk.tab.getByRole('listitem', { name: 'Proseware' })
  const sync = async () => {
    await card().getByRole('button', { name: 'Sync now: Proseware' }).click()
    await card().getByText('Sync has ended.').waitFor()
  }
  const order = (fault: object) => house.simulator('POST', '/faults', { match: '^GET /v1.0/', retryAfter: 600, ...fault })
  const noFaults = () => house.simulator('DELETE', '/faults')
  const without = (...names: string[]) => simulated({ permissions: permissions.filter((one) => !names.includes(one)) })
  const consent = () => simulated({ permissions })
  const newSecret = async () => house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, await simulated({ secret: 'rotate' }))

  it.each<[string, badge: string, sentence: RegExp, breakIt: () => Promise<unknown>, mend: () => Promise<unknown>]>([
    [
      'throttled by Graph', 'Slowed down by Microsoft 365', /just now: Microsoft asks Outpost to slow down\. .+\.$/,
      () => order({ status: 429, code: 'TooManyRequests', retryAfter: 5 }), noFaults,
    ],
    [
      'a service error of Graph', 'Microsoft 365 answers with errors', /just now: Microsoft 365 does not answer properly at the moment\. .+\.$/,
      () => order({ status: 503, code: 'serviceNotAvailable' }), noFaults,
    ],
    [
      'a permission that was taken away', 'A permission is missing', /just now: Admin consent is missing for Directory\.Read\.All\. Add it as application permission .+\.$/,
      () => without('Directory.Read.All'), consent,
    ],
    [
      'mail that was closed to the app', 'A permission is missing', /^Mail of .+, just now: Microsoft denied access\. Check the app’s permissions/,
      () => without('Mail.Read'), consent,
    ],
    [
      'a mailbox that was removed', 'Something in the setup has to be put right', /^Calendar of .+, Mail of .+, just now: There is no mailbox for this user: .+\.$/,
      () => mailboxIs('removed'), () => mailboxIs('ok'),
    ],
    [
      'a secret that has expired', 'Sign-in to this tenant fails', /just now: The client secret has expired\. Create a new one/,
      () => simulated({ secret: 'expire' }), newSecret,
    ],
  ])('%s', async (_name, badge, sentence, breakIt, mend) => {
    await breakIt()
    await sync()
    await card().getByText(badge, { exact: true }).waitFor()
    await card().getByText(sentence).waitFor()
    await mend()
    await sync()
    await card().getByText('Connected', { exact: true }).waitFor()
    await card().getByText(sentence).waitFor({ state: 'detached' })
  })

  it('what passes by itself turns Connected by itself', async () => {
    await order({ status: 429, code: 'TooManyRequests', retryAfter: 2, times: 4 })
    await house.as('Admin', 'POST', `/tenants/${msp.tenantId}/sync`)
    await card().getByText('Slowed down by Microsoft 365', { exact: true }).waitFor()
    await card().getByText('Connected', { exact: true }).waitFor()
  })

  it('the hub of a customer says it too, under mail and meetings, without being loaded again', async () => {
    await desk.goTo(`customer/${(await house.customer('Contoso')).id}`)
    await desk.tab.getByText(/^Mail of 1 of 1 mailbox · as of/).waitFor()
    await desk.tab.getByText(/^Calendar of 1 of 1 mailbox · as of/).waitFor()
    await order({ status: 503, code: 'serviceNotAvailable' })
    await house.as('Admin', 'POST', `/tenants/${msp.tenantId}/sync`)
    await desk.tab.getByText(/^Mail of 0 of 1 mailbox · last read/).waitFor()
    await desk.tab.getByText(/^Calendar of 0 of 1 mailbox · last read/).waitFor()
    const sentence = desk.tab.getByText(/^Last error just now: Microsoft 365 does not answer properly at the moment\./)
    expect(await sentence.count()).toBe(2)
    await noFaults()
    await house.synced()
    await desk.tab.getByText(/^Mail of 1 of 1 mailbox · as of/).waitFor()
    await desk.tab.getByText(/^Calendar of 1 of 1 mailbox · as of/).waitFor()
    await desk.goTo('admin/integrations')
  })

  it('nothing read for hours: stale', async () => {
    const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000)
    await house.db.collection('units').updateMany({ stream: 'mail' }, { $set: { lastSuccessAt: threeHoursAgo } })
    await desk.goTo('admin/audit')
    await desk.goTo('admin/integrations')
    await card().getByText('Stale: not read for too long', { exact: true }).waitFor()
  })

  it('a secret that ends in five days: urgent, with the date', async () => {
    await simulated({ secret: 'expiresIn', days: 5.5 })
    await sync()
    await card().getByText(/^Urgent: The client secret expires in 5 days, on .+ 20\d\d\. Replace it now\.$/).waitFor()
  })
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
