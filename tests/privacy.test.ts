// What must never be kept: canaries are planted in every body, in strangers' addresses and in private subjects; after a real
// sync, every collection and everything that was printed is searched for them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, type House } from './house.fixture.ts'

interface Truth {
  tenants: { mailboxes: { upn: string; messages: { id: string; canaries: string[]; sensitivity: string; expectedCustomers: string[] }[] }[] }[]
}
let house: House
let canaries: string[]
beforeAll(async () => {
  house = await openHouse()
  await house.simulator('POST', '/mail', {
    mailbox: house.personas.Admin.upn, from: { name: 'canarystranger', address: 'canarystranger@evil.example' },
    to: ['kim.kettle@contoso.com', house.personas.Admin.upn, 'canaryother@evil.example'], subject: 'plain', body: `${'x '.repeat(300)} canarybody`,
  })
  await house.simulator('POST', '/mail', {
    mailbox: house.personas.Admin.upn, from: { name: 'canarysender', address: 'canarysender@contoso.com' }, to: [house.personas.Admin.upn],
    subject: 'canarysubject', body: 'canarybody', sensitivity: 'confidential',
  })
  await house.synced()
  const truth = await house.simulator<Truth>('GET', '/truth')
  canaries = [...new Set([...truth.tenants.flatMap((tenant) => tenant.mailboxes.flatMap((box) => box.messages.flatMap((mail) => mail.canaries))), 'canary'])]
})
afterAll(() => house.close())

async function everythingStored(): Promise<string> {
  const collections = await house.db.listCollections().toArray()
  const texts = await Promise.all(collections.map(async ({ name }) => JSON.stringify(await house.db.collection(name).find().toArray())))
  return texts.join('\n')
}

it('the world has planted enough of them, in kept mail too', () => {
  expect(canaries.length).toBeGreaterThan(300)
})

it('none is in any collection', async () => {
  const stored = await everythingStored()
  expect(stored).toContain('messageId')
  expect(canaries.filter((canary) => stored.includes(canary))).toEqual([])
})

it('none is printed, and no address at all', async () => {
  await house.communications('Contoso')
  expect(canaries.filter((canary) => house.printed().includes(canary))).toEqual([])
  expect(house.printed()).not.toMatch(/@\w/)
})

it('opening a body shows it, writes an audit row of ids, and stores nothing of it', async () => {
  const row = (await house.communications('Contoso')).find((one) => one.subject === 'plain')!
  const before = await everythingStored()
  const { body } = await house.as('Admin', 'GET', `/messages/${row.id}/body`)
  expect(JSON.stringify(body)).toContain('canarybody')
  expect(JSON.stringify(body)).toContain('canarystranger@evil.example')
  const after = await everythingStored()
  expect(after).not.toContain('canary')
  expect(after.length).toBeGreaterThan(before.length)
  const audit = await house.get<{ items: { action: string; userId: string; target: string }[] }>('/audit')
  expect(audit.items[0]).toMatchObject({ action: 'message.open', userId: house.personas.Admin.userId, target: row.id })
  expect(house.printed()).not.toContain('canary')
})

it('what the sender marked private shows its time and nothing else, and does not open', async () => {
  const rows = (await house.communications('Contoso')).filter((row) => row.private)
  expect(rows.length).toBeGreaterThan(0)
  for (const { id, at, direction, ...rest } of rows) {
    expect(at).toMatch(/^\d{4}-/)
    expect(['in', 'out']).toContain(direction)
    expect(rest).toEqual({ private: true, subject: null, preview: null, from: null, to: [], cc: [], bcc: [], others: 0, hasAttachments: false })
    expect(await house.as('Admin', 'GET', `/messages/${id}/body`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
  }
})

it('without an audit row there is no fetch', async () => {
  const row = (await house.communications('Contoso')).find((one) => one.subject === 'plain')!
  await house.simulator('DELETE', '/requests')
  // A unique index that every further row breaks stands for an audit log that cannot be written.
  await house.db.collection('audit').createIndex({ tenantId: 1 }, { name: 'broken', unique: true, partialFilterExpression: { action: 'message.open' } })
  const answer = await house.as('Admin', 'GET', `/messages/${row.id}/body`)
  await house.db.collection('audit').dropIndex('broken')
  expect(answer.status).toBe(500)
  expect((await house.simulator<{ path: string }[]>('GET', '/requests')).filter(({ path }) => /\/messages\/(?!delta)/.test(path))).toEqual([])
})

it('the client secret is nowhere: not in the database, not in an answer, not in the log', async () => {
  const secrets = (await house.simulator<{ clientSecret: string }[]>('GET', '/tenants')).map((tenant) => tenant.clientSecret)
  const answers = JSON.stringify([await house.get('/tenants'), await house.get('/audit')])
  const stored = await everythingStored()
  for (const secret of secrets) for (const text of [answers, stored, house.printed()]) expect(text).not.toContain(secret)
  expect(answers.replaceAll('secretExpiresAt', '')).not.toMatch(/secret/i)
})

it('of MFA only the types of methods are stored', async () => {
  const [registration] = await house.db.collection('registrations').find().toArray()
  expect(Object.keys(registration!).sort()).toEqual(['_id', 'accountId', 'capable', 'methods', 'readAt', 'registered', 'round', 'source', 'tenantId'])
})

it('mail goes after 14 days, by the database’s own index', async () => {
  const indexes = await house.db.collection('messages').indexes()
  expect(indexes).toContainEqual(expect.objectContaining({ key: { receivedAt: 1 }, expireAfterSeconds: 14 * 86_400 }))
})
