// The bot as the product mounts it: what it answers, and what it says unasked.
import { expect, it, vi } from 'vitest'
import { channel, installationUpdate, useBot } from './testing/bot.fixture.ts'
import { channelOf, tenantId } from './testing/fakeConnector.fixture.ts'

const the = useBot()
const { tell, give, said } = the

it('answers over HTTP, and nobody without a signature', async () => {
  expect(await tell({ text: 'help' })).toBe(200)
  expect(said()).toEqual(['What Outpost can do'])
  expect(await tell({ text: 'help' }, null)).toBe(401)
  expect(await tell({ text: 'help' }, { key: true })).toBe(401)
  expect(said()).toHaveLength(1)
})

it('answers a repeated activity once', async () => {
  await Promise.all([tell({ id: 'same' }), tell({ id: 'same' }), tell({ id: 'same' })])
  await tell({ id: 'same' })
  expect(said()).toEqual(['Hello from Outpost'])
})

it('answers who has no role with the reason', async () => {
  await tell({ text: 'mfa Contoso' })
  expect(said()[0]).toMatch(/^You have no role in Outpost\./)
})

it('answers 200 even when its answer cannot be delivered, and does not repeat it', async () => {
  the.connector.behave(() => ({ status: 500 }))
  expect(await tell({ text: 'help' })).toBe(200)
  expect(the.connector.sent()).toHaveLength(1)
})

it('says its answer once more when Teams had too much to do, as long as that takes no longer than Teams waits', async () => {
  const busy = (seconds: string, times: number) => the.connector.behave(() => (the.connector.sent().length > times ? undefined : { status: 429, headers: { 'retry-after': seconds } }))
  busy('0', 1)
  await tell({ text: 'help' })
  expect(said()).toEqual(['What Outpost can do', 'What Outpost can do'])
  the.connector.reset()
  busy('0', 9)
  await tell({ text: 'help' })
  expect(the.connector.sent()).toHaveLength(2)
  the.connector.reset()
  busy('60', 1)
  await tell({ text: 'help' })
  expect(the.connector.sent()).toHaveLength(1)
})

it('welcomes once, whatever Teams repeats', async () => {
  await tell(installationUpdate('add', 'first'))
  await tell(installationUpdate('add', 'first'))
  await tell(installationUpdate('add-upgrade'))
  await tell(installationUpdate('add'))
  await tell(installationUpdate('remove'))
  await tell(installationUpdate('add'))
  expect(said()).toEqual(['Outpost is here'])
  await tell({ type: 'installationUpdate', action: 'add' })
  await tell({ type: 'installationUpdate', action: 'add-upgrade' })
  await tell({ type: 'conversationUpdate', membersAdded: [{ id: 'x' }] })
  expect(said()).toEqual(['Outpost is here', 'Outpost is here'])
})

it('what the channel hears first is how it gets a purpose, with a button for the administrator', async () => {
  await tell(installationUpdate('add'))
  const welcome = JSON.stringify(the.connector.sent()[0]!.body)
  expect(welcome).toContain('“this channel is for”')
  expect(welcome).toContain('yes, this channel is for our alerts')
  expect(welcome).not.toMatch(/Contoso|Fabrikam/)
})

it('learns the channel for alerts, forgets it on removal, and a late repetition does not bring it back', async () => {
  const targets = async () => (await the.test.store.installations.targets()).map(({ conversationId }) => conversationId)
  await tell(installationUpdate('add', 'a'))
  expect(await targets()).toEqual([channel])
  await tell(installationUpdate('remove', 'b'))
  expect(await targets()).toEqual([])
  await tell(installationUpdate('add', 'a'))
  await tell(installationUpdate('add-upgrade', 'c'))
  expect(await targets()).toEqual([])
  await tell(installationUpdate('add', 'd'))
  expect(await targets()).toEqual([channel])
})

it('knows whose private chat it is, from the installation or from the first word, and forgets it on removal', async () => {
  const known = async () => (await the.test.store.installations.personal()).map(({ userId, conversationId }) => `${userId} ${conversationId}`)
  const person = '33333333-3333-4333-8333-333333333333 a:personal-1'
  await tell({ text: 'help' })
  expect(await known()).toEqual([person])
  await tell({ type: 'installationUpdate', action: 'remove' })
  expect(await known()).toEqual([])
  await tell({ text: 'help' })
  expect(await known()).toEqual([])
  await tell({ type: 'installationUpdate', action: 'add' })
  expect(await known()).toEqual([person])
  await tell({ text: '<at>Outpost</at> help', ...channelOf(channel) })
  await tell(installationUpdate('add'))
  expect(await known()).toEqual([person])
})

it('reminds an administrator in the private chat', async () => {
  await tell({ text: 'help' })
  await the.test.db.collection('tenants').insertOne({ name: 'Our tenant', secretExpiresAt: new Date(Date.now() + 5 * 86_400_000) })
  await the.bot.alerts.runOnce()
  expect(said()).toEqual(['What Outpost can do'])
  the.person.role = 'admin'
  await the.bot.alerts.runOnce()
  await the.bot.alerts.runOnce()
  expect(said().slice(1)).toEqual(['The client secret of Our tenant expires in 5 days'])
})

it('goes on from the last question', async () => {
  the.person.role = 'member'
  await tell({ text: 'licences Contoso' })
  await tell({ text: 'what about Fabrikam?' })
  await tell({ text: 'and licences?' })
  expect(said()).toEqual(['Licences of Contoso', 'Licences of Fabrikam', 'Licences of Fabrikam'])
  expect(await the.test.db.collection('talks').countDocuments()).toBe(1)
})

it('refreshes the service URL with every activity from the channel, in whatever thread', async () => {
  await tell(installationUpdate('add'))
  await the.test.db.collection('installations').updateOne({}, { $set: { serviceUrl: 'https://old.example', deadAt: new Date() } })
  await tell({ text: '<at>Outpost</at> help', ...channelOf(channel) })
  expect(await the.test.store.installations.get({ tenantId, conversationId: channel })).toMatchObject({ serviceUrl: the.connector.origin, deadAt: null })
})

it('posts alerts to the learned channel while the loop runs, and turns the card resolved', async () => {
  await tell(installationUpdate('add'))
  await give({ kind: 'alerts' })
  the.connector.seen.length = 0
  const result = { customerId: 'contoso', check: 'privilegedAccountsMfaCapable', of: 3, unknown: 0, judgedAt: new Date() } as const
  await the.test.store.results.put({ ...result, state: 'open', failing: 2 }, 1)
  the.bot.alerts.start()
  await vi.waitFor(() => expect(the.connector.sent()).toHaveLength(1), { timeout: 5000 })
  await the.test.store.results.put({ ...result, state: 'resolved', failing: 0 }, 1)
  await the.test.store.changes.add(new Date(), [{ kind: 'posture', customerId: 'contoso' }])
  await vi.waitFor(() => expect(the.connector.sent()).toHaveLength(2), { timeout: 5000 })
  await the.bot.alerts.stop()
  expect(the.connector.sent().map(({ method }) => method)).toEqual(['POST', 'PUT'])
  expect(said()[1]).toBe('Resolved: All 3 privileged accounts at Contoso are MFA capable')
  await the.test.store.results.put({ ...result, state: 'open', failing: 1 }, 1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(the.connector.sent()).toHaveLength(2)
  await the.bot.alerts.runOnce()
  expect(the.connector.sent()).toHaveLength(3)
  await the.bot.alerts.runOnce()
  expect(said()[3]).toBe('Open again: 1 of 3 privileged accounts at Contoso is not MFA capable.')
})
