// A privileged account that is not MFA capable: a finding, one card a customer in the channel, resolved in place.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Posture } from '../../api/posture/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

interface Card {
  activityId: string
  conversationId: string
  updates: number
  activity: { summary?: string; attachments: { content: unknown }[] }
}
interface Truth {
  tenants: { tenantId: string; name: string; roles: { members: string[] }[]; registrations: { id: string; isMfaCapable: boolean }[] }[]
}
let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const cards = async () => (await house.simulator<{ cards: Card[] }>('GET', '/channel')).cards
const about = (list: Card[], customer: string) => list.filter((card) => card.activity.summary?.includes(` ${customer} `))
const posture = async (customer: string) => house.get<Posture>(`/customers/${(await house.customer(customer)).id}/posture`)
const openOf = async (customer: string) => (await posture(customer)).findings.filter((finding) => finding.state === 'open')
const registerAll = async (customer: string) => {
  for (const finding of await openOf(customer)) {
    const { tenantId } = (await posture(customer)).privilegedAccounts.find((account) => account.id === finding.accountId)!
    await house.simulator('POST', '/accounts', { tenantId, action: 'registerMfa', userId: finding.accountId })
  }
}

it('without a channel there is a finding and no card', async () => {
  expect((await openOf('Contoso')).length).toBeGreaterThan(0)
  expect(await house.simulator<{ installed: boolean; cards: Card[] }>('GET', '/channel')).toMatchObject({ installed: false, cards: [] })
})

it('the findings are those of the world', async () => {
  const truth = await house.simulator<Truth>('GET', '/truth')
  const tenant = truth.tenants.find((one) => one.name === 'Contoso')!
  const notCapable = new Set(tenant.registrations.filter((row) => !row.isMfaCapable).map((row) => row.id))
  const holders = new Set(tenant.roles.flatMap((role) => role.members))
  for (const finding of await openOf('Contoso')) expect(notCapable.has(finding.accountId) && holders.has(finding.accountId)).toBe(true)
})

it('Outpost then keeps one card a customer with findings there, with counts and without names.', async () => {
  await house.channelFor('alerts')
  const list = await until('a card for each customer with a finding', async () => {
    const found = await cards()
    return ['Contoso', 'Fabrikam'].every((customer) => about(found, customer).length > 0) ? found : null
  })
  expect(await openOf('Tailspin Toys')).toEqual([])
  expect(about(list, 'Tailspin Toys')).toEqual([])
  for (const customer of ['Contoso', 'Fabrikam']) {
    const { privilegedMfa, privilegedAccounts, findings } = await posture(customer)
    const [card, ...more] = about(list, customer)
    expect(more).toEqual([])
    const text = JSON.stringify(card!.activity)
    expect(text).toContain(`${findings.filter((finding) => finding.state === 'open').length} of ${privilegedMfa.of}`)
    for (const account of privilegedAccounts) expect(text).not.toContain(account.userPrincipalName || account.displayName)
    expect(card!.activity.summary).toContain(customer)
  }
})

it('rounds without a change post and update nothing', async () => {
  const before = await cards()
  for (let round = 0; round < 3; round++) await house.synced()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(await cards()).toEqual(before)
})

it('when the accounts register MFA the same card turns resolved in place', async () => {
  const [before] = about(await cards(), 'Contoso')
  await registerAll('Contoso')
  await house.synced('accounts', 'mfa', 'roles')
  expect(await openOf('Contoso')).toEqual([])
  const card = await until('the card is resolved', async () => about(await cards(), 'Contoso').find((one) => /resolved/i.test(JSON.stringify(one.activity))))
  expect(card.activityId).toBe(before!.activityId)
  expect(about(await cards(), 'Contoso')).toHaveLength(1)
  expect(card.updates).toBeGreaterThan(before!.updates)
})

it('also after a restart in between, by kill -9', async () => {
  const [before] = about(await cards(), 'Fabrikam')
  await house.stopProduct('SIGKILL')
  await registerAllBehindTheProduct('Fabrikam')
  await house.startProduct()
  await house.synced('accounts', 'mfa', 'roles')
  const card = await until('the card is resolved', async () => about(await cards(), 'Fabrikam').find((one) => /resolved/i.test(JSON.stringify(one.activity))))
  expect(card.activityId).toBe(before!.activityId)
  expect(about(await cards(), 'Fabrikam')).toHaveLength(1)
})

