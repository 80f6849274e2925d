// docs/setup.md, Rotation: a master key is followed by another while the product runs.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import type { Readiness } from '../../api/http/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

const drawn = () => randomBytes(32).toString('base64')
const newest = drawn()
const ready = async () => {
  const response = await fetch(`${house.origin}/readyz`)
  return { httpStatus: response.status, ...((await response.json()) as Readiness) }
}
const statuses = async () => (await house.get<TenantList>('/tenants')).items.map(({ status }) => status)
async function startWith(keys: Record<string, string>) {
  await house.stopProduct()
  await house.startProduct(keys)
}
/** `npm run rotate-key` */
async function rotate(keys: Record<string, string>) {
  const run = promisify(execFile)(process.execPath, ['dist/node/rotateKey.js'], { env: { ...process.env, ...house.environment(), ...keys } })
  return run.then(({ stdout }) => ({ code: 0, said: stdout }), (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }))
}

it('The master key is followed by another without a pause, and nothing is entered again:', async () => {
  const both = { OUTPOST_MASTER_KEY: newest, OUTPOST_MASTER_KEY_OLD: house.environment().OUTPOST_MASTER_KEY! }
  await startWith(both)
  await house.synced()
  expect(await statuses()).toEqual(['connected', 'connected'])
  expect(await rotate(both)).toEqual({ code: 0, said: '2 client secrets were sealed under the new master key; 0 were already.\nOUTPOST_MASTER_KEY_OLD can be taken away from every copy of Outpost.\n' })
  expect(await rotate(both)).toMatchObject({ said: expect.stringMatching(/^0 client secrets .* 2 were already/) as string })
  await startWith({ OUTPOST_MASTER_KEY: newest })
  expect(await ready()).toEqual({ httpStatus: 200, status: 'ready', troubles: [] })
  await house.synced()
  expect(await statuses()).toEqual(['connected', 'connected'])
})

it('rotate-key says what it cannot do: with one key twice, with no old one, and where no tenant is', async () => {
  const old = { OUTPOST_MASTER_KEY_OLD: house.environment().OUTPOST_MASTER_KEY! }
  const same = await rotate(old)
  expect(same).toMatchObject({ code: 1, said: expect.stringContaining('OUTPOST_MASTER_KEY_OLD is the same key as OUTPOST_MASTER_KEY') as string })
  expect(await rotate({ OUTPOST_MASTER_KEY: newest })).toEqual({ code: 0, said: '0 client secrets were sealed under the new master key; 2 were already.\nOUTPOST_MASTER_KEY_OLD was not given, and is not needed.\n' })
  const elsewhere = await rotate({ OUTPOST_MASTER_KEY: newest, ...old, MONGODB_DATABASE: 'outpost_nothing_there' })
  expect(elsewhere.said).toContain('No tenant is connected in the database outpost_nothing_there.')
  expect(elsewhere.said).not.toContain('can be taken away')
})

it('With a key that opens no secret /readyz answers 503.', async () => {
  await startWith({ OUTPOST_MASTER_KEY: drawn() })
  expect(await ready()).toMatchObject({ httpStatus: 503, status: 'notReady', troubles: [{ code: 'masterKeyMissing', message: expect.stringContaining('OUTPOST_MASTER_KEY_OLD') as string }] })
  const refused = await rotate({ OUTPOST_MASTER_KEY: drawn() })
  expect(refused.code).toBe(1)
  expect(refused.said).toContain('2 could not be opened with either key')
  await startWith({ OUTPOST_MASTER_KEY: newest })
})

it('says of how many tenants the key is missing where it is not all of them, and serves', async () => {
  const rows = house.db.collection<{ _id: string; secret: object }>('tenants')
  const one = (await rows.findOne())!
  await rows.updateOne({ _id: one._id }, { $set: { secret: { ...one.secret, key: '0123456789abcdef' } } })
  expect(await ready()).toMatchObject({ httpStatus: 200, status: 'ready', troubles: [{ code: 'masterKeyMissing', message: expect.stringContaining('1 of 2 connected tenants') as string }] })
  await rows.updateOne({ _id: one._id }, { $set: { secret: one.secret } })
})
