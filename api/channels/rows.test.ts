// Rows of the last release, as a database that it wrote holds them.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rememberWhatCardsTold, type CardDoc } from '../../bot/alerts/rows.ts'
import { openTestStore } from '../../bot/alerts/testDatabase.ts'
import { giveChannelsTheirRoles, type InstallationDoc } from './rows.ts'

type Rows = Record<string, (Record<string, unknown> & { _id: string })[]>

let test: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  test = await openTestStore()
  const { documents } = EJSON.parse(gunzipSync(readFileSync(new URL('../../tests/fixtures/database-0.1.0.json.gz', import.meta.url))).toString()) as { documents: Rows }
  for (const name of ['installations', 'cards', 'assessments']) await test.db.collection<{ _id: string }>(name).insertMany(documents[name]!)
  const [channel] = documents.installations!
  const more = { ...channel!, scope: 'personal', conversationId: 'a:chat', _id: 'chat', userId: 'u' }
  await test.db.collection<{ _id: string }>('installations').insertOne(more)
})
afterAll(() => test.close())

const rows = async () => [
  await test.db.collection<InstallationDoc>('installations').find().sort({ _id: 1 }).toArray(), await test.db.collection<CardDoc>('cards').find().sort({ _id: 1 }).toArray(),
]

it('channels that were there before channels had roles keep our team’s alerts, their cards what was told; twice is the same as once', async () => {
  const migrate = async () => {
    await giveChannelsTheirRoles(test.db)
    await rememberWhatCardsTold(test.db)
  }
  await migrate()
  const once = await rows()
  await migrate()
  expect(await rows()).toEqual(once)
  const [channel] = await test.store.installations.targets()
  expect(channel).toMatchObject({
    role: { kind: 'alerts' }, roleAt: null, outsiders: 'unknown', checkedAt: null, memberNews: 0, namedAt: null, teamName: null, channelName: null, deadReason: null, deadAt: null,
  })
  const [chat] = await test.store.installations.personal()
  expect(chat).not.toHaveProperty('role')
  const [card] = await test.store.cards.ofTarget(channel!._id)
  const [assessment] = await test.store.assessments.ofCustomer(card!.customerId)
  expect(card).toMatchObject({ state: 'posted', told: { state: assessment!.state, failing: assessment!.failing }, reply: null })
})

it('what an administrator has said since is not overwritten', async () => {
  const [channel] = await test.store.installations.targets()
  await test.store.installations.setRole(channel!, null, 'unknown', new Date())
  await giveChannelsTheirRoles(test.db)
  expect((await test.store.installations.targets())[0]!.role).toBeNull()
})

it('somebody who joins while the members are being read is looked for again', async () => {
  const [before] = await test.store.installations.targets()
  await test.store.installations.membersChanged(before!)
  expect(await test.store.installations.checked(before!, 'none', new Date())).toBe(false)
  await test.store.installations.setRole(before!, { kind: 'alerts' }, 'none', new Date())
  const [after] = await test.store.installations.targets()
  expect(after).toMatchObject({ role: { kind: 'alerts' }, checkedAt: null })
  expect(await test.store.installations.checked(after!, 'some', new Date())).toBe(true)
  expect((await test.store.installations.targets())[0]).toMatchObject({ outsiders: 'some', checkedAt: expect.any(Date) as Date })
})
