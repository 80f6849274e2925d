// An archived customer: by its id it is there for who can restore it, and for nobody else.
import type { Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { endpoints } from '../../api/subjects.ts'
import { openHouse, type Answer, type House, type RoleName } from '../house/house.fixture.ts'

let house: House
let id: string
const kept: Record<'messages' | 'meetings', Document[]> = { messages: [], meetings: [] }
beforeAll(async () => {
  house = await openHouse()
  id = (await house.customer('Contoso')).id
  for (const name of ['messages', 'meetings'] as const) {
    const rows = house.db.collection(name)
    // Everybody may see them.
    await rows.updateMany({ customerId: id }, { $set: { audience: [house.personas.Viewer.userId, house.personas.Member.userId] } })
    kept[name] = await rows.find({ customerId: id, private: false }).limit(1).toArray()
  }
  expect((await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: true })).status).toBe(200)
})
afterAll(() => house?.close())

const ofCustomer = endpoints.filter(({ method, path }) => method === 'get' && path.startsWith('/customers/:id')).map(({ path }) => path)
const unknown = '000000000000000000000000'
const withoutRequestId = ({ status, body }: Answer) => ({ status, body: { error: { ...(body as { error: object }).error, requestId: '' } } })

it.each(ofCustomer)('%s answers an administrator, and others as for a customer that never was', async (path) => {
  const at = (customerId: string) => path.replace(':id', customerId)
  expect((await house.as('Admin', 'GET', at(id))).status).toBe(200)
  for (const role of ['Member', 'Viewer'] as const) {
    const answer = withoutRequestId(await house.as(role, 'GET', at(id)))
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } })
    expect(answer).toEqual(withoutRequestId(await house.as(role, 'GET', at(unknown))))
  }
})

it('its tenant is read for an administrator, and for others as if it had never been connected', async () => {
  const tenant = (await house.get<TenantList>('/tenants')).items.find(({ customerId }) => customerId === id)!
  const sync = (role: RoleName, tenantId: string) => house.as(role, 'POST', `/tenants/${tenantId}/sync`)
  const answer = withoutRequestId(await sync('Member', tenant.id))
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } })
  expect(answer).toEqual(withoutRequestId(await sync('Member', '11111111-1111-4111-8111-111111111111')))
  expect((await sync('Admin', tenant.id)).status).toBe(202)
})

it('mail and meetings that have not been deleted yet are not opened, and not audited', async () => {
  await house.db.collection('messages').insertMany(kept.messages)
  await house.db.collection('meetings').insertMany(kept.meetings)
  const audited = () => house.db.collection('audit').countDocuments()
  const before = await audited()
  for (const path of [`/messages/${String(kept.messages[0]!._id)}/body`, `/meetings/${String(kept.meetings[0]!._id)}`]) {
    for (const role of ['Member', 'Viewer'] as const) expect((await house.as(role, 'GET', path)).status).toBe(404)
  }
  expect(await audited()).toBe(before)
})

it('in chat its tenant is named to administrators alone', async () => {
  const said = async (role: 'Admin' | 'Member' | 'Viewer') =>
    JSON.stringify((await house.simulator<{ activities: unknown[] }>('POST', '/chat', { from: house.personas[role].upn, text: 'sync status', where: 'personal' })).activities)
  expect(await said('Admin')).toContain('Contoso')
  for (const role of ['Member', 'Viewer'] as const) {
    expect(await said(role)).toContain('Fabrikam')
    expect(await said(role)).not.toContain('Contoso')
  }
})

it('in chat nobody is answered about it', async () => {
  for (const text of ['last email from Contoso', 'mfa Contoso', 'licences Contoso', 'next meeting with Contoso', 'posture Contoso']) {
    const { activities } = await house.simulator<{ activities: unknown[] }>('POST', '/chat', { from: house.personas.Viewer.upn, text, where: 'personal' })
    expect(JSON.stringify(activities), text).not.toContain(id)
  }
})
