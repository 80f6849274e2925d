// A database that an earlier release wrote, brought to the shape of today: by one copy at a time, and again after any end.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { MongoClient, type Document, type IndexDescriptionInfo } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe as group, expect, it } from 'vitest'
import { streams } from '../subjects.ts'
import { ensureUnits } from '../sync/ensureUnits.ts'
import { Units } from '../sync/units.ts'
import { Tenants } from '../tenants/rows.ts'
import { describe } from './collection.ts'
import { allCollections, openTestDatabase, type TestDatabase } from './database.fixture.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrations.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

group('a database of 0.1.0', () => {
  const dump = EJSON.parse(gunzipSync(readFileSync('tests/fixtures/database-0.1.0.json.gz')).toString()) as {
    documents: Record<string, Document[]>
    indexes: Record<string, IndexDescriptionInfo[]>
  }
  /** Collections and fields that have another name by now. */
  const collectionNow = (name: string) => (name === 'assessments' ? 'results' : name)
  const fieldNow = (collection: string, field: string) => (field === 'round' ? 'reading' : field === 'assessedAt' ? 'judgedAt' : collection === 'messages' && field === 'messageId' ? 'immutableId' : field)
  const asNow = (collection: string, row: Document) =>
    Object.fromEntries(Object.entries(row).filter(([field]) => !(collection === 'units' && row.mailbox === null && ['mailbox', 'facts'].includes(field))).map(([field, value]) => [fieldNow(collection, field), value as unknown]))
  const contents = async () => {
    const found: Record<string, Document[]> = {}
    for (const name of Object.keys(dump.documents).map(collectionNow)) found[name] = await test.driver.collection(name).find().sort({ _id: 1 }).toArray()
    return found
  }
  beforeAll(async () => {
    await test.driver.dropDatabase()
    for (const [name, documents] of Object.entries(dump.documents)) {
      if (documents.length > 0) await test.driver.collection(name).insertMany(documents)
      const indexes = (dump.indexes[name] ?? []).filter((index) => index.name !== '_id_')
      if (indexes.length > 0) await test.driver.collection(name).createIndexes(indexes)
    }
    await migrate(test.driver, allCollections)
  })

  it('loses nothing: every field that was there keeps its value, under its name of today', async () => {
    const after = await contents()
    for (const [name, documents] of Object.entries(dump.documents)) {
      const rows = new Map(after[collectionNow(name)]!.map((row) => [JSON.stringify(row._id), row]))
      expect([name, rows.size]).toEqual([name, documents.length])
      for (const before of documents) {
        const row = rows.get(JSON.stringify(before._id))
        expect(row).toMatchObject(asNow(name, before))
        for (const old of ['round', 'messageId', 'doubtedRound', 'assessedAt']) expect([name, row]).toEqual([name, expect.not.objectContaining({ [old]: expect.anything() as unknown })])
      }
    }
    expect(await test.driver.listCollections({ name: 'assessments' }).toArray()).toEqual([])
  })

  it('has its containers due for a whole reading, and no list in doubt', async () => {
    const rows = await test.driver.collection('bookmarks').find().toArray()
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toMatchObject({ pages: 0, fullAt: null, doubtedAt: null, doubtedReading: null })
  })

  it('knows of nothing that it could not read', async () => {
    expect(await test.driver.collection('units').distinct('unread')).toEqual([])
  })

  it('counts changes of what people change, from the first one on', async () => {
    for (const [name, filter] of [['customers', {}], ['tenants', {}], ['installations', { scope: 'channel' }]] as const) {
      expect([name, await test.driver.collection(name).distinct('revision', filter)]).toEqual([name, [0]])
    }
  })

  it('has the indexes of today and no others', async () => {
    for (const { name, indexes } of allCollections) {
      const present = await test.driver.collection(name).indexes().catch(() => [])
      expect([name, present.filter((index) => index.name !== '_id_').length]).toEqual([name, indexes.length])
    }
  })

  it('is not changed the second time, nor by steps that are repeated because their end was not noted', async () => {
    const before = await contents()
    await migrate(test.driver, allCollections)
    expect(await contents()).toEqual(before)
    await test.driver.collection('schema').deleteMany({})
    await migrate(test.driver, allCollections)
    expect(await contents()).toEqual(before)
  })

  it('gets a unit of each stream of today for each tenant, beside those that it has', async () => {
    const { db } = test
    const before = await db(Units).all()
    const tenants = { connected: () => db(Tenants).all(), open: () => Promise.resolve(null) }
    await ensureUnits({ db, streams, tenants, homeTenantId: '', now: () => new Date() })
    const after = await db(Units).all()
    expect(after).toEqual(expect.arrayContaining(before))
    expect(before.filter(({ stream }) => stream === 'securityDefaults')).toEqual([])
    const read = after.filter(({ stream }) => stream === 'securityDefaults').map(({ tenantId }) => tenantId)
    expect(read.sort()).toEqual((await db(Tenants).all()).map(({ _id }) => _id).sort())
    expect(read.length).toBeGreaterThan(0)
  })
})

