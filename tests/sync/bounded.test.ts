// A large folder costs time, never memory: the product's heap is capped far below the size of what it reads.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectTenants } from '../../scripts/house.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

const count = 20_000
let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false, environment: { NODE_OPTIONS: '--max-old-space-size=96' } })
})
afterAll(() => house?.close())

it(`a folder of ${count} messages syncs within a heap of 96 MB, page by page, past the 5,000 at which Graph ends a filtered reading`, async () => {
  const mailbox = house.personas.Admin.upn
  const { withCustomer } = await house.simulator<{ withCustomer: number }>('POST', '/mail/bulk', { mailbox, folder: 'inbox', count })
  await connectTenants(house.origin)
  await house.synced()
  expect(await house.db.collection('messages').countDocuments({ subject: { $regex: '^Bulk question' } })).toBe(withCustomer)
  const requests = await house.simulator<{ path: string; query: object; headers: Record<string, string> }[]>('GET', '/requests')
  const pages = requests.filter(({ path }) => /messages\/delta/.test(path))
  expect(pages.length).toBeGreaterThanOrEqual(count / 500)
  // the filtered reading to its limit, the unfiltered one, and some for the other folders and for empty pages
  expect(pages.length).toBeLessThanOrEqual(Math.ceil((count + 5_000) / 500) + 25)
  const later = pages.filter(({ query }) => JSON.stringify(query).includes('skiptoken'))
  expect(later.length).toBeGreaterThan(30)
  for (const { headers } of later) expect(headers.prefer).toBe('IdType="ImmutableId", odata.maxpagesize=500')
}, 180_000)
