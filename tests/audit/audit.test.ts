// The audit log: ids are kept, names are looked up by those who may read it; found by day; and an export that ends early says so.
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditList } from '../../api/access/auditModel.ts'
import type { TenantList } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let tenants: TenantList['items']
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  tenants = (await house.get<TenantList>('/tenants')).items
})
afterAll(() => house.close())

const audit = async (query = '') => (await house.get<AuditList>(`/audit?${query}`)).items
const rowsIn = (text: string): string[][] => parse(text, { bom: true })
const csv = async (query = '') => rowsIn((await house.as('Admin', 'GET', `/audit.csv?${query}`)).body as string)

let written = 0
/** A row as it stands in the log, of the administrator. */
function plant(row: { at: string; action?: string; target?: string; customerId?: string; detail?: string; userId?: string }) {
  written += 1
  const { userId } = house.personas.Admin
  const doc = { _id: `planted${String(written).padStart(5, '0')}`, tenantId: house.environment().OUTPOST_TENANT_ID, userId, action: 'tenant.sync', target: 'gone', customerId: null, detail: null, ...row, at: new Date(row.at) }
  return house.db.collection<{ _id: string }>('audit').insertOne(doc)
}

describe('what the ids are called', () => {
  it('tenants, customers and domains by name, details in words', async () => {
    const own = tenants.find(({ kind }) => kind === 'msp')!
    const contoso = await house.customer('Contoso')
    const theirs = tenants.find(({ customerId }) => customerId === contoso.id)!
    const { body } = await house.as('Admin', 'POST', '/customers', { name: 'Wingtip', domains: ['wingtip-münchen.example'] })
    const { id } = body as Customer
    await house.as('Admin', 'PATCH', `/customers/${id}`, { name: 'Wingtip Toys', domains: [], archived: true })
    const rows = await audit()
    const of = (action: string, target: string) => rows.find((row) => row.action === action && row.target === target)
    expect(of('tenant.connect', own.id)).toMatchObject({ targetName: own.name, customerName: null, detail: expect.stringMatching(/^\d+ mailbox(es)?$/) as string })
    expect(of('tenant.connect', theirs.id)).toMatchObject({ targetName: theirs.name, customerId: contoso.id, customerName: 'Contoso', detail: 'Without a mailbox' })
    const domain = 'wingtip-münchen.example (xn--wingtip-mnchen-osb.example)'
    expect(of('customer.create', id)).toMatchObject({ targetName: 'Wingtip Toys', customerName: 'Wingtip Toys', detail: `Domains: ${domain}` })
    expect(of('customer.update', id)).toMatchObject({ targetName: 'Wingtip Toys', detail: 'Changed: whether it is archived, domains, name' })
    expect(of('domain.remove', 'xn--wingtip-mnchen-osb.example')).toMatchObject({ targetName: domain, customerName: 'Wingtip Toys' })
  })

  it('messages and meetings by whose they are, and never by their subject', async () => {
    const contoso = await house.customer('Contoso')
    const message = (await house.mailWith('Contoso')).find((row) => !row.private)!
    await house.get(`/messages/${message.id}/body`)
    expect((await audit('action=message.open'))[0]).toMatchObject({ target: message.id, targetName: 'a message', customerId: contoso.id, customerName: 'Contoso' })
  })

  it('a mailbox that was taken off the list by whose it is', async () => {
    const own = tenants.find(({ kind }) => kind === 'msp')!
    const { userId, name } = house.personas.Member
    await plant({ at: '2026-02-01T12:00:00Z', action: 'mailbox.remove', target: userId })
    // One that was never read has no person yet.
    await plant({ at: '2026-02-01T11:00:00Z', action: 'mailbox.remove', target: own.id })
    await plant({ at: '2026-02-01T10:00:00Z', action: 'tenant.update', target: own.id, detail: 'clientId clientSecret mailboxes secretExpiresOn' })
    expect(await audit('from=2026-02-01&to=2026-02-01')).toMatchObject([
      { target: userId, targetName: name }, { target: own.id, targetName: `a mailbox of ${own.name}` },
      { targetName: own.name, detail: 'Changed: application, client secret, mailboxes, when the secret expires' },
    ])
  })

  it('a channel by its team and name', async () => {
    const channel = await house.channelFor({ customer: 'Contoso' })
    expect((await audit('action=channel.role'))[0]).toMatchObject({ target: channel.id, targetName: `${channel.teamName} › ${channel.channelName}`, customerName: 'Contoso', detail: 'For one customer' })
  })

  it('what is gone is said to be gone, with its id', async () => {
    const at = '2026-03-01T12:00:00Z'
    await plant({ at, action: 'tenant.disconnect', target: '11111111-2222-4333-8444-555555555555', customerId: 'a1' })
    await plant({ at, action: 'mailbox.remove', target: '21111111-2222-4333-8444-555555555555', userId: '31111111-2222-4333-8444-555555555555' })
    await plant({ at, action: 'channel.role', target: 'c0ffee', detail: 'alerts unchecked' })
    const [channel, mailbox, tenant] = await audit('from=2026-03-01&to=2026-03-01')
    expect(tenant).toMatchObject({ target: '11111111-2222-4333-8444-555555555555', targetName: 'a tenant that was disconnected', customerId: 'a1', customerName: 'a customer that was deleted' })
    expect(mailbox).toMatchObject({ targetName: 'a mailbox that is gone', userName: null })
    expect(channel).toMatchObject({ target: 'c0ffee', targetName: 'a channel that Outpost has left', detail: 'For alerts of all customers; an administrator answered for who reads there' })
    const [, ...rows] = await csv('from=2026-03-01&to=2026-03-01')
    expect(rows.map((row) => row.slice(2, 9))).toEqual([
      [house.personas.Admin.name, house.personas.Admin.userId, 'Said what a channel is for', 'a channel that Outpost has left', 'c0ffee', '', ''],
      ['Somebody who is not in the directory', '31111111-2222-4333-8444-555555555555', 'Took a mailbox off the list', 'a mailbox that is gone', '21111111-2222-4333-8444-555555555555', '', ''],
      [house.personas.Admin.name, house.personas.Admin.userId, 'Disconnected a tenant', 'a tenant that was disconnected', '11111111-2222-4333-8444-555555555555', 'a customer that was deleted', 'a1'],
    ])
  })
})

