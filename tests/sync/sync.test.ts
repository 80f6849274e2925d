// Mail from the mailbox to the hub: what appears, what moves, what goes, and what survives Microsoft's moods.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
let mailbox: string
beforeAll(async () => {
  house = await openHouse()
  mailbox = house.personas.Admin.upn
})
afterAll(() => house?.close())

const subjects = async (customer = 'Contoso') => (await house.mailWith(customer)).map((row) => row.subject)
const send = (mail: object) => house.simulator<{ id: string }>('POST', '/mail', { mailbox, ...mail })
/** Rounds of a mailbox that the log tells the end of. */
const roundsSaid = (userId: string) =>
  house.printed().split('\n').filter((line) => line.includes(`"mailbox":"${userId}"`) && line.includes('"event":"sync.')).length
const mailUnits = (tenants: TenantList) => tenants.items.flatMap((tenant) => tenant.streams.filter((unit) => unit.stream === 'mail'))
const own = async (): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find((tenant) => tenant.kind === 'msp')!

describe('what a customer’s mail shows', () => {
  it('equals the world’s own truth: every mail that touches the customer, once, newest first', async () => {
    const truth = await house.simulator<Truth>('GET', '/truth')
    for (const name of ['Contoso', 'Fabrikam', 'Tailspin Toys']) {
      const expected = expectedMails(truth, name)
      const rows = await house.mailWith(name)
      expect({ name, rows: rows.length }).toEqual({ name, rows: expected.size })
      expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).sort().reverse())
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    }
  })

  it('pages without a gap or a double, whatever the size', async () => {
    const { id } = await house.customer('Contoso')
    const all = (await house.mailWith('Contoso')).map((row) => row.id)
    for (const limit of [1, 7, 100]) {
      const seen: string[] = []
      for (let after = ''; ; ) {
        const page = await house.get<{ items: { id: string }[]; next: string | null }>(`/customers/${id}/messages?limit=${limit}&after=${after}`)
        seen.push(...page.items.map((row) => row.id))
        if (page.next === null) break
        after = page.next
      }
      expect(seen).toEqual(all)
    }
  })
})

