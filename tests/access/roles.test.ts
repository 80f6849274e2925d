// Who may what: every endpoint for every role, and other people's ids.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import type { AccountList, Posture } from '../../api/posture/model.ts'
import type { TenantInfo } from '../../infra/simulator/desk/simulator.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'

let house: House
const ids: Record<string, string> = {}
beforeAll(async () => {
  house = await openHouse()
  ids.customer = (await house.customer('Contoso')).id
  ids.tenant = (await house.get<TenantList>('/tenants')).items[0]!.id
  const fabrikam = (await house.simulator<TenantInfo[]>('GET', '/tenants')).find(({ customer }) => customer?.name === 'Fabrikam')!
  connection = { ...fabrikam, customerId: (await house.customer('Fabrikam')).id }
  // one that everybody in this table may open
  const { Member, Viewer } = house.personas
  await house.simulator('POST', '/mail', { mailbox: Viewer.upn, from: 'kim.kettle@contoso.com', to: [Member.upn, Viewer.upn], subject: 'for all to open' })
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  await house.simulator('POST', '/meetings', {
    mailboxes: [Member.upn, Viewer.upn], subject: 'for all to open', start: at(1), end: at(2), organizer: 'kim.kettle@contoso.com', attendees: [Member.upn, Viewer.upn],
  })
  await house.synced('mail', 'calendar')
  ids.meeting = (await house.get<{ items: { id: string; subject: string | null }[] }>(`/customers/${ids.customer}/meetings`)).items.find((row) => row.subject === 'for all to open')!.id
  ids.channel = (await house.channelFor('nothing')).id
  ids.message = (await house.mailWith('Contoso')).find((row) => row.subject === 'for all to open')!.id
})
afterAll(() => house?.close())

const all: RoleName[] = ['Admin', 'Member', 'Viewer']
/** What an administrator types in to connect Fabrikam's tenant. */
let connection: TenantInfo & { customerId: string }
const disconnected = () => house.as('Admin', 'DELETE', `/tenants/${connection.tenantId}`)
const connected = () => house.as('Admin', 'POST', '/tenants', connection)
interface Row {
  readonly body?: () => object
  /** Of the success; 200 unless another one is named. */
  readonly status?: number
  /** Makes that the request can succeed, whatever was tried before. */
  readonly before?: () => Promise<unknown>
}
const table: [method: string, path: () => string, allowed: RoleName[], row?: Row][] = [
  ['GET', () => '/me', all],
  ['GET', () => '/customers', all],
  ['GET', () => '/customers?archived=true', ['Admin']],
  ['POST', () => '/customers', ['Admin'], { status: 201, body: () => ({ name: 'Adventure Works', domains: ['adventure-works.com'] }) }],
  ['GET', () => `/customers/${ids.customer}`, all],
  ['PATCH', () => `/customers/${ids.customer}`, ['Admin'], { body: () => ({ aliases: ['Contoso Ltd'] }) }],
  ['GET', () => `/customers/${ids.customer}/messages`, all],
  ['GET', () => `/customers/${ids.customer}/posture`, all],
  ['GET', () => `/customers/${ids.customer}/accounts`, all],
  ['GET', () => `/customers/${ids.customer}/meetings`, all],
  ['GET', () => `/customers/${ids.customer}/licences`, all],
  ['GET', () => `/customers/${ids.customer}/licences/holders`, all],
  ['GET', () => `/meetings/${ids.meeting}`, all],
  ['GET', () => '/security', all],
  ['GET', () => '/security.csv', all],
  ['GET', () => `/messages/${ids.message}/body`, all],
  ['GET', () => '/tenants', ['Admin']],
  ['POST', () => '/tenants', ['Admin'], { status: 201, body: () => connection, before: disconnected }],
  ['POST', () => '/tenants/test', ['Admin'], { body: () => connection }],
  ['GET', () => `/tenants/${ids.tenant}`, ['Admin']],
  ['PATCH', () => `/tenants/${ids.tenant}`, ['Admin'], { body: () => ({}) }],
  ['GET', () => `/tenants/${ids.tenant}/unmatched`, ['Admin']],
  ['POST', () => `/tenants/${ids.tenant}/sync`, ['Admin', 'Member'], { status: 202 }],
  ['GET', () => '/channels', ['Admin']],
  ['PATCH', () => `/channels/${ids.channel}`, ['Admin'], { body: () => ({ role: null }) }],
  ['GET', () => '/audit', ['Admin']],
  ['GET', () => '/audit.csv', ['Admin']],
  ['DELETE', () => `/tenants/${connection.tenantId}`, ['Admin'], { before: connected }],
]