describe('found by day', () => {
  beforeAll(async () => {
    // Berlin leaves winter in the night to the 29th: that day begins an hour after 22:00 UTC and ends at 22:00.
    for (const at of ['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z']) await plant({ at })
  })
  const found = async (query: string) => (await audit(`${query}&action=tenant.sync`)).map(({ at }) => at)

  it('in the zone of who asks, both days included', async () => {
    const day = ['2026-03-29T21:59:59.999Z', '2026-03-28T23:00:00.000Z']
    expect(await found('from=2026-03-29&to=2026-03-29&zone=Europe/Berlin')).toEqual(day)
    expect(await found('from=2026-03-28&to=2026-03-28&zone=Europe/Berlin')).toEqual(['2026-03-28T22:59:59.999Z'])
    expect(await found('to=2026-03-29&from=2026-03-28&zone=UTC')).toEqual(['2026-03-29T22:00:00.000Z', ...day, '2026-03-28T22:59:59.999Z'])
    expect((await found('from=2026-03-30&zone=Europe/Berlin')).at(-1)).toBe('2026-03-29T22:00:00.000Z')
    expect(await found('to=2026-03-28&zone=Europe/Berlin')).toEqual(['2026-03-28T22:59:59.999Z'])
  })

  it('the export has the same rows, and says which clock its times are of', async () => {
    const [header, ...rows] = await csv('from=2026-03-29&to=2026-03-29&zone=Europe/Berlin&action=tenant.sync')
    expect(header).toEqual(['Time (Europe/Berlin)', 'Time (UTC)', 'Person', 'Person id', 'Action', 'Target', 'Target id', 'Customer', 'Customer id', 'Detail'])
    expect(rows.map((row) => row.slice(0, 2))).toEqual([['2026-03-29 23:59:59', '2026-03-29T21:59:59.999Z'], ['2026-03-29 00:00:00', '2026-03-28T23:00:00.000Z']])
  })

  it.each([
    ['from=2026-03-29&to=2026-03-28', { field: 'to', message: 'The last day lies before the first.' }],
    ['from=yesterday', { field: 'from', message: 'Enter a date, like 2026-05-31.' }],
    ['to=2026-02-30', { field: 'to', message: 'Enter a date, like 2026-05-31.' }],
    ['from=2026-03-29&zone=Middle_Earth/Shire', { field: 'zone', message: 'This is not the name of a time zone, like Europe/Berlin.' }],
  ])('%s is refused with the reason at its field', async (query, problem) => {
    for (const path of ['/audit', '/audit.csv']) expect(await house.as('Admin', 'GET', `${path}?${query}`)).toMatchObject({ status: 400, body: { error: { problems: [problem] } } })
  })

  it('page by page, without a gap at the edge of a page', async () => {
    for (let minute = 0; minute < 60; minute += 1) await plant({ at: `2025-05-05T10:${String(minute).padStart(2, '0')}:00Z` })
    const first = await house.get<AuditList>('/audit?from=2025-05-05&to=2025-05-05')
    const second = await house.get<AuditList>(`/audit?from=2025-05-05&to=2025-05-05&after=${first.next!}`)
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null])
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(60)
  })
})

describe('an export of more than 10,000 rows', () => {
  it('says in its last row, and to programs beside it, that older ones are left out', async () => {
    const template = { tenantId: 't', userId: 'u', action: 'tenant.sync', target: 'gone', customerId: null, detail: null }
    const many = Array.from({ length: 10_001 }, (_, n) => ({ _id: `many${n}`, at: new Date(Date.UTC(2024, 0, 1) + n * 1000), ...template }))
    await house.db.collection<{ _id: string }>('audit').insertMany(many)
    const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`)
    const exported = async (query: string) => {
      const response = await fetch(`${house.origin}/api/v1/audit.csv?${query}`, { headers: { Authorization: `Bearer ${token}` } })
      return { cutAt: response.headers.get('x-outpost-cut-at'), rows: rowsIn(await response.text()) }
    }
    const all = await exported('to=2024-12-31')
    expect(all.cutAt).toBe('10000')
    expect(all.rows).toHaveLength(10_002)
    expect(all.rows.at(-1)).toEqual(['Only the newest 10,000 rows: older ones are left out. Choose days to export them.', ...Array.from({ length: 9 }, () => '')])
    expect(all.rows.at(-2)![1]).toBe('2024-01-01T00:00:01.000Z')
    await house.db.collection<{ _id: string }>('audit').deleteOne({ _id: 'many0' })
    const whole = await exported('to=2024-12-31')
    expect([whole.cutAt, whole.rows.length, whole.rows.at(-1)![1]]).toEqual([null, 10_001, '2024-01-01T00:00:01.000Z'])
  })
})