describe('incremental', () => {
  it('a second round without changes asks once a folder and keeps every row', async () => {
    await house.synced('mail')
    const before = await subjects()
    await house.simulator('DELETE', '/requests')
    await house.synced('mail')
    const requests = await house.simulator<{ path: string }[]>('GET', '/requests')
    const perFolder = new Map<string, number>()
    for (const { path } of requests.filter((request) => /messages\/delta/.test(request.path))) perFolder.set(path, (perFolder.get(path) ?? 0) + 1)
    expect(perFolder.size).toBeGreaterThan(3)
    expect([...perFolder.values()].every((count) => count === 1)).toBe(true)
    expect(await subjects()).toEqual(before)
  })

  it('a new mail appears, in words as it was sent', async () => {
    await send({ from: { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }, to: [mailbox], subject: 'Printer on fire', body: 'It burns.' })
    await house.synced('mail')
    const row = (await house.mailWith('Contoso'))[0]!
    expect(row).toMatchObject({ subject: 'Printer on fire', direction: 'in', from: { name: 'Kim Kettle', address: 'kim.kettle@contoso.com', side: 'customer' } })
  })

  it('one mail in three mailboxes is one row', async () => {
    const mail = { from: 'kim.kettle@contoso.com', subject: 'To all three', internetMessageId: '<three@contoso.com>', at: new Date(Date.now() - 60_000).toISOString() }
    for (const persona of [house.personas.Admin, house.personas.Member, house.personas.Viewer]) await send({ ...mail, mailbox: persona.upn, to: [house.personas.Admin.upn, house.personas.Member.upn] })
    await house.synced('mail')
    expect((await subjects()).filter((subject) => subject === 'To all three')).toHaveLength(1)
  })

  it('two mails of one mailbox that share Message-ID, sender and time are two rows, also when others hold them, too', async () => {
    const mail = { from: 'kim.kettle@contoso.com', subject: 'Sent twice', internetMessageId: '<twice@contoso.com>', at: new Date(Date.now() - 120_000).toISOString() }
    for (const persona of [house.personas.Admin, house.personas.Admin, house.personas.Member]) await send({ ...mail, mailbox: persona.upn, to: [house.personas.Admin.upn] })
    await house.synced('mail')
    expect((await subjects()).filter((subject) => subject === 'Sent twice')).toHaveLength(2)
  })

  it('of which one copy is gone and the other cannot be read at the moment, it is not said that the mail is gone', async () => {
    const { Admin, Member } = house.personas
    const mail = { from: 'kim.kettle@contoso.com', to: [Admin.upn, Member.upn], subject: 'in two mailboxes', internetMessageId: '<two@contoso.com>', at: new Date().toISOString() }
    for (const persona of [Admin, Member]) await send({ ...mail, mailbox: persona.upn })
    await house.synced('mail')
    const { id } = (await house.mailWith('Contoso')).find((row) => row.subject === mail.subject)!
    const copies = await house.db.collection<{ _id: string; immutableId: string; mailboxId: string }>('messages').find({ subject: mail.subject }).toArray()
    const [shown, other] = [copies.find(({ _id }) => _id === id)!, copies.find(({ _id }) => _id !== id)!]
    await house.simulator('DELETE', `/mail/${encodeURIComponent(shown.immutableId)}`)
    await house.simulator('POST', '/faults', { match: `/users/${other.mailboxId}/messages/`, status: 503, code: '', times: 1 })
    expect(await house.as('Admin', 'GET', `/messages/${id}/body`)).toMatchObject({ status: 503, body: { error: { code: 'serviceUnavailable' } } })
    expect(await house.as('Admin', 'GET', `/messages/${id}/body`)).toMatchObject({ status: 200, body: { id, subject: mail.subject } })
  })

  it('a moved mail stays, a mail in Deleted Items or deleted for good goes', async () => {
    const [kept, trashed, deleted] = await Promise.all(
      ['will be moved', 'will be trashed', 'will be deleted'].map((subject) => send({ from: 'kim.kettle@contoso.com', to: [mailbox], subject })),
    )
    await house.synced('mail')
    expect(await subjects()).toEqual(expect.arrayContaining(['will be moved', 'will be trashed', 'will be deleted']))
    await house.simulator('POST', `/mail/${encodeURIComponent(kept!.id)}/move`, { folder: 'archive' })
    await house.simulator('POST', `/mail/${encodeURIComponent(trashed!.id)}/move`, { folder: 'deleteditems' })
    await house.simulator('DELETE', `/mail/${encodeURIComponent(deleted!.id)}`)
    await house.synced('mail')
    const now = await subjects()
    expect(now).toContain('will be moved')
    expect(now).not.toContain('will be trashed')
    expect(now).not.toContain('will be deleted')
    // there and back again between two rounds
    await house.simulator('POST', `/mail/${encodeURIComponent(kept!.id)}/move`, { folder: 'inbox' })
    await house.simulator('POST', `/mail/${encodeURIComponent(kept!.id)}/move`, { folder: 'archive' })
    await house.synced('mail')
    expect(await subjects()).toContain('will be moved')
  })

  it('an unknown bookmark is answered by reading that folder again; nothing is lost or doubled', async () => {
    const before = (await subjects()).sort()
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await send({ from: 'kim.kettle@contoso.com', to: [mailbox], subject: 'after the tokens expired' })
    await house.synced('mail')
    expect((await subjects()).sort()).toEqual([...before, 'after the tokens expired'].sort())
  })

  it.each([
    ['429 with a wait', { status: 429, code: 'ApplicationThrottled', message: 'MailboxConcurrency', retryAfter: 1, times: 2 }],
    ['503 without a wait', { status: 503, code: '', message: '', times: 1 }],
    ['a connection that breaks', { reset: true, times: 1 }],
    ['500', { status: 500, code: 'InternalServerError', message: 'x', times: 1 }],
  ])('survives %s and comes back by itself', async (name, fault) => {
    await house.simulator('POST', '/faults', { match: 'GET .*/messages/delta', ...fault })
    await send({ from: 'kim.kettle@contoso.com', to: [mailbox], subject: `after ${name}` })
    await house.synced('mail')
    expect(await subjects()).toContain(`after ${name}`)
    expect(mailUnits(await house.get<TenantList>('/tenants')).every((unit) => unit.lastError === null)).toBe(true)
    await house.simulator('DELETE', '/faults')
  })

  it('every page asks for immutable ids and a page size', async () => {
    await house.simulator('DELETE', '/requests')
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced('mail')
    const pages = (await house.simulator<{ path: string; headers: Record<string, string> }[]>('GET', '/requests')).filter(({ path }) => /messages\/delta|mailFolders\/delta/i.test(path))
    expect(pages.length).toBeGreaterThan(10)
    for (const { headers } of pages) expect(headers.prefer).toMatch(/IdType="ImmutableId".*odata\.maxpagesize=\d+/)
  })
})

