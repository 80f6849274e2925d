// Random commands of the subset, sent to the embedded server and to the one at MONGODB_TEST_URI: the answers have to agree.
// Without that variable this file is left out (vitest.config.ts).
import { EJSON, type Long } from 'bson'
import fc from 'fast-check'
import { type BulkWriteResult, type Db, MongoBulkWriteError, MongoServerError } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Scenario, scenarios, type Step } from './testing/generators.fixture.ts'
import { type Doc, otherServer } from './testing/probes.fixture.ts'
import { connect } from './testing/database.fixture.ts'

const runs = Number(process.env.DIFFERENTIAL_RUNS ?? 200)
vi.setConfig({ testTimeout: 60_000 + runs * 1000, hookTimeout: 60_000 })

const typed = { promoteValues: false, promoteLongs: false, promoteBuffers: false, ignoreUndefined: true }
const canonical = (value: unknown): string => EJSON.stringify(value, { relaxed: false })
const sorted = (list: unknown[]): string[] => list.map(canonical).sort()

interface Reply extends Doc {
  code?: number
  errmsg?: string
  cursor?: { id: Long; firstBatch?: Doc[]; nextBatch?: Doc[] }
  writeErrors?: Doc[]
}
/**
 * An `_id` that becomes an array is an error with any of three codes, depending on how the update is written; and of two errors of a
 * document, a key that is there and two arrays in one index, either may come first.
 */
const codeOf = (code: unknown): number => ({ 53: 66, 54: 66, 171: 11000 })[Number(code)] ?? Number(code)
class Refused extends Error {}

/** What our server does not do by decision says so; it ends a scenario, and is counted. */
function checkRefusal({ code, errmsg = '' }: { code?: unknown; errmsg?: unknown }): void {
  if (code !== undefined && String(errmsg).includes('not supported by the embedded server')) throw new Refused(String(errmsg))
}

async function rows(db: Db, name: string, first: Reply, batchSize: unknown): Promise<Doc[]> {
  const all = [...first.cursor!.firstBatch!]
  for (let { id } = first.cursor!; !id.isZero();) {
    const reply = await db.command({ getMore: id, collection: name, ...(batchSize ? { batchSize } : {}) }, typed) as Reply
    if (!reply.cursor) throw new Error(`getMore: ${String(reply.errmsg)}`)
    all.push(...reply.cursor.nextBatch!)
    id = reply.cursor.id
  }
  return all
}

async function bulkWrite(db: Db, name: string, { operations, ordered }: NonNullable<Step['bulk']>) {
  const numbersOf = ({ insertedCount, matchedCount, modifiedCount, deletedCount, upsertedIds }: BulkWriteResult) =>
    ({ insertedCount, matchedCount, modifiedCount, deletedCount, upsertedIds })
  try {
    return numbersOf(await db.collection(name).bulkWrite(operations as never, { ordered }))
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    const errors = [error.writeErrors].flat()
    errors.forEach(checkRefusal)
    return { ...numbersOf(error.result), errors: errors.map(({ index, code }) => [index, codeOf(code)]) }
  }
}

/** The answer of one server in a form that can be compared. */
async function ask(db: Db, name: string, { command, bulk, hint: position, order }: Step, indexes: Doc[]): Promise<unknown> {
  if (bulk) return bulkWrite(db, name, bulk)
  const hints = [{ $natural: 1 }, ...indexes.filter((each) => !each.partialFilterExpression).map((each) => each.name)]
  const hint = position === undefined ? undefined : hints[position]
  const [[verb], ...rest] = Object.entries(command) as [[string, unknown]]
  const sent = { [verb]: name, ...Object.fromEntries(rest), ...(hint !== undefined && { hint }) }
  const reply = await db.command(sent, typed).catch((error: unknown) => {
    if (!(error instanceof MongoServerError)) throw error
    checkRefusal(error.errorResponse)
    return { code: codeOf(error.code) }
  }) as Reply
  if (reply.code !== undefined) return reply
  reply.writeErrors?.forEach(checkRefusal)
  if (reply.cursor) {
    const list = await rows(db, name, reply, command.batchSize ?? (command.cursor as Doc | undefined)?.batchSize)
    return order === 'exact' ? list.map(canonical) : order === 'any' ? sorted(list) : list.length
  }
  // Which of several equal numbers stands for them is not promised. Through an index MongoDB confuses missing with null, and empty arrays.
  if (verb === 'distinct') {
    const values = (reply.values as unknown[]).map((each) => EJSON.stringify(each, { relaxed: true }))
    return values.filter((each) => each !== 'null' && each !== '[]').sort()
  }
  if (verb === 'findAndModify') return canonical([reply.value, reply.lastErrorObject])
  if (verb === 'createIndexes') return {}
  const errors = reply.writeErrors?.map(({ index, code }) => [Number(index), codeOf(code)])
  return canonical({ n: reply.n, nModified: reply.nModified, upserted: reply.upserted, errors })
}

const counts = { scenarios: 0, answers: 0, errors: 0, refused: {} as Record<string, number> }

async function compare(ours: Db, theirs: Db, name: string, { indexes, documents, steps }: Scenario): Promise<void> {
  const done: unknown[] = []
  const both = async (step: Step): Promise<unknown> => {
    const asked = [ours, theirs].map((db) => ask(db, name, step, there))
    // Both have to be through, also when one refuses, before anything else is asked.
    await Promise.allSettled(asked)
    const answers = await Promise.all(asked)
    done.push(step.bulk ?? step.command)
    counts.answers++
    if (typeof answers[0] === 'object' && 'code' in answers[0]!) counts.errors++
    expect(answers[0], `ours and the other server's answer to the last of\n${done.map(canonical).join('\n')}`).toEqual(answers[1])
    return answers[0]
  }
  const there: Doc[] = []
  for (const index of indexes) {
    const answer = await both({ command: { createIndexes: '%', indexes: [index] } })
    if (!(answer as Doc).code) there.push(index)
  }
  if (documents.length > 0) await both({ command: { insert: '%', documents, ordered: false } })
  const everything: Step = { command: { find: '%' }, order: 'any' }
  await both(everything)
  for (const step of steps) {
    const answer = await both(step)
    // Which documents a multi-update reached before it failed is not promised.
    const [{ multi } = {}] = (step.command.updates ?? []) as Doc[]
    if (multi && /"errors"/.test(String(answer))) return
    if (step.bulk ?? !/find$|aggregate|distinct/.test(Object.keys(step.command)[0]!)) await both(everything)
  }
}

describe('the embedded server and the one at MONGODB_TEST_URI', () => {
  let server: Awaited<ReturnType<typeof connect>>
  const { db, close } = otherServer('differential')
  beforeAll(async () => { server = await connect() })
  afterAll(async () => {
    console.log(counts)
    await server.close()
    await close()
  })
  for (const [title, arbitrary] of Object.entries(scenarios))
    it(`agree about ${title}`, async () => {
      await fc.assert(fc.asyncProperty(arbitrary, async (scenario) => {
        const [ours, theirs] = [server.client.db('differential'), await db()]
        counts.scenarios++
        try {
          await compare(ours, theirs, 'all', scenario)
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          counts.refused[error.message] = (counts.refused[error.message] ?? 0) + 1
        } finally {
          await ours.dropCollection('all').catch(() => undefined)
          // Emptied, not dropped: some builds keep the files of what is dropped open.
          await theirs.collection('all').deleteMany({})
          await theirs.collection('all').dropIndexes().catch(() => undefined)
        }
      }), { numRuns: runs, interruptAfterTimeLimit: 1000 * runs, markInterruptAsFailure: false })
    })
})
