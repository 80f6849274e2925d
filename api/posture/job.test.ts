// Judging: only when its evidence is another, once for a burst, and never older over newer.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Accounts, type AccountDoc } from '../accounts/rows.ts'
import { Customers } from '../customers/rows.ts'
import { openTestDatabase, type TestDatabase } from '../database/database.fixture.ts'
import { Marks } from '../database/markRows.ts'
import { Registrations, type RegistrationDoc } from '../registrations/rows.ts'
import { RoleMembers, type RoleMemberDoc } from '../roles/rows.ts'
import { wishAfter } from '../sync/job.ts'
import { Units } from '../sync/units.ts'
import { Tenants } from '../tenants/rows.ts'
import { Findings } from './findingRows.ts'
import { judging } from './job.ts'
import { Postures } from './postureRows.ts'
import { Results } from './resultRows.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const now = () => new Date()
const keepLease = () => Promise.resolve()
const account = (tenantId: string, domain: string, reading = 1): AccountDoc => ({
  _id: `${tenantId}|a`, tenantId, accountId: 'a', displayName: 'Robin Sample', userPrincipalName: `robin@${domain}`, addresses: [], domains: [domain], enabled: true, guest: false, licences: [], reading,
})
const registration = (capable: boolean, reading = 1, readAt = now(), tenantId = 'theirs'): RegistrationDoc => ({
  _id: `${tenantId}|a`, tenantId, accountId: 'a', capable, registered: capable, methods: [], readAt, source: 'report', reading,
})
const role: RoleMemberDoc = {
  _id: 'theirs|r', tenantId: 'theirs', roleTemplateId: '62e90394-69f5-4237-9190-012177145e10', roleName: 'Global Administrator', memberId: 'a', memberKind: 'user', memberName: null,
  assignment: 'active', viaGroup: null, scope: 'tenant', reading: 1,
}
const streams = ['accounts', 'mfa', 'roles', 'eligibility']

beforeEach(async () => {
  const { db, driver } = test
  for (const { name } of await driver.listCollections().toArray()) if (name !== 'schema') await driver.collection(name).deleteMany({})
  for (const [n, name] of ['contoso', 'fabrikam'].entries()) {
    await db(Customers).insert({
      _id: name, name, sortName: name, aliases: [], heldNames: [name], domains: [`${name}.com`], archivedAt: null, holdsDomains: true, createdAt: now(), filterRevision: 0, revision: n, purging: [],
    })
  }
  const secret = { nonce: '', data: '', tag: '' } as never
  for (const [_id, customerId] of [['own', null], ['theirs', 'contoso']] as const) {
    await db(Tenants).insert({ _id, name: _id, customerId, clientId: '', secret, mailboxes: [], verifiedDomains: [], connectedAt: now(), secretExpiresAt: null, revision: 0 })
    await db(Units).ensure(streams.map((stream) => ({ _id: `${_id}|${stream}`, tenantId: _id, stream })), now())
  }
  await driver.collection('units').updateMany({}, { $set: { lastSuccessAt: now(), dueAt: new Date(8e14) } })
  await db(Accounts).write([account('theirs', 'contoso.com')])
  await db(Registrations).write([registration(false)])
  await db(RoleMembers).write([role])
  await follow('own', 'accounts')
  await drain()
})

const follow = (tenantId: string, stream: string) => wishAfter(test.db, [judging], { tenantId, stream }, now())
/** Does what is due. @returns of which customers */
async function drain(): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const [found] = await test.db(Units).dueOf(null, 1)
    if (found === undefined) return done.sort()
    const unit = (await test.db(Units).claim(found._id, 'test', 30))!
    await judging.run(test.db, unit.of!, { now: now(), epoch: unit.epoch, keepLease })
    await test.db(Units).finish(unit, 1e9, {})
    done.push(unit.of!)
  }
}
const postureOf = async (customerId: string) => (await test.db(Postures).of([customerId])).get(customerId)!

it('a round that finds everything as it was asks for nothing, whichever stream and tenant it is of', async () => {
  const { db } = test
  expect((await postureOf('contoso')).mfa).toMatchObject({ notCapable: 1, of: 1 })
  await db(Accounts).write([account('theirs', 'contoso.com', 2)])
  await db(Registrations).write([registration(false, 2)])
  await db(RoleMembers).write([{ ...role, reading: 2 }])
  await db(Accounts).sweep('theirs', 2)
  for (const tenantId of ['own', 'theirs']) for (const stream of streams) await follow(tenantId, stream)
  expect(await drain()).toEqual([])
})

