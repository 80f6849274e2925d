// node --import tsx bench/judging.ts [customers] [accounts]: what it costs to follow a round of the directory's streams that has found
// everything as it was, and one in which a single account has changed. Processor time of the product's side, without reading and writing the
// lists, and of the embedded database beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { Accounts, type AccountDoc } from '../api/accounts/rows.ts'
import { Customers } from '../api/customers/rows.ts'
import { thoseOf } from '../api/database/collection.ts'
import { openDatabase } from '../api/database/database.ts'
import type { Belongings } from '../api/database/readings.ts'
import { Registrations, type RegistrationDoc } from '../api/registrations/rows.ts'
import { RoleMembers, type RoleMemberDoc } from '../api/roles/rows.ts'
import { collections, jobs, streams } from '../api/subjects.ts'
import { wishAfter } from '../api/sync/job.ts'
import type { WorkerOptions } from '../api/sync/options.ts'
import { runUnit } from '../api/sync/run.ts'
import { Units } from '../api/sync/units.ts'
import { botCollections } from '../bot/stored.ts'
import { startDatabase } from '../scripts/house.ts'

const [customers = 20, accounts = 2_000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'outpost-judging-'))
const { part, uri } = await startDatabase(folder)
const database = await openDatabase(uri, 'bench', [...collections, ...botCollections])
const { db } = database
const driver = new MongoClient(uri)
const now = () => new Date()
const directory = ['accounts', 'mfa', 'roles', 'eligibility']
const tenantIds = ['own', ...Array.from({ length: customers }, (_, n) => `t${n}`)]
const ticks = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).reduce((sum, value) => sum + Number(value), 0) / 100

const accountsOf = (tenantId: string, reading: number): AccountDoc[] => Array.from({ length: accounts }, (_, n) => ({
  _id: `${tenantId}|${n}`, tenantId, accountId: String(n), displayName: `Person ${n}`, userPrincipalName: `p${n}@${tenantId}.example`, addresses: [`p${n}@${tenantId}.example`],
  domains: [`${tenantId}.example`], enabled: true, guest: false, licences: [], reading,
}))
const registrationsOf = (tenantId: string, reading: number): RegistrationDoc[] => Array.from({ length: accounts }, (_, n) => ({
  _id: `${tenantId}|${n}`, tenantId, accountId: String(n), capable: n % 3 !== 0, registered: true, methods: ['microsoftAuthenticatorPush'], readAt: now(), source: 'report', reading,
}))
const rolesOf = (tenantId: string, reading: number): RoleMemberDoc[] => Array.from({ length: 20 }, (_, n) => ({
  _id: `${tenantId}|role|${n}|-|/`, tenantId, roleTemplateId: '62e90394-69f5-4237-9190-012177145e10', roleName: 'Global Administrator', memberId: String(n), memberKind: 'user',
  memberName: null, assignment: 'active', viaGroup: null, scope: 'tenant', reading,
}))

async function readLists(tenantId: string, reading: number): Promise<void> {
  await db(Accounts).write(accountsOf(tenantId, reading))
  await db(Registrations).write(registrationsOf(tenantId, reading))
  await db(RoleMembers).write(rolesOf(tenantId, reading))
}

const options: WorkerOptions = {
  db, streams, jobs, belongings: thoseOf<Belongings>(collections, 'tenant'), tenants: { connected: () => Promise.resolve([]), open: () => Promise.resolve(null) }, log: { info: () => undefined, warn: () => undefined, error: (event, error) => console.error(event, error) }, now,
  ownClientId: '', homeTenantId: 'own', syncSeconds: 3600, leaseSeconds: 30,
}
let judged = 0
async function drain(): Promise<void> {
  for (;;) {
    const due = (await db(Units).dueOf(null, 6)).map(({ _id }) => _id).filter((id) => id.startsWith('judging|'))
    if (due.length === 0) return
    await Promise.all(due.map(async (id) => {
      const unit = await db(Units).claim(id, 'bench', 30)
      if (unit === null) return
      judged += 1
      await runUnit(options, unit, { ending: new AbortController().signal, answered: () => undefined })
    }))
  }
}

async function measured(name: string, work: () => Promise<void>): Promise<void> {
  const [before, databaseBefore] = [process.cpuUsage(), ticks(part.child.pid!)]
  judged = 0
  await work()
  const { user, system } = process.cpuUsage(before)
  console.log(`${name.padEnd(52)}${((user + system) / 1e6).toFixed(2)} s product, ${(ticks(part.child.pid!) - databaseBefore).toFixed(2)} s database, ${judged} judgings begun`)
}

async function follow(): Promise<void> {
  for (const stream of directory) {
    for (const tenantId of tenantIds) {
      await wishAfter(db, jobs, { stream, tenantId }, now())
      await drain()
    }
  }
}

try {
  console.log(`${customers} customers with a tenant of ${accounts} accounts each, and the MSP's own`)
  for (const [n, tenantId] of tenantIds.entries()) {
    const customerId = tenantId === 'own' ? null : `c${n}`
    const domains = [`${tenantId}.example`]
    if (customerId !== null) {
      await db(Customers).insert({
        _id: customerId, name: customerId, sortName: customerId, aliases: [], heldNames: [customerId], domains, archivedAt: null, holdsDomains: true, createdAt: now(), filterRevision: 0, revision: 0, purging: [],
      })
    }
    await driver.db('bench').collection<{ _id: string }>('tenants').insertOne({ _id: tenantId, name: tenantId, customerId, clientId: '', mailboxes: [], verifiedDomains: domains, connectedAt: now(), secretExpiresAt: null, revision: 0 } as never)
    await db(Units).ensure(directory.map((stream) => ({ _id: `${tenantId}|${stream}`, tenantId, stream })), now())
    await driver.db('bench').collection('units').updateMany({ tenantId }, { $set: { lastSuccessAt: now(), dueAt: new Date(8e14) } })
    await readLists(tenantId, 1)
  }
  await measured('first judging', follow)
  await measured('reading the same lists again', async () => {
    for (const tenantId of tenantIds) await readLists(tenantId, 2)
  })
  await measured('following a round that found everything as it was', follow)
  const [one] = registrationsOf('t0', 3)
  await db(Registrations).write([{ ...one!, capable: !one!.capable }])
  await measured('following a round in which one account has changed', follow)
} finally {
  await driver.close()
  await database.close()
  await part.stop()
  rmSync(folder, { recursive: true, force: true })
}