group('steps', () => {
  beforeEach(async () => {
    await test.driver.dropDatabase()
  })
  const log: string[] = []
  const one = (migrations: Parameters<typeof describe>[0]['migrations'], indexes: Parameters<typeof describe>[0]['indexes'] = []) =>
    describe({ name: 'things', indexes: indexes, migrations: migrations!, open: () => ({}) })
  const step = (name: string, milliseconds = 0) => async () => {
    log.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    log.push(`${name} ends`)
  }
  beforeEach(() => {
    log.length = 0
  })

  it('run once each, in their order, also when a release brings more of them', async () => {
    await migrate(test.driver, [one([step('1')])])
    await migrate(test.driver, [one([step('1'), step('2')])])
    expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends'])
  })

  it('are taken by one of several copies that start at once, while the others wait', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(test.driver, [one([step('1', 300)])])))
    expect(log).toEqual(['1 begins', '1 ends'])
  })

  it('are taken over when the copy that had them was killed', async () => {
    await test.driver.collection<{ _id: string }>('schema').insertOne({ _id: 'lease', owner: 'killed', until: new Date(Date.now() + 1_000) } as never)
    await migrate(test.driver, [one([step('1')])])
    expect(log).toEqual(['1 begins', '1 ends'])
  })

  it('that fail are named, said to be no outage, and tried again by the next start; what came before them is not repeated', async () => {
    await expect(migrate(test.driver, [one([step('1'), () => Promise.reject(new Error('broken'))])])).rejects.toMatchObject({ code: 'databaseUnmigrated', message: expect.stringContaining('things') as string })
    await migrate(test.driver, [one([step('1'), step('2')])])
    expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends'])
  })

  it('of a later release are no reason to guess: its database is refused', async () => {
    await migrate(test.driver, [one([step('1'), step('2')])])
    await expect(migrate(test.driver, [one([step('1')])])).rejects.toMatchObject({ code: 'databaseNewer' })
  })

  it('include indexes: one with another limit of age is made anew, one that nobody asks for goes, the others stay', async () => {
    const ttl = (seconds: number) => ({ key: { at: 1 }, expireAfterSeconds: seconds })
    await migrate(test.driver, [one([], [ttl(60), { key: { a: 1 } }, { key: { b: 1, c: -1 } }])])
    await migrate(test.driver, [one([], [ttl(90), { key: { b: 1, c: -1 } }, { key: { d: 1 }, unique: true }])])
    const found = (await test.driver.collection('things').indexes()).map(({ name, expireAfterSeconds, unique }) => [name, expireAfterSeconds ?? null, unique === true])
    expect(found.sort()).toEqual([['_id_', null, false], ['at_1', 90, false], ['b_1_c_-1', null, false], ['d_1', null, true]])
  })

  it('are not asked for where all is there: a start writes its lease, and nothing a collection', async () => {
    await migrate(test.driver, allCollections)
    const client = new MongoClient(test.uri, { monitorCommands: true })
    const written: string[] = []
    client.on('commandStarted', ({ commandName }) => {
      if (['createIndexes', 'dropIndexes', 'update', 'insert'].includes(commandName)) written.push(commandName)
    })
    await migrate(client.db(test.driver.databaseName), allCollections).finally(() => client.close())
    // The lease is made if it is not there, taken, and given back.
    expect(written).toEqual(['update', 'update', 'update'])
  })
})

it('a database that cannot be reached is said to be that, and nothing else is', async () => {
  await expect(openDatabase('mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=300', 'x', [])).rejects.toMatchObject({ code: 'databaseUnavailable' })
  const client = new MongoClient(test.uri)
  await client.db('failing').dropDatabase()
  await client.close()
  const failing = describe({ name: 'things', migrations: [() => Promise.reject(new Error('broken'))], open: () => ({}) })
  await expect(openDatabase(test.uri, 'failing', [failing])).rejects.toMatchObject({ code: 'databaseUnmigrated' })
})
