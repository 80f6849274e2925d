// For tests only: tables of probes, asked of the embedded server and, with MONGODB_TEST_URI, of another MongoDB as well.
import { EJSON } from 'bson'
import { type Db, MongoClient, MongoServerError } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connect } from './database.fixture.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

export type Doc = Record<string, unknown>

export interface Probe {
  name: string
  documents?: Doc[]
  indexes?: [key: Record<string, 1 | -1>, options?: Doc][]
  /** A find: its filter with sort, projection and so on. */
  find?: Doc & { filter: Doc }
  aggregate?: Doc[]
  /** One statement of an update command; the answer is all documents in order of `_id`. */
  update?: Doc
  /** Any command, with `%` for the collection's name; the answer is the field `of` of the reply. */
  command?: Doc
  of?: string
  expect?: unknown
  /** The error code instead of an answer. */
  code?: number
  message?: string
  /** MongoDB itself can do this; only the embedded server refuses. */
  embeddedOnly?: true
}

/** Documents with the given values of x; where it is undefined there is none. */
export const d = (...values: unknown[]): Doc[] => values.map((x, i) => (x === undefined ? { _id: i } : { _id: i, x }))
export const ids = (...list: unknown[]) => list.map((_id) => ({ _id }))
export const day = (text: string) => new Date(`${text}T00:00:00Z`)

// Numbers come back with their types; an error must not, since the driver then does not see that it is one.
const typesOf = (probe: Probe) => (probe.code === undefined ? { promoteValues: false, promoteLongs: false } : {})
let count = 0

async function ask(db: Db, probe: Probe): Promise<unknown> {
  const typed = typesOf(probe)
  const collection = db.collection(`probe${++count}`)
  const name = collection.collectionName
  if (probe.documents?.length) await collection.insertMany(probe.documents.map((each) => ({ ...each })))
  for (const [key, options] of probe.indexes ?? []) await collection.createIndex(key, options)
  if (probe.find) return collection.find(probe.find.filter, { ...probe.find, filter: undefined, ...typed } as never).toArray()
  if (probe.aggregate) return collection.aggregate(probe.aggregate, typed).toArray()
  if (probe.update) {
    const reply = await db.command({ update: name, updates: [probe.update] })
    const [error] = (reply.writeErrors ?? []) as { code: number; errmsg: string }[]
    if (error) throw new MongoServerError({ message: error.errmsg, code: error.code })
    return collection.find({}, { sort: { _id: 1 }, ...typed }).toArray()
  }
  const [first, ...rest] = Object.entries(probe.command!)
  const reply = await db.command(Object.fromEntries([[first![0], first![1] === '%' ? name : first![1]], ...rest]), typed)
  return probe.of!.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], reply)
}

function check(probes: Probe[], db: () => Db, external: boolean) {
  for (const probe of probes.filter((each) => !external || !each.embeddedOnly))
    it(probe.name, async () => {
      if (probe.code === undefined) {
        const answer = await ask(db(), probe)
        return expect(JSON.parse(EJSON.stringify(answer, { relaxed: false }))).toEqual(JSON.parse(EJSON.stringify(probe.expect, { relaxed: false })))
      }
      const error: unknown = await ask(db(), probe).then(() => undefined, (thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(MongoServerError)
      expect((error as MongoServerError).code).toBe(probe.code)
      // MongoDB may say before it where it was, as in `Invalid $set :: caused by :: `.
      expect((error as Error).message.split(' :: caused by :: ').at(-1)).toContain(probe.message ?? '')
    })
}

/** The server at MONGODB_TEST_URI, with a database of its own that `close` drops. */
export function otherServer(purpose: string) {
  const client = new MongoClient(process.env.MONGODB_TEST_URI!)
  const database = client.db(`outpost_${purpose}_${process.pid}`)
  const db = async () => {
    const { versionArray: [major] } = await database.admin().buildInfo() as unknown as { versionArray: number[] }
    // From 9.0 on `{ 'a.b': null }` also finds arrays on the path that are empty or have no documents. What is mirrored here is 7.0 and 8.0.
    if (major! >= 9) await database.admin().command({ setParameter: 1, internalQueryLegacyDottedPathNullSemantics: true })
    return database
  }
  const close = async () => {
    await database.dropDatabase()
    await client.close()
  }
  return { client, db, close }
}

/** Makes a test of every probe. */
export function probe(tables: Record<string, Probe[]>) {
  describe('embedded server', () => {
    let server: Awaited<ReturnType<typeof connect>>
    beforeAll(async () => { server = await connect() })
    afterAll(() => server.close())
    for (const [name, probes] of Object.entries(tables)) describe(name, () => check(probes, () => server.client.db('probes'), false))
  })
  if (process.env.MONGODB_TEST_URI !== undefined) describe('the server at MONGODB_TEST_URI', () => {
    const other = otherServer('probes')
    let db: Db
    beforeAll(async () => { db = await other.db() })
    afterAll(other.close)
    for (const [name, probes] of Object.entries(tables)) describe(name, () => check(probes, () => db, true))
  })
}
