// Customers: what can be changed when, and a list that stays whole while it changes.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Customer } from '../../api/customers/model.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
})
afterAll(() => house?.close())

const create = async (name: string, domains: string[] = []) => (await house.as('Admin', 'POST', '/customers', { name, domains })).body as Customer
const change = (id: string, patch: object) => house.as('Admin', 'PATCH', `/customers/${id}`, patch)

it('no two living customers have one name, whichever way it comes', async () => {
  const [one, two] = [await create('Wingtip'), await create('Litware')]
  const refused = { status: 409, body: { error: { code: 'conflict', message: 'There is already a customer named Wingtip.' } } }
  expect(await house.as('Admin', 'POST', '/customers', { name: 'WINGTIP' })).toMatchObject(refused)
  expect(await change(two.id, { name: 'wingtip' })).toMatchObject(refused)
  expect((await change(one.id, { name: 'WingTip' })).status).toBe(200)
  await change(one.id, { archived: true })
  expect((await change(two.id, { name: 'Wingtip' })).status).toBe(200)
  expect(await change(one.id, { archived: false })).toMatchObject({ status: 409 })
  expect((await change(one.id, { archived: false, name: 'Wingtip the elder' })).status).toBe(200)
})

it('of several at once one gets the name, and the others are told as if they had come later', async () => {
  const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort()
  const added = await Promise.all([1, 2, 3].map(() => house.as('Admin', 'POST', '/customers', { name: 'Same name' })))
  expect(statuses(added)).toEqual([201, 409, 409])
  expect(added.find(({ status }) => status === 409)).toMatchObject({ body: { error: { code: 'conflict', message: expect.stringMatching(/name/) as string } } })
  const [one, two] = [await create('Tailspin'), await create('Lucerne')]
  expect(statuses(await Promise.all([one, two].map(({ id }) => change(id, { name: 'Renamed at once' }))))).toEqual([200, 409])
  // An archived one does not hold its name, and gets it back with everything else.
  for (const { id } of [one, two]) await change(id, { archived: true })
  expect(statuses(await Promise.all([one, two].map(({ id }) => change(id, { archived: false, name: 'Restored at once' }))))).toEqual([200, 409])
})

it('no name is another customer’s alias, and no alias another’s name or alias: nobody could tell whom it means', async () => {
  const [one, two] = [await create('Fourth Coffee'), await create('Coho')]
  const refused = (field: string, message: string) => ({ status: 409, body: { error: { code: 'conflict', message, problems: [{ field, message }] } } })
  expect((await change(one.id, { aliases: ['4C', 'Coffee'] })).status).toBe(200)
  expect(await change(two.id, { name: 'coffee' })).toMatchObject(refused('name', 'Fourth Coffee is also called Coffee.'))
  expect(await change(two.id, { aliases: ['Cohos', '4c'] })).toMatchObject(refused('aliases', 'Fourth Coffee is also called 4C.'))
  expect(await change(two.id, { aliases: ['fourth coffee'] })).toMatchObject(refused('aliases', 'There is already a customer named Fourth Coffee.'))
  expect(await house.as('Admin', 'POST', '/customers', { name: '4C', aliases: ['Coffee'] })).toMatchObject({ status: 409, body: { error: { problems: [{ field: 'name' }, { field: 'aliases' }] } } })
  // Written in another way, it is the same to whoever reads it.
  expect((await change(two.id, { aliases: ['Café'.normalize('NFC')] })).status).toBe(200)
  expect(await change(one.id, { aliases: ['4C', 'Café'.normalize('NFD')] })).toMatchObject({ status: 409 })
  // Its own name is nobody else's.
  expect((await change(one.id, { name: '4C', aliases: ['Fourth Coffee'] })).status).toBe(200)
  expect((await change(two.id, { name: 'Coffee' })).status).toBe(200)
})