describe('domains', () => {
  it('adding one brings mail that was dropped before; removing it purges that mail', async () => {
    await send({ from: 'lee.ladder@wingtip.example', to: [mailbox], subject: 'from the new domain' })
    await house.synced('mail')
    expect(await subjects()).not.toContain('from the new domain')
    const contoso = await house.customer('Contoso')
    expect((await house.as('Admin', 'PATCH', `/customers/${contoso.id}`, { domains: [...contoso.domains, 'wingtip.example'] })).status).toBe(200)
    await until('the mail of the added domain', async () => (await subjects()).includes('from the new domain'))
    expect((await house.as('Admin', 'PATCH', `/customers/${contoso.id}`, { domains: contoso.domains })).status).toBe(200)
    expect(await subjects()).not.toContain('from the new domain')
    await house.synced('mail')
    expect(await subjects()).not.toContain('from the new domain')
    await until('that mail has gone', async () => (await house.db.collection('messages').countDocuments({ domains: 'wingtip.example' })) === 0)
  })

  it('archiving a customer removes its mail, restoring brings it back', async () => {
    const { id } = await house.customer('Tailspin Toys')
    const before = await subjects('Tailspin Toys')
    await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: true })
    expect((await house.get<{ items: unknown[] }>(`/customers/${id}/messages`)).items).toEqual([])
    await until('its mail has gone', async () => (await house.db.collection('messages').countDocuments({ customerId: id })) === 0)
    await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: false })
    await house.synced('mail')
    expect(await subjects('Tailspin Toys')).toEqual(before)
  })
})