it('but what is shown of its age is new all the same', async () => {
  const later = new Date(Date.now() + 60_000)
  await test.db(Registrations).write([registration(false, 2, later)])
  await follow('theirs', 'mfa')
  expect(await drain()).toEqual([])
  expect((await postureOf('contoso')).mfa.asOf).toBe(later.toISOString())
})

it.each<[string, string, string[], () => Promise<unknown>]>([
  ['a registration', 'mfa', ['contoso'], () => test.db(Registrations).write([registration(true, 2)])],
  ['an account', 'accounts', ['contoso'], () => test.db(Accounts).write([{ ...account('theirs', 'contoso.com'), enabled: false }])],
  ['an account that is gone', 'accounts', ['contoso'], () => test.db(Accounts).remove('theirs', ['theirs|a'])],
  ['a role that is gone', 'roles', ['contoso'], () => test.db(RoleMembers).sweep('theirs', 2)],
  ['an account of the MSP’s tenant, at a customer’s domain', 'accounts', ['fabrikam'], () => test.db(Accounts).write([account('own', 'fabrikam.com')])],
  ['an account of the MSP’s tenant, at nobody’s', 'accounts', [], () => test.db(Accounts).write([account('own', 'proseware.com')])],
  ['a stream that nobody could read before', 'roles', ['contoso'], () => test.driver.collection('units').updateOne({ tenantId: 'theirs', stream: 'roles' }, { $set: { lastSuccessAt: null } })],
])('%s that changes is judged, once for a burst, and those whom it concerns alone', async (_, stream, concerned, change) => {
  await change()
  for (const tenantId of ['own', 'theirs']) for (const one of [stream, 'eligibility', stream]) await follow(tenantId, one)
  expect(await drain()).toEqual(concerned)
  await follow('theirs', stream)
  await follow('own', stream)
  expect(await drain()).toEqual([])
})

it('what was being written when a process was killed is not taken for what was judged', async () => {
  await test.driver.collection<{ _id: string }>('marks').updateOne({ _id: 'registrations|theirs' }, { $set: { mark: null } })
  await test.driver.collection<{ _id: string }>('registrations').updateOne({ _id: 'theirs|a' }, { $set: { capable: true } })
  await test.db(Marks).settle(['registrations'], 'theirs')
  await follow('theirs', 'mfa')
  expect(await drain()).toEqual(['contoso'])
  expect((await postureOf('contoso')).mfa).toMatchObject({ capable: 1 })
})

it('a judging that was cut off between its numbers and its findings is done again', async () => {
  await test.db(Registrations).write([registration(true, 2)])
  const { epoch } = await postureOf('contoso')
  await test.db(Postures).put({ ...(await postureOf('contoso')), epoch: epoch + 1 })
  await follow('theirs', 'mfa')
  expect(await drain()).toEqual(['contoso'])
  expect(await test.db(Findings).ofCustomer('contoso')).toMatchObject([{ state: 'resolved' }])
})

it('older evidence does not overwrite newer: neither numbers, nor findings, nor a result', async () => {
  const { db } = test
  await db(Registrations).write([registration(true, 2)])
  const { epoch } = await postureOf('contoso')
  await judging.run(db, 'contoso', { now: now(), epoch: epoch + 10, keepLease })
  const newest = async () => [await postureOf('contoso'), await db(Findings).ofCustomer('contoso'), await db(Results).ofCustomer('contoso')]
  const before = await newest()
  expect(before).toMatchObject([{ mfa: { capable: 1 } }, [{ state: 'resolved' }], [{ state: 'resolved', failing: 0 }]])
  await db(Registrations).write([registration(false, 3)])
  await expect(judging.run(db, 'contoso', { now: now(), epoch: epoch + 5, keepLease })).rejects.toMatchObject({ code: 'leaseLost' })
  await db(Findings).write([{ ...(await db(Findings).ofCustomer('contoso'))[0]!, state: 'open' }], epoch + 5)
  await db(Results).put({ ...(await db(Results).ofCustomer('contoso'))[0]!, state: 'open' }, epoch + 5)
  expect(await newest()).toEqual(before)
})
