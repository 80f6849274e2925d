// Who may be asked for by name: people in mail that the actor may see, and nobody else.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor, Role } from '../access/model.ts'
import { openKeeping } from '../changes/kept.ts'
import type { Asking } from '../context.ts'
import { openTestDatabase } from '../database/database.fixture.ts'
import type { Party } from '../people/model.ts'
import { nothingButTimes } from './mark.ts'
import { mailQueries } from './query.ts'
import { Messages, type MessageDoc } from './rows.ts'

// Old rows go by the database's own clock.
const now = new Date()
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
let test: Awaited<ReturnType<typeof openTestDatabase>>

const kim: Party = { name: 'Kim Kettle', address: 'kim.kettle@contoso.com', side: 'customer' }
const kimmy: Party = { name: 'Kim Example', address: 'kim@fabrikam.com', side: 'customer' }
const tom: Party = { name: 'Tom Tester', address: 'tom@msp.example', side: 'msp' }
const ada: Party = { name: 'Ada Admin', address: 'ada@msp.example', side: 'msp' }

const row = (id: string, customerId: string, audience: string[], more: Partial<MessageDoc>): MessageDoc => ({
  _id: id, tenantId: 't', mailboxId: 'm', immutableId: id, folderId: 'f', customerId, domains: [`${customerId}.com`], audience, mailKey: id, receivedAt: new Date(now.getTime() - 3_600_000),
  modifiedAt: now, direction: 'in', private: false, subject: 'Printer', preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, blindOthers: 0, hasAttachments: false, reading: 1, ...more,
})

beforeAll(async () => {
  test = await openTestDatabase()
  for (const name of ['contoso', 'fabrikam']) {
    await test.driver.collection<{ _id: string }>('customers').insertOne({ _id: name, name, aliases: [], domains: [`${name}.com`], archivedAt: null } as never)
  }
  const rows = [
    row('1', 'contoso', ['tom@msp.example'], { from: kim, to: [tom] }),
    row('2', 'fabrikam', ['ada@msp.example'], { from: kimmy, to: [ada] }),
    row('3', 'contoso', ['tom@msp.example'], { from: { ...kim, name: 'Kim Old', address: 'old@contoso.com' }, receivedAt: daysAgo(15) }),
    row('4', 'contoso', ['tom@msp.example'], { ...nothingButTimes }),
    // The other customer's person stands in a mail about Contoso, and is Fabrikam's all the same.
    row('5', 'contoso', ['ada@msp.example'], { from: kim, cc: [kimmy] }),
  ]
  await test.driver.collection<MessageDoc>('messages').insertMany(rows)
})
afterAll(() => test.close())

const as = (role: Role, address: string): Actor => ({ tenantId: 't', userId: 'u', role, addresses: [address] })
const named = async (actor: Actor, ...words: string[]) => (await mailQueries.peopleNamed({ db: test.db, now: () => now, kept: openKeeping(test.db, () => now) } as unknown as Asking, actor, words)).map(({ address, customerId }) => [address, customerId])

it('names people of customers and ours, with the customer at whose domain they are', async () => {
  expect((await named(as('admin', 'ada@msp.example'), 'kim')).sort()).toEqual([['kim.kettle@contoso.com', 'contoso'], ['kim@fabrikam.com', 'fabrikam']])
  expect(await named(as('admin', 'ada@msp.example'), 'tester')).toEqual([['tom@msp.example', null]])
  expect(await named(as('admin', 'ada@msp.example'), 'nobody', '.*')).toEqual([])
})
it.each(['zoe', 'ZOË', 'zoë'])('%s names Zoë, however the accent is written', async (typed) => {
  const added = [row('z1', 'contoso', ['tom@msp.example'], { from: { name: 'Zoë Ünal', address: 'zoe@contoso.com', side: 'customer' }, subject: 'Überweisung' }), row('z2', 'contoso', ['tom@msp.example'], { from: { name: 'Zoe\u0308', address: 'zoe2@contoso.com', side: 'customer' } })]
  await test.driver.collection<MessageDoc>('messages').insertMany(added)
  expect((await named(as('admin', 'ada@msp.example'), typed)).sort()).toEqual([['zoe2@contoso.com', 'contoso'], ['zoe@contoso.com', 'contoso']])
  const found = await test.db(Messages).page({ customerId: 'contoso', domains: ['contoso.com'], mailboxIds: ['m'] }, 'all', daysAgo(14), null, 10, { words: ['uberweisung'] })
  expect(found.map(({ _id }) => _id)).toEqual(['z1'])
  await test.driver.collection<MessageDoc>('messages').deleteMany({ _id: { $in: added.map(({ _id }) => _id) } })
})
it('a member and a viewer learn of nobody in mail that they cannot see', async () => {
  for (const role of ['member', 'viewer'] as const) {
    expect(await named(as(role, 'tom@msp.example'), 'kim')).toEqual([['kim.kettle@contoso.com', 'contoso']])
    expect(await named(as(role, 'eve@msp.example'), 'kim', 'tom')).toEqual([])
  }
})
it('mail of one person is looked for in the database, by who wrote it and who got it', async () => {
  const page = (only: object) => test.db(Messages).page({ customerId: 'contoso', domains: ['contoso.com'], mailboxIds: ['m'] }, 'all', daysAgo(14), null, 10, only).then((rows) => rows.map(({ _id }) => _id).sort())
  expect(await page({ writer: 'kim.kettle@contoso.com' })).toEqual(['1', '5'])
  expect(await page({ recipient: 'tom@msp.example' })).toEqual(['1'])
  expect(await page({ party: 'kim@fabrikam.com' })).toEqual(['5'])
  expect(await page({ writer: 'kim.kettle@contoso.com', words: ['toner'] })).toEqual([])
})
