// Rows of the last release, as a database that it wrote holds them.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Cards, rememberWhatCardsTold, type CardDoc } from '../../bot/alerts/rows.ts'
import { openTestDatabase } from '../database/database.fixture.ts'
import { Results } from '../posture/resultRows.ts'
import { giveChannelsTheirRoles, Installations, type InstallationDoc } from './rows.ts'

type Rows = Record<string, (Record<string, unknown> & { _id: string })[]>

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
  const { documents } = EJSON.parse(gunzipSync(readFileSync(new URL('../../tests/fixtures/database-0.1.0.json.gz', import.meta.url))).toString()) as { documents: Rows }
  for (const name of ['installations', 'cards', 'assessments']) await test.driver.collection<{ _id: string }>(name === 'assessments' ? 'results' : name).insertMany(documents[name]!)
  const [channel] = documents.installations!
  const more = { ...channel!, scope: 'personal', conversationId: 'a:chat', _id: 'chat', userId: 'u' }
  await test.driver.collection<{ _id: string }>('installations').insertOne(more)
})
afterAll(() => test.close())

const rows = async () => [
  await test.driver.collection<InstallationDoc>('installations').find().sort({ _id: 1 }).toArray(), await test.driver.collection<CardDoc>('cards').find().sort({ _id: 1 }).toArray(),
]

it('channels that were there before channels had roles keep our team’s alerts, their cards what was told; twice is the same as once', async () => {
  const migrate = async () => {
    await giveChannelsTheirRoles(test.driver)
    await rememberWhatCardsTold(test.driver)
  }
  await migrate()
  const once = await rows()
  await migrate()
  expect(await rows()).toEqual(once)
  const [channel] = await test.db(Installations).targets()
  expect(channel).toMatchObject({
    role: { kind: 'alerts' }, roleAt: null, outsiders: 'unknown', checkedAt: null, memberNews: 0, namedAt: null, teamName: null, channelName: null, deadReason: null, deadAt: null,
  })
  const [chat] = await test.db(Installations).personal()
  expect(chat).not.toHaveProperty('role')
  const [card] = await test.db(Cards).ofTarget(channel!._id)
  const [result] = await test.db(Results).ofCustomer(card!.customerId)
  expect(card).toMatchObject({ state: 'posted', told: { state: result!.state, failing: result!.failing }, reply: null })
})

it('what an administrator has said since is not overwritten', async () => {
  const [channel] = await test.db(Installations).targets()
  await test.db(Installations).setRole(channel!, null, 'unknown', new Date())
  await giveChannelsTheirRoles(test.driver)
  expect((await test.db(Installations).targets())[0]!.role).toBeNull()
})

it('somebody who joins while the members are being read is looked for again', async () => {
  const [before] = await test.db(Installations).targets()
  await test.db(Installations).membersChanged(before!)
  expect(await test.db(Installations).checked(before!, 'none', new Date())).toBe(false)
  await test.db(Installations).setRole(before!, { kind: 'alerts' }, 'none', new Date())
  const [after] = await test.db(Installations).targets()
  expect(after).toMatchObject({ role: { kind: 'alerts' }, checkedAt: null })
  expect(await test.db(Installations).checked(after!, 'some', new Date())).toBe(true)
  expect((await test.db(Installations).targets())[0]).toMatchObject({ outsiders: 'some', checkedAt: expect.any(Date) as Date })
})
