// Names that people type: one line that is seen as it is stored, refused with a sentence at its field otherwise.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTenants } from '../../scripts/house.ts'
import type { TenantList } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import type { Security } from '../../api/security/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
  await connectTenants(house.origin)
})
afterAll(() => house.close())

const unseen = 'holds a character that nobody sees, such as a line break or a mark of direction. Type it anew instead of pasting it.'
const refusedAt = (field: string, message: string) => ({ status: 400, body: { error: { problems: [{ field, message }] } } })
const create = (customer: object) => house.as('Admin', 'POST', '/customers', customer)

describe('the name of a customer', () => {
  it.each([
    ['a line break and a formula', 'Contoso\n=1+1'], ['a tab', 'Con\ttoso'], ['a NUL', 'Con\0toso'], ['a turned direction', 'Con\u202etoso'], ['an isolate', '\u2066Contoso\u2069'],
    ['a zero-width space', 'Con\u200btoso'], ['a soft hyphen', 'Con\u00adtoso'], ['a line separator', 'Con\u2028toso'], ['a tag', 'Contoso\u{E0041}'], ['a joiner between Latin letters', 'Con\u200dtoso'],
    ['a filler', 'Con\u3164toso'], ['nothing but what is unseen', '\u200b'], ['nothing but a blank of Braille', '\u2800'], ['nothing but joiners', '\u0627\u200d\u0627'],
  ])('with %s is refused', async (_, name) => {
    expect(await create({ name })).toMatchObject(refusedAt('name', `The name ${unseen}`))
    const { id } = await house.customer('Contoso')
    expect(await house.as('Admin', 'PATCH', `/customers/${id}`, { name })).toMatchObject(refusedAt('name', `The name ${unseen}`))
  })

  it.each([['', '  ', '\u00a0\u3000']].flat())('%j is none', async (name) => {
    expect(await create({ name })).toMatchObject(refusedAt('name', 'Enter the name of the customer.'))
  })

  it('that is too long is said so in words', async () => {
    expect(await create({ name: 'x'.repeat(121) })).toMatchObject(refusedAt('name', 'Enter a name of 120 characters at most.'))
  })

  it.each(['می\u200cخواهم', 'क्\u200dष', 'Böhm & Söhne 👩‍💻', '=1+1', '北京', ' Litware '])('%j is one', async (name) => {
    expect(await create({ name })).toMatchObject({ status: 201, body: { name: name.trim() } })
  })
})

it('an alias is held to the same, and named', async () => {
  expect(await create({ name: 'Adatum', aliases: ['Ada', 'A\u202eda2'] })).toMatchObject(refusedAt('aliases.1', `The alias “Ada2” ${unseen}`))
  expect(await create({ name: 'Adatum', aliases: [' '] })).toMatchObject(refusedAt('aliases.0', 'An alias is empty.'))
})

it('mailboxes and the secret of a tenant as well', async () => {
  const { items } = await house.get<TenantList>('/tenants')
  const own = items.find(({ kind }) => kind === 'msp')!
  for (const mailboxes of [['kim\u200b@proseware.com'], 'kim\u200b@proseware.com, lee@proseware.com']) {
    expect(await house.as('Admin', 'PATCH', `/tenants/${own.id}`, { mailboxes }))
      .toMatchObject(refusedAt('mailboxes', 'The mailbox kim@proseware.com holds a character that nobody sees. Type it anew instead of pasting it.'))
  }
  expect(await house.as('Admin', 'PATCH', `/tenants/${own.id}`, { clientSecret: 'abc\u200bdef' }))
    .toMatchObject(refusedAt('clientSecret', 'The client secret value holds a character that nobody sees. Copy it again.'))
})

it('a domain is kept without them, and a refusal says what is seen', async () => {
  expect(await create({ name: 'Soft', domains: ['sof\u00adt\u200b.example'] })).toMatchObject({ status: 201, body: { domains: ['soft.example'] } })
  expect(await create({ name: 'Turned', domains: ['\u202ea b'] })).toMatchObject(refusedAt('domains', '“a b” is not a domain. Enter it like contoso.com, without @ or https://.'))
  await create({ name: 'Müller', domains: ['müller.example'] })
  expect(await create({ name: 'Mueller', domains: ['müller.example'] })).toMatchObject(refusedAt('domains', 'müller.example (xn--mller-kva.example) already belongs to Müller.'))
  // As it is read, and pasted with what came along.
  for (const search of ['müller.ex', 'xn--mller', 'mül\u200bler']) expect((await house.get<CustomerList>(`/customers?search=${encodeURIComponent(search)}`)).items.map(({ name }) => name)).toEqual(['Müller'])
})

it('what was stored before that is shown without them, and can be changed', async () => {
  const { body } = await create({ name: 'Northwind', aliases: ['North'], domains: ['northwind.example'] })
  const { id, revision } = body as Customer
  await house.stopProduct()
  await house.db.collection<{ _id: string }>('customers').updateOne({ _id: id }, { $set: { name: 'North\n=1+\u202ewind', aliases: ['Nor\u200bth', '\u200b'] } })
  await house.db.collection<{ _id: string }>('schema').deleteOne({ _id: 'customers' })
  await house.startProduct()
  expect(await house.get<Customer>(`/customers/${id}`)).toMatchObject({ name: 'North =1+wind', aliases: ['North'] })
  expect((await house.get<Security>('/security')).items.map(({ name }) => name)).toContain('North =1+wind')
  expect(await house.as('Admin', 'PATCH', `/customers/${id}`, { domains: [], revision })).toMatchObject({ status: 200 })
})