describe('every endpoint × every role', () => {
  it('the table holds every endpoint that the API describes', async () => {
    const document = (await (await fetch(`${house.origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, object>> }
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    const shape = (path: string) => path.replace(/\?.*/, '').replace(/^(\/(customers|tenants|messages|meetings|channels))\/(?!test)[^/]+/, '$1/{id}')
    const held = [...new Set(table.map(([method, path]) => `${method} ${shape(path())}`))]
    expect(described.filter((one) => !held.includes(one)), 'Each of these needs a row in `table`: who may, and what makes it succeed').toEqual([])
    expect(held.filter((one) => !described.includes(one)), 'There is no such endpoint: its row in `table` goes, or `shape` does not know its path').toEqual([])
  })

  for (const [method, path, allowed, { body, status: success = 200, before } = {}] of table) {
    for (const role of [...all, 'none'] as RoleName[]) {
      const may = allowed.includes(role)
      it(`${method} ${path.toString().replace(/^\(\) => /, '')} as ${role}: ${may ? 'answered' : 'refused'}`, async () => {
        if (may) await before?.()
        const { status, body: answer } = await house.as(role, method, path(), body?.())
        if (!may) {
          expect(status).toBe(403)
          expect(answer).toMatchObject({ error: { code: role === 'none' ? 'noRole' : expect.stringMatching(/forbidden/) as string } })
        } else expect({ status, answer: status === success ? 'a success' : answer }).toEqual({ status: success, answer: 'a success' })
      })
    }
  }

  it.each(table.map(([method, path]) => [method, path] as const))('%s %s without signing in: 401', async (method, path) => {
    expect((await fetch(`${house.origin}/api/v1${path()}`, { method })).status).toBe(401)
  })
})

describe('mail', () => {
  it('an administrator sees all of it; a member and a viewer only what they take part in', async () => {
    const everything = await house.mailWith('Contoso', 'Admin')
    for (const role of ['Member', 'Viewer'] as const) {
      const rows = await house.mailWith('Contoso', role)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.length).toBeLessThan(everything.length)
      const { addresses } = await house.get<{ addresses: string[] }>('/me', role)
      const mailboxes = await house.db.collection<{ _id: string; mailKey: string; mailboxId: string }>('messages').find({ mailboxId: house.personas[role].userId }).toArray()
      const keys = new Map((await house.db.collection<{ _id: string; mailKey: string }>('messages').find().toArray()).map((doc) => [doc._id, doc.mailKey]))
      const inOwnMailbox = new Set(mailboxes.map((doc) => doc.mailKey))
      for (const row of rows.filter((one) => !one.private)) {
        const named = [...(row.from && 'address' in row.from ? [row.from] : []), ...row.to, ...row.cc, ...row.bcc].some((one) => addresses.includes(one.address))
        expect(named || inOwnMailbox.has(keys.get(row.id)!)).toBe(true)
      }
    }
  })

  it('Somebody else’s message answers exactly like one that does not exist, and is not fetched or audited.', async () => {
    const mine = new Set((await house.mailWith('Contoso', 'Viewer')).map((row) => row.id))
    const others = (await house.mailWith('Contoso', 'Admin')).filter((row) => !mine.has(row.id)).slice(0, 20)
    expect(others.length).toBeGreaterThan(5)
    const ofNobody = await house.as('Viewer', 'GET', '/messages/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/body')
    const audited = await house.db.collection('audit').countDocuments()
    await house.simulator('DELETE', '/requests')
    for (const row of others) {
      const answer = await house.as('Viewer', 'GET', `/messages/${row.id}/body`)
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(ofNobody))
    }
    expect(withoutRequestId(ofNobody)).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } })
    expect(await house.db.collection('audit').countDocuments()).toBe(audited)
    expect((await house.simulator<{ path: string }[]>('GET', '/requests')).filter(({ path }) => path.includes('/messages/') && !path.includes('delta'))).toEqual([])
  })

  it('blind copies are shown to administrators and to the owner of the copy alone', async () => {
    const { upn: owner } = house.personas.Member
    await house.simulator('POST', '/mail', {
      mailbox: owner, folder: 'sentitems', from: owner, to: ['kim.kettle@contoso.com', house.personas.Viewer.upn], bcc: [house.personas.Admin.upn], subject: 'with a blind copy',
    })
    await house.synced('mail')
    const bccOf = async (role: RoleName) => (await house.mailWith('Contoso', role)).find((row) => row.subject === 'with a blind copy')?.bcc.map((one) => one.address)
    expect(await bccOf('Admin')).toEqual([house.personas.Admin.upn])
    expect(await bccOf('Member')).toEqual([house.personas.Admin.upn])
    expect(await bccOf('Viewer')).toEqual([])
  })

  it('no role sees another customer by guessing: an unknown customer is not found', async () => {
    for (const role of all) {
      for (const part of ['messages', 'accounts']) expect((await house.as(role, 'GET', `/customers/000000000000000000000000/${part}`)).status).toBe(404)
    }
  })
})

it('posture and the accounts behind it are the same for every role', async () => {
  const [first, ...rest] = await Promise.all(all.map((role) => house.get<Posture>(`/customers/${ids.customer}/posture`, role)))
  for (const other of rest) expect(other).toEqual(first)
  const [accounts, ...others] = await Promise.all(all.map((role) => house.get<AccountList>(`/customers/${ids.customer}/accounts`, role)))
  for (const other of others) expect(other).toEqual(accounts)
  expect(first!.mfa.capable + first!.mfa.notCapable + first!.mfa.unknown).toBe(first!.mfa.of)
})

function withoutRequestId({ status, body }: { status: number; body: unknown }) {
  const { error } = body as { error: { requestId: string } }
  return { status, body: { error: { ...error, requestId: '' } } }
}