it('two that have had one name since before that was refused go on, and can be changed', async () => {
  const [one, two] = [await create('Trey'), await create('Trey the second', ['trey.example'])]
  await house.db.collection<{ _id: string }>('customers').updateOne({ _id: two.id }, { $set: { name: 'Trey', sortName: 'trey' }, $unset: { heldNames: '' } })
  await house.db.collection('schema').deleteMany({ _id: 'customers' as never })
  await house.db.collection('customers').updateMany({}, { $unset: { heldNames: '' } })
  await house.stopProduct()
  await house.startProduct()
  const held = async (id: string) => (await house.db.collection<{ _id: string; heldNames: string[] }>('customers').findOne({ _id: id }))!.heldNames
  expect([await held(one.id), await held(two.id)]).toEqual([['trey'], []])
  expect((await change(two.id, { domains: ['trey.example', 'trey-research.example'] })).status).toBe(200)
  expect(await change(two.id, { name: 'Trey', aliases: ['Trey'] })).toMatchObject({ status: 200 })
  expect((await change(two.id, { name: 'Trey Research', aliases: [] })).status).toBe(200)
  expect(await held(two.id)).toEqual(['trey research'])
})

it('a domain that somebody else has by now does not stand in the way of another name, but of restoring', async () => {
  const old = await create('Northwind', ['northwind.example'])
  await change(old.id, { archived: true })
  await create('Northwind Traders', ['northwind.example'])
  expect((await change(old.id, { name: 'Northwind (until 2026)' })).status).toBe(200)
  expect(await change(old.id, { archived: false })).toMatchObject({ status: 400, body: { error: { problems: [{ message: 'northwind.example already belongs to Northwind Traders.' }] } } })
})

it('a page goes on where the one before ended, also when the customer at its end has left the list or has another name', async () => {
  for (let n = 10; n < 70; n += 1) await create(`Paged ${n}`)
  const first = await house.get<CustomerList>('/customers?search=paged')
  expect(first.items).toHaveLength(25)
  const last = first.items.at(-1)!
  const second = async () => (await house.get<CustomerList>(`/customers?search=paged&after=${first.next!}`)).items.map(({ name }) => name)
  const expected = await second()
  expect(expected[0]).toBe('Paged 35')
  await change(last.id, { archived: true })
  expect(await second()).toEqual(expected)
  expect(await house.as('Viewer', 'GET', '/customers?after=nobody')).toMatchObject({ status: 400, body: { error: { problems: [{ field: 'after' }] } } })
})

it('a change that rests on an older reading is refused, and said what is there now; without a reading it is made of what is there', async () => {
  const { id, revision } = await create('Adatum', ['adatum.example'])
  const meanwhile = { status: 409, body: { error: { code: 'conflict', message: expect.stringContaining('Somebody else has changed this customer meanwhile') as string } } }
  expect((await change(id, { domains: ['adatum.example', 'adatum-labs.example'], revision })).status).toBe(200)
  expect(await change(id, { aliases: ['Ada'], domains: ['adatum.example'], revision })).toMatchObject(meanwhile)
  expect(await change(id, { name: 'Adatum Ltd', revision: revision + 1 })).toMatchObject({ status: 200, body: { domains: ['adatum-labs.example', 'adatum.example'], revision: revision + 2 } })
  expect(await change(id, { name: 'Adatum Ltd' })).toMatchObject({ status: 200, body: { revision: revision + 2 } })
  // At the same moment, without saying what they saw: no more than one of them is told that it was saved and is not.
  const lists = [['adatum.example'], ['adatum-labs.example'], ['adatum.example', 'adatum-two.example'], ['adatum-three.example']]
  const answers = await Promise.all(lists.map((domains) => change(id, { domains })))
  const saved = answers.flatMap(({ status }, n) => (status === 200 ? [lists[n]!.toSorted()] : []))
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(lists.length - saved.length)
  expect(saved).toContainEqual((await house.get<Customer>(`/customers/${id}`)).domains)
  const audited = (await house.get<{ items: { action: string; target: string; detail: string | null }[] }>('/audit?action=customer.update')).items
  expect(audited.find(({ target }) => target === id)?.detail).not.toContain('revision')
})