describe('mailboxes', () => {
  it('A mailbox that is taken off the list is never read again, and the copies that it held are deleted.', async () => {
    const gone = house.personas.Viewer
    const tenant = await own()
    await send({ mailbox: gone.upn, from: 'kim.kettle@contoso.com', to: [gone.upn], subject: 'only in the mailbox that goes' })
    const shared = { from: 'kim.kettle@contoso.com', to: [gone.upn, mailbox], subject: 'in another mailbox as well', internetMessageId: '<shared@contoso.com>', at: new Date().toISOString() }
    for (const upn of [gone.upn, mailbox]) await send({ ...shared, mailbox: upn })
    await house.synced('mail', 'calendar')
    expect(await subjects()).toContain('only in the mailbox that goes')
    expect(await house.db.collection('meetings').countDocuments({ mailboxId: gone.userId })).toBeGreaterThan(0)
    // Its rounds are under way, and slow: what they have read already must not stay behind.
    await send({ mailbox: gone.upn, from: 'kim.kettle@contoso.com', to: [gone.upn], subject: 'on its way into the mailbox that goes' })
    for (const page of ['messages/delta', 'calendarView']) {
      await house.simulator('POST', '/faults', { match: `/${gone.userId}/.*${page}`, delayMs: 3_000, times: 1 })
    }
    const before = roundsSaid(gone.userId)
    await house.as('Admin', 'POST', `/tenants/${tenant.id}/sync`)
    const running = { mailbox: gone.upn, leaseOwner: { $ne: null } }
    // Of a mailbox one runs at a time.
    await until('a round of it is under way', async () => (await house.db.collection('units').countDocuments(running)) === 1)
    const { status } = await house.as('Admin', 'PATCH', `/tenants/${tenant.id}`, { mailboxes: tenant.mailboxes.filter((upn) => upn !== gone.upn) })
    expect(status).toBe(200)
    await until('it has ended', () => Promise.resolve(roundsSaid(gone.userId) === before + 1))
    await house.simulator('DELETE', '/requests')
    expect(await subjects()).not.toContain('only in the mailbox that goes')
    expect(await subjects()).toContain(shared.subject)
    await house.synced('mail', 'calendar')
    const paths = (await house.simulator<{ path: string }[]>('GET', '/requests')).map(({ path }) => decodeURIComponent(path))
    expect(paths.filter((path) => path.includes(gone.userId) || path.includes(gone.upn))).toEqual([])
    for (const name of ['messages', 'meetings']) expect(await house.db.collection(name).countDocuments({ mailboxId: gone.userId })).toBe(0)
    const audit = await house.get<{ items: { action: string; target: string }[] }>('/audit')
    expect(audit.items).toContainEqual(expect.objectContaining({ action: 'mailbox.remove', target: gone.userId }))
    await house.as('Admin', 'PATCH', `/tenants/${tenant.id}`, { mailboxes: tenant.mailboxes })
    await house.synced('mail', 'calendar')
    expect(await subjects()).toContain('only in the mailbox that goes')
  })
})

describe('a release that brings streams', () => {
  it('reads them of the tenants that were connected before it, mailbox by mailbox', async () => {
    const units = house.db.collection<{ _id: string; lastSuccessAt: Date | null }>('units')
    const brought = { stream: { $in: ['licences', 'mail'] } }
    const before = await units.distinct('_id', brought)
    await house.stopProduct()
    await units.deleteMany(brought)
    await house.startProduct()
    await until('a round of each of their units', async () => (await units.countDocuments({ ...brought, lastSuccessAt: { $ne: null } })) === before.length)
    expect((await units.distinct('_id', brought)).sort()).toEqual(before.sort())
    expect((await house.mailWith('Contoso')).length).toBeGreaterThan(0)
  })
})

interface Truth {
  now: string
  tenants: { mailboxes: { upn: string; folders: { id: string; under: string | null }[]; messages: TruthMessage[] }[] }[]
}
interface TruthMessage {
  id: string
  folderId: string
  receivedDateTime: string
  sentDateTime: string
  internetMessageId: string | null
  expectedCustomers: string[]
  from?: string | null
}

/** Mails of the window that the world itself says touch a customer, one for all copies. */
function expectedMails(truth: Truth, customer: string): Set<string> {
  const since = Date.parse(truth.now) - 14 * 86_400_000
  const found = new Set<string>()
  for (const box of truth.tenants.flatMap((tenant) => tenant.mailboxes)) {
    const excluded = box.folders.filter((folder) => ['drafts', 'junkemail', 'deleteditems', 'outbox'].includes(folder.under ?? '')).map((folder) => folder.id)
    for (const mail of box.messages) {
      if (excluded.includes(mail.folderId) || Date.parse(mail.receivedDateTime) < since || !mail.expectedCustomers.includes(customer)) continue
      found.add(mail.internetMessageId === null ? mail.id : `${mail.internetMessageId} ${mail.sentDateTime} ${mail.from?.toLowerCase() ?? ''}`)
    }
  }
  return found
}