async function registerAllBehindTheProduct(customer: string): Promise<void> {
  const { tenantId, registrations } = (await house.simulator<Truth>('GET', '/truth')).tenants.find((tenant) => tenant.name === customer)!
  for (const row of registrations.filter((one) => !one.isMfaCapable)) await house.simulator('POST', '/accounts', { tenantId, action: 'registerMfa', userId: row.id })
}

it('a new administrator without MFA opens the same card again, and its thread says so; no second card', async () => {
  const { tenantId } = (await house.simulator<Truth>('GET', '/truth')).tenants.find((tenant) => tenant.name === 'Contoso')!
  const [before] = about(await cards(), 'Contoso')
  await house.simulator('POST', '/accounts', { tenantId, action: 'addAdministrator', displayName: 'Quill Quartz' })
  await house.synced('accounts', 'mfa', 'roles')
  expect((await openOf('Contoso')).length).toBe(1)
  const card = await until('the card is open again', async () => about(await cards(), 'Contoso').find((one) => !/resolved/i.test(JSON.stringify(one.activity))))
  expect(card.activityId).toBe(before!.activityId)
  const inThread = async () => {
    const { activities } = await house.simulator<{ activities: { id: string; conversationId: string; text?: string }[] }>('GET', '/channel')
    return activities.filter(({ id, conversationId }) => conversationId === card.conversationId && id !== card.activityId).map(({ text }) => text)
  }
  await until('the thread says it', async () => (await inThread()).length > 0)
  expect(await inThread()).toEqual([`Open again: 1 of ${(await posture('Contoso')).privilegedMfa.of} privileged accounts at Contoso is not MFA capable.`])
})

it('a report that cannot be read resolves nothing and says so', async () => {
  const open = await openOf('Contoso')
  const tenant = (await posture('Contoso')).privilegedAccounts[0]!.tenantId
  await house.simulator('POST', '/faults', { match: 'userRegistrationDetails', status: 403, code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'x' })
  await house.as('Admin', 'POST', `/tenants/${tenant}/sync`)
  await until('the stream says it', async () => (await posture('Contoso')).freshness.find((one) => one.stream === 'mfa')?.lastError?.message.includes('although the tenant has it'))
  expect(await openOf('Contoso')).toEqual(open)
  await house.simulator('DELETE', '/faults')
  await house.synced('accounts', 'mfa', 'roles')
})

it('a card that somebody deleted is lost, and nothing else: its channel lives, and the next finding of another customer is told there', async () => {
  await house.channelFor('alerts')
  const seen = about(await cards(), 'Contoso').map(({ activityId }) => activityId)
  const capable = (await posture('Fabrikam')).privilegedAccounts.find(({ enabled, mfa }) => enabled && mfa?.capable === 'yes')!
  // What the connector answers to an edit of a deleted message.
  await house.simulator('POST', '/faults', { match: `PUT /v3/.*/activities/(${seen.join('|')})$`, status: 403, code: 'ServiceError', message: 'Unknown' })
  const { tenantId } = (await posture('Contoso')).privilegedAccounts[0]!
  await house.simulator('POST', '/accounts', { tenantId, action: 'addAdministrator', displayName: 'Dell Deleted' })
  await house.simulator('POST', '/accounts', { tenantId: capable.tenantId, action: 'removeMfa', userId: capable.id })
  await house.synced('accounts', 'mfa', 'roles')
  const { privilegedMfa } = await posture('Fabrikam')
  const told = `${privilegedMfa.notCapable} of ${privilegedMfa.of} `
  await until('the other customer’s finding is told', async () => about(await cards(), 'Fabrikam').some(({ activity }) => activity.summary?.startsWith(told)))
  await until('there is a new card', async () => about(await cards(), 'Contoso').length > seen.length, 60)
  const channels = await house.db.collection('installations').find({ scope: 'channel' }).toArray()
  expect(channels.map(({ deadAt }) => deadAt as unknown)).toEqual([null])
  await house.simulator('DELETE', '/faults')
}, 90_000)
