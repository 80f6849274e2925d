// The stream of changes: how long it lasts, how many a person has, and what a flood of changes becomes.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ObjectId } from 'mongodb'
import type { News } from '../../api/changes/model.ts'
import { startProduct } from '../../scripts/house.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

const tokenFor = async (role: Exclude<RoleName, 'none'>, seconds = 3600) =>
  (await house.simulator<{ token: string }>('POST', `/personas/${house.personas[role].upn}/token`, { seconds })).token

interface Heard {
  readonly status: number
  readonly news: News[]
  ended: boolean
  close(): void
}

/** Listens, and keeps what is told. */
async function listen(token: string, origin = `http://127.0.0.1:${house.product().port}`): Promise<Heard> {
  const control = new AbortController()
  const response = await fetch(`${origin}/api/v1/changes`, { headers: { Authorization: `Bearer ${token}` }, signal: control.signal })
  const heard: Heard = { status: response.status, news: [], ended: false, close: () => control.abort() }
  const read = async () => {
    let text = ''
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece
      const lines = text.split('\n')
      text = lines.pop()!
      for (const line of lines) if (line.startsWith('data: ')) heard.news.push(JSON.parse(line.slice(6)) as News)
    }
  }
  void read().catch(() => undefined).finally(() => (heard.ended = true))
  return heard
}

/** Changes of so many customers, as a sync writes them. */
const change = (count: number) =>
  house.db.collection('changes').insertMany(Array.from({ length: count }, (_, index) => ({ _id: new ObjectId(), at: new Date(), kind: 'posture', customerId: `customer-${index}`, audience: null })))
const ended = (heard: Heard, seconds?: number) => until('it ends', () => Promise.resolve(heard.ended), seconds)

it('ends with the token that opened it', async () => {
  const [short, long] = [await listen(await tokenFor('Admin', 4)), await listen(await tokenFor('Admin'))]
  expect([short.status, long.status]).toEqual([200, 200])
  await ended(short, 20)
  expect(long.ended).toBe(false)
  long.close()
})

it('ends when the role is lost, and is not opened again with the old token', async () => {
  const token = await tokenFor('Member')
  const before = await listen(token)
  const other = await listen(await tokenFor('Viewer'))
  await house.db.collection('appRoleHolders').deleteMany({ userId: house.personas.Member.userId })
  // As a round does that reads the roles some time after the token was made.
  await house.db.collection('units').updateMany({ stream: 'appRoles' }, { $set: { lastSuccessAt: new Date(Date.now() + 120_000) } })
  const again = await listen(token)
  expect(again.status).toBe(403)
  await ended(before, 30)
  expect(other.ended).toBe(false)
  other.close()
})

it('of more than a few of one person the oldest ends, and the others go on', async () => {
  const product = await startProduct({ ...house.environment(), OUTPOST_ROLES: 'web', OUTPOST_LIMIT_LISTENING: '2' })
  try {
    const origin = `http://127.0.0.1:${product.port}`
    const [mine, theirs] = [await tokenFor('Admin'), await tokenFor('Viewer')]
    const other = await listen(theirs, origin)
    const [first, second, third] = [await listen(mine, origin), await listen(mine, origin), await listen(mine, origin)]
    await ended(first)
    await change(1)
    for (const heard of [second, third, other]) await until('it is told', () => Promise.resolve(heard.news.some(({ customerId }) => customerId === 'customer-0')))
    expect([second, third, other].map((heard) => heard.ended)).toEqual([false, false, false])
    for (const heard of [second, third, other]) heard.close()
  } finally {
    await product.stop()
  }
})

it('more changes than can be told one by one are told as everything, and then single ones again', async () => {
  const heard = await listen(await tokenFor('Viewer'))
  await change(1500)
  await until('everything is told', () => Promise.resolve(heard.news.some(({ kind }) => kind === 'everything')))
  const later = new ObjectId().toHexString()
  // What was told lies in the overlap for some seconds more.
  await until('the flood is over', async () => (await house.db.collection('changes').countDocuments({ at: { $gte: new Date(Date.now() - 5_000) } })) === 0, 30)
  await house.db.collection('changes').insertOne({ at: new Date(), kind: 'posture', customerId: later, audience: null })
  await until('a single change is told', () => Promise.resolve(heard.news.some(({ customerId }) => customerId === later)))
  expect(heard.news.length).toBeLessThan(300)
  heard.close()
})

it('a few customers at a time are told each', async () => {
  const heard = await listen(await tokenFor('Viewer'))
  await change(40)
  await until('each is told', () => Promise.resolve(new Set(heard.news.map(({ customerId }) => customerId)).size >= 40))
  heard.close()
})
