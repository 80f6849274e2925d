// Two administrators at once: what one of them was told is saved stays so, whatever the other does at the same moment. Many rounds,
// because what goes wrong here goes wrong between two steps of the database.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Channel } from '../../api/channels/model.ts'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'
import type { Failure } from '../../api/http/model.ts'
import { openHouse, type Answer, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

const rounds = 15
const patch = (path: string, body: object) => house.as('Admin', 'PATCH', path, body)
const saved = ({ status }: Answer) => status === 200
const create = async (name: string, domains: string[] = []) => (await house.as('Admin', 'POST', '/customers', { name, domains })).body as Customer

it('a customer: of those who have read the same, one is saved, and each other one is shown both states', async () => {
  for (let n = 0; n < rounds; n += 1) {
    const { id, revision } = await create(`Wide World ${n}`, [`a${n}.example`, `b${n}.example`])
    const path = `/customers/${id}`
    const answers = await Promise.all([
      patch(path, { archived: true, revision }), patch(path, { aliases: [`Mine ${n}`], revision }), patch(path, { domains: [`a${n}.example`], revision }),
    ])
    expect(answers.filter(saved)).toHaveLength(1)
    const now = await house.get<Customer>(path)
    const [archived, aliases, domains] = answers.map(saved)
    expect(now).toMatchObject({ archived, aliases: aliases ? [`Mine ${n}`] : [], domains: domains ? [`a${n}.example`] : [`a${n}.example`, `b${n}.example`], revision: revision + 1 })
    for (const [index, { status, body }] of answers.entries()) {
      if (status === 200) continue
      const yours = [{ archived: true }, { aliases: [`Mine ${n}`] }, { domains: [`a${n}.example`] }][index]
      expect({ status, error: (body as Failure).error }).toMatchObject({ status: 409, error: { code: 'conflict', states: { yours, now: { id, revision: now.revision } } } })
    }
  }
})

it('a customer: what nobody touched is not written back, so an archived one does not come back and no domain stands again', async () => {
  for (let n = 0; n < rounds; n += 1) {
    const { id } = await create(`Humongous ${n}`, [`c${n}.example`, `d${n}.example`])
    const path = `/customers/${id}`
    const asked = [{ archived: true }, { aliases: [`Theirs ${n}`] }, { domains: [`c${n}.example`] }, { name: `Humongous the ${n}.` }]
    const [archived, aliases, domains, named] = (await Promise.all(asked.map((body) => patch(path, body)))).map(saved)
    expect(await house.get<Customer>(path)).toMatchObject({
      archived, aliases: aliases ? [`Theirs ${n}`] : [], domains: domains ? [`c${n}.example`] : [`c${n}.example`, `d${n}.example`], name: named ? `Humongous the ${n}.` : `Humongous ${n}`,
    })
  }
})

it('eight who create one name at once make one customer', async () => {
  for (let n = 0; n < 5; n += 1) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => house.as('Admin', 'POST', '/customers', { name: `Eightfold ${n}` })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)])
  }
})

it('a tenant: two lists of mailboxes, of which one is saved; the other is shown what is there, and no secret', async () => {
  const own = (await house.get<TenantList>('/tenants')).items.find(({ kind }) => kind === 'msp')!
  const path = `/tenants/${own.id}`
  await house.simulator('POST', path, { mailboxes: [...own.mailboxes, house.personas.Member.upn] })
  for (let n = 0; n < 5; n += 1) {
    const { mailboxes, revision } = await house.get<Tenant>(path)
    const lists = [[...mailboxes, house.personas.Member.upn], [house.personas.Member.upn]]
    const answers = await Promise.all(lists.map((list) => patch(path, { mailboxes: list, revision })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const now = await house.get<Tenant>(path)
    expect(now.mailboxes).toEqual(lists[answers.findIndex(saved)])
    const refused = answers.find((answer) => !saved(answer))!.body as Failure
    expect(refused.error.states).toMatchObject({ yours: { mailboxes: expect.anything() as unknown }, now: { mailboxes: now.mailboxes, revision: now.revision } })
    expect((await patch(path, { mailboxes, revision: now.revision })).status).toBe(200)
  }
  const { tenantId, clientSecret } = await house.simulator<{ tenantId: string; clientSecret: string }[]>('GET', '/tenants').then((all) => all.find((one) => one.tenantId === own.id)!)
  const outdated = await patch(`/tenants/${tenantId}`, { clientSecret, revision: 1 })
  expect(outdated.status).toBe(409)
  expect(JSON.stringify(outdated.body)).not.toContain(clientSecret)
})

it('a channel: two purposes, of which one is saved', async () => {
  const { id, name } = await create('Blue Yonder')
  await house.channelFor({ customer: name })
  for (let n = 0; n < rounds; n += 1) {
    const { items: [channel] } = await house.get<{ items: Channel[] }>('/channels')
    const { revision } = channel!
    const roles = [null, { kind: 'customer', customerId: id }]
    const answers = await Promise.all(roles.map((role) => patch(`/channels/${channel!.id}`, { role, revision })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const now = (await house.get<{ items: Channel[] }>('/channels')).items[0]!
    expect(now).toMatchObject({ role: roles[answers.findIndex(saved)], revision: revision + 1 })
    expect((answers.find((answer) => !saved(answer))!.body as Failure).error.states).toMatchObject({ now: { role: now.role } })
  }
})
