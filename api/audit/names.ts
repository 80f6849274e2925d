// What the ids of audit rows are called, at the time of reading: the log itself keeps no name. What is gone is said to be gone.
import type { AuditAction, AuditRow } from '../access/auditModel.ts'
import type { AuditDoc } from '../access/auditRows.ts'
import { Accounts } from '../accounts/rows.ts'
import { asWritten } from '../asWritten.ts'
import { channelIdOf, Installations } from '../channels/rows.ts'
import { Customers } from '../customers/rows.ts'
import type { Database } from '../database/collection.ts'
import { Tenants } from '../tenants/rows.ts'
import { visible } from '../visible.ts'
import { deletedCustomer } from './actionWords.ts'
import { detailWords } from './detailWords.ts'

type Names = ReadonlyMap<string, string>

const customerNames = async (db: Database, ids: readonly string[]): Promise<Names> =>
  new Map((await db(Customers).of([...new Set(ids)])).map(({ _id, name }) => [_id, visible(name)]))

/** Names of accounts by tenant and account. */
async function accountNames(db: Database, wanted: readonly { tenantId: string; userId: string }[]): Promise<Names> {
  const names = new Map<string, string>()
  for (const tenantId of new Set(wanted.map((one) => one.tenantId))) {
    const ids = new Set(wanted.filter((one) => one.tenantId === tenantId).map(({ userId }) => userId))
    for (const [userId, name] of await db(Accounts).names(tenantId, [...ids])) names.set(`${tenantId}|${userId}`, visible(name))
  }
  return names
}

const channelNames = async (db: Database): Promise<Names> =>
  new Map((await db(Installations).channels()).map((doc) => [channelIdOf(doc), visible(`${doc.teamName ?? 'Unknown team'} › ${doc.channelName ?? 'unknown channel'}`)]))

/** @returns the rows with names, in the same order */
export async function named(db: Database, docs: readonly AuditDoc[]): Promise<AuditRow[]> {
  const tenantDocs = await db(Tenants).all()
  const own = tenantDocs.filter(({ customerId }) => customerId === null).map(({ _id }) => _id)
  const tenants: Names = new Map(tenantDocs.map(({ _id, name }) => [_id, visible(name)]))
  const removed = docs.filter(({ action }) => action === 'mailbox.remove').map(({ target }) => target)
  const [customers, people, mailboxes, channels] = await Promise.all([
    customerNames(db, docs.flatMap(({ action, target, customerId }) => [...(customerId === null ? [] : [customerId]), ...(action.startsWith('customer.') ? [target] : [])])),
    accountNames(db, docs),
    accountNames(db, own.flatMap((tenantId) => removed.map((userId) => ({ tenantId, userId })))),
    docs.some(({ action }) => action === 'channel.role') ? channelNames(db) : new Map<string, string>(),
  ])
  const customerName = (id: string) => customers.get(id) ?? deletedCustomer
  /** One that was never read is kept by its tenant. */
  const mailbox = (target: string) =>
    own.flatMap((tenantId) => mailboxes.get(`${tenantId}|${target}`) ?? [])[0] ?? (tenants.has(target) ? `a mailbox of ${tenants.get(target)!}` : 'a mailbox that is gone')

  const tenant = (id: string) => tenants.get(id) ?? 'a tenant that was disconnected'
  const targetNames: Record<AuditAction, (target: string) => string> = {
    'message.open': () => 'a message',
    'meeting.open': () => 'a meeting',
    'tenant.connect': tenant,
    'tenant.update': tenant,
    'tenant.sync': tenant,
    'tenant.disconnect': tenant,
    'mailbox.remove': mailbox,
    'customer.create': customerName,
    'customer.update': customerName,
    'channel.role': (id) => channels.get(id) ?? 'a channel that Outpost has left',
    'domain.add': asWritten,
    'domain.remove': asWritten,
    'security.export': () => 'security of all customers',
    'audit.export': () => 'audit log',
  }

  return docs.map((doc) => ({
    id: doc._id,
    at: doc.at.toISOString(),
    userId: doc.userId,
    userName: people.get(`${doc.tenantId}|${doc.userId}`) ?? null,
    action: doc.action,
    target: doc.target,
    targetName: targetNames[doc.action](doc.target),
    customerId: doc.customerId,
    customerName: doc.customerId === null ? null : customerName(doc.customerId),
    detail: detailWords(doc.action, doc.detail),
  }))
}
