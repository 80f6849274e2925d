// docs/setup.md: what Outpost does in its steps, and what an administrator reads when it does not work. A title is what the page says.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Feature } from '../../api/connections/model.ts'
import { connectTenants } from '../../scripts/house.ts'
import { notGranted } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { customer, house, msp, ofCustomer, tenant, tenants, test, useSetup, type Simulated, type Tested } from './setup.fixture.ts'

useSetup()

describe('7. Connect (1 minute)', () => {
  it('Outpost answers with “Connected to … — N mailboxes configured” and with a list of what is granted.', async () => {
    const second = house.personas.Member.upn
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { mailboxes: [...msp.mailboxes, second] })
    expect((await test()).body.message).toBe('Connected to Proseware — 1 mailbox configured')
    expect((await test({ mailboxes: [...msp.mailboxes, second] })).body.message).toBe('Connected to Proseware — 2 mailboxes configured')
    const { message, features } = (await test(await ofCustomer())).body as { message?: string; features?: Feature[] }
    expect(message).toBe(`Connected to ${customer.name} — 0 mailboxes configured`)
    expect(features!.map(({ permission, granted }) => [permission, granted])).toEqual([
      ['Directory.Read.All', true], ['AuditLog.Read.All', true], ['UserAuthenticationMethod.Read.All', true], ['RoleManagement.Read.Directory', false], ['PrivilegedEligibilitySchedule.Read.AzureADGroup', false],
      ['Policy.Read.All', false],
    ])
  })

  it('takes mailboxes as a comma-separated text', async () => {
    expect((await test({ mailboxes: `${msp.mailboxes[0]}, ${msp.mailboxes[0]!.toUpperCase()}` })).body.message).toContain('1 mailbox configured')
  })

  it.each([
    ['a wrong secret', { clientSecret: 'wrong' }, 401, 'secretInvalid', /secret is wrong/],
    ['no GUID', { tenantId: 'contoso', clientId: 'x' }, 400, 'invalidInput', /Correct the marked fields/],
  ])('%s', async (_, change, status, code, sentence) => {
    const answer = await test(change)
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status, code })
    expect(answer.body.error.message).toMatch(sentence)
  })

  it('names every refused field at once', async () => {
    const { body } = await test({ tenantId: 'contoso', clientId: 'x', clientSecret: '' })
    expect(body.error.problems?.map((problem) => problem.field).sort()).toEqual(['clientId', 'clientSecret', 'tenantId'])
  })

  it('a test saves nothing', async () => {
    const before = await house.db.collection('tenants').find().toArray()
    await test()
    await test({ clientSecret: 'wrong' })
    expect(await house.db.collection('tenants').find().toArray()).toEqual(before)
  })
})

describe('When something is refused', () => {
  const unknown = '12345678-1234-4234-8234-123456789012'

  /** Refused in the words of the page; then what the page says to do is done, and it goes through. */
  const refused = async (words: string, wrong: object, right: object = {}) => {
    const answer = await test(wrong)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body.error.message).toMatch(new RegExp(`^${words}`))
    expect((await test(right)).status).toBe(200)
  }

  it('The client secret is wrong, what to do: enter the value, not the ID', () =>
    refused('The client secret is wrong', { clientSecret: msp.clientSecretId }))

  it('The client secret has expired, what to do: create a new one, enter it under Admin → Integrations', async () => {
    const rows = (await house.mailWith('Contoso')).length
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { secret: 'expire' })
    const words = 'The client secret has expired'
    expect((await test()).body.error).toMatchObject({ code: 'secretExpired', message: expect.stringMatching(`^${words}`) as string })
    // A token that was issued before still works at Microsoft's; a new process has none.
    await house.stopProduct()
    await house.startProduct()
    await house.as('Admin', 'POST', `/tenants/${msp.tenantId}/sync`)
    await until('every stream says it', async () => (await tenant()).streams.every((unit) => unit.lastError?.message.startsWith(words)))
    expect((await tenant()).status).toBe('authenticationError')
    expect((await tenant()).streams.filter((unit) => !notGranted.includes(unit.stream)).every((unit) => unit.lastSuccessAt !== null)).toBe(true)
    expect((await house.mailWith('Contoso')).length).toBe(rows)
    msp.clientSecret = (await house.simulator<{ clientSecret: string }>('POST', `/tenants/${msp.tenantId}`, { secret: 'rotate' })).clientSecret
    expect((await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { clientSecret: msp.clientSecret })).status).toBe(200)
    await house.synced()
    expect((await tenant()).status).toBe('connected')
  })

  it('There is no tenant with this ID, what to do: copy it from Entra → Overview; a subscription’s ID does not work', () =>
    refused('There is no tenant with this ID', { tenantId: unknown }))

  it('This application is not known in this tenant, what to do: check the client ID, and consent', () =>
    refused('This application is not known in this tenant', { clientId: unknown }))

  it('Admin consent is missing for …, what to do: add the named permission, grant consent', async () => {
    const all = ['Directory.Read.All', 'Mail.Read', 'Calendars.Read', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
    for (const name of all.slice(0, 3)) {
      await house.simulator('POST', `/tenants/${msp.tenantId}`, { permissions: all.filter((one) => one !== name) })
      const { code, message } = (await test()).body.error
      expect({ code, words: message.split('. ')[0] }).toEqual({ code: 'consentMissing', words: `Admin consent is missing for ${name}` })
      await house.simulator('POST', `/tenants/${msp.tenantId}`, { permissions: all })
      expect((await test()).status).toBe(200)
    }
  })

  it.each([
    ['This application is disabled, what to do: enable it under Enterprise applications → Properties', 'AADSTS7000112', 403],
    ['A Conditional Access policy, what to do: have the tenant’s administrator leave the app out of it', 'AADSTS53003', 403],
    ['Microsoft refused the sign-in of the application, what to do: look the number up at login.microsoftonline.com/error', 'AADSTS1234567', 403],
  ])('%s', async (title, code, status) => {
    await house.simulator('POST', '/faults', { match: `${msp.tenantId}/oauth2`, status: 400, code, message: 'x' })
    const answer = await test()
    expect(answer.status).toBe(status)
    expect(answer.body.error.message).toMatch(new RegExp(`^${title.split(',')[0]}`))
    if (status === 403 && code === 'AADSTS1234567') expect(answer.body.error.message).toContain(code)
    await house.simulator('DELETE', '/faults')
    expect((await test()).status).toBe(200)
  })

  it('… is already connected, what to do: change it in its card', async () => {
    const before = await house.db.collection('tenants').find().toArray()
    const mail = await house.db.collection('messages').countDocuments()
    const { tenantId, clientId, clientSecret } = msp
    const connect = (change: object) => house.as('Admin', 'POST', '/tenants', { tenantId, clientId, clientSecret, mailboxes: [house.personas.Member.upn], ...change }) as Promise<Tested>
    for (const change of [{}, await ofCustomer().then(({ customerId }) => ({ customerId, mailboxes: [] }))]) {
      expect(await connect(change)).toMatchObject({
        status: 409, body: { error: { code: 'conflict', message: expect.stringMatching(/^Proseware is already connected, as your own tenant\./) as string, problems: [{ field: 'tenantId' }] } },
      })
    }
    expect((await connect(await ofCustomer())).body.error.message).toMatch(`${customer.name} is already connected, as the tenant of ${customer.name}.`)
    expect(await house.db.collection('tenants').find().toArray()).toEqual(before)
    expect(await house.db.collection('messages').countDocuments()).toBe(mail)
    await connectTenants(house.origin)
    expect(await house.db.collection('tenants').find().toArray()).toEqual(before)
  })

  it('There is no mailbox for this user, what to do: correct the address, add an Exchange Online licence; on-premises cannot be read', async () => {
    const words = (upn: string) => `${upn}: There is no mailbox for this user`
    await refused(words('nobody@proseware.com'), { mailboxes: ['nobody@proseware.com'] })
    const [upn] = msp.mailboxes
    const second = house.personas.Member.upn
    const become = (state: string) => house.simulator('POST', `/tenants/${msp.tenantId}`, { mailboxes: [upn, second], mailboxState: { upn, state } })
    await become('unlicensed')
    expect((await test()).body.error.message).toContain(words(upn!))
    await become('ok')
    expect((await test()).status).toBe(200)
    await become('onPremises')
    await refused(words(upn!), { mailboxes: [upn, second] }, { mailboxes: [second] })
    await become('ok')
  })

  it('Enter at least one technician mailbox, what to do: enter one for your own tenant; a customer’s has none', async () => {
    await refused('Enter at least one technician mailbox', { mailboxes: ' , ' })
    expect((await test(await ofCustomer())).status).toBe(200)
    expect((await test({ ...(await ofCustomer()), mailboxes: msp.mailboxes })).status).toBe(400)
  })
})

describe('whose tenant it is', () => {
  const connect = (body: object) => house.as('Admin', 'POST', '/tenants', body) as Promise<Tested>
  const disconnected = async (one: Simulated, work: () => Promise<void>) => {
    const before = await house.db.collection<{ _id: string }>('tenants').findOne({ _id: one.tenantId })
    await house.db.collection<{ _id: string }>('tenants').deleteOne({ _id: one.tenantId })
    await work().finally(() => house.db.collection('tenants').insertOne(before as never))
  }

  it('This is your own tenant, what to do: connect it as your own, not as a customer’s', () => disconnected(msp, async () => {
    const { tenantId, clientId, clientSecret } = msp
    const form = { ...(await ofCustomer()), tenantId, clientId, clientSecret }
    const refused = { status: 400, body: { error: { code: 'invalidInput', message: expect.stringMatching(/^This is your own tenant/) as string, problems: [{ field: 'customerId' }] } } }
    expect(await test(form)).toMatchObject(refused)
    expect(await connect(form)).toMatchObject(refused)
  }))

  it('Only the tenant in which Outpost is signed in can be your own, what to do: choose the customer whose tenant it is', () => disconnected(customer, async () => {
    const form = { ...(await ofCustomer()), customerId: null, mailboxes: msp.mailboxes }
    const refused = { status: 400, body: { error: { code: 'invalidInput', message: expect.stringMatching(/^Only the tenant in which Outpost is signed in can be your own/) as string, problems: [{ field: 'customerId' }] } } }
    expect(await test(form)).toMatchObject(refused)
    expect(await connect(form)).toMatchObject(refused)
    expect((await test(await ofCustomer())).status).toBe(200)
  }))
})

describe('two administrators at once', () => {
  const change = (body: object) => house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, body) as Promise<Tested>
  const listed = async () => (await tenant()).mailboxes

  it('the second does not undo in silence what the first has saved', async () => {
    const before = await listed()
    const { revision } = await tenant()
    const more = [...before, house.personas.Member.upn]
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { mailboxes: more })
    // The one is still being tested while the other is saved.
    await house.simulator('POST', '/faults', { match: 'GET /v1.0/organization', delayMs: 1500, times: 1 })
    const slow = change({ clientSecret: msp.clientSecret })
    await until('it is asked', () => Promise.resolve(house.graph().asked.some(({ path, to }) => path.startsWith('/v1.0/organization') && to === Infinity)))
    expect((await change({ mailboxes: more, revision })).status).toBe(200)
    expect(await slow).toMatchObject({ status: 409, body: { error: { code: 'conflict', message: expect.stringContaining('Somebody else has changed this tenant meanwhile') as string } } })
    expect(await listed()).toEqual(more)
    // A form that was opened before that does not know the new one.
    expect((await change({ mailboxes: before, revision })).status).toBe(409)
    expect(await listed()).toEqual(more)
    expect((await change({ mailboxes: before, revision: revision + 1 })).status).toBe(200)
    expect(await listed()).toEqual(before)
    expect((await change({ mailboxes: '' })).body.error.code).toBe('mailboxesMissing')
    expect(await listed()).toEqual(before)
  })
})

describe('Rotation', () => {
  const secretOf = async () => (await house.db.collection<{ _id: string; secret: object }>('tenants').findOne({ _id: msp.tenantId }))!.secret

  it('Outpost tests the new secret before it replaces the old one.', async () => {
    const before = await secretOf()
    const { status, body } = (await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { clientSecret: 'wrong' })) as Tested
    expect({ status, code: body.error.code }).toEqual({ status: 401, code: 'secretInvalid' })
    expect(await secretOf()).toEqual(before)
    msp.clientSecret = (await house.simulator<{ clientSecret: string }>('POST', `/tenants/${msp.tenantId}`, { secret: 'rotate' })).clientSecret
    expect((await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { clientSecret: msp.clientSecret })).status).toBe(200)
    expect(await secretOf()).not.toEqual(before)
    await house.synced()
    expect((await tenant()).status).toBe('connected')
  })

  it('With another key Outpost reads nothing, and says so, until the secrets are entered again.', async () => {
    const words = 'The stored client secret cannot be read: Outpost runs with another OUTPOST_MASTER_KEY than it was stored with.'
    const [row] = (await house.mailWith('Contoso')).filter((one) => !one.private)
    await house.stopProduct()
    await house.startProduct({ OUTPOST_MASTER_KEY: randomBytes(32).toString('base64') })
    await house.simulator('DELETE', '/requests')
    for (const { id } of await tenants()) await house.as('Admin', 'POST', `/tenants/${id}/sync`)
    const said = async () => (await tenants()).flatMap(({ streams }) => streams).every((unit) => unit.lastError?.message.startsWith(words))
    await until('every stream says it', said)
    expect((await tenants()).map(({ status }) => status)).toEqual(['authenticationError', 'authenticationError'])
    const refusals = [
      await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { mailboxes: msp.mailboxes }),
      await house.as('Admin', 'GET', `/messages/${row!.id}/body`),
    ] as Tested[]
    for (const { body } of refusals) expect(body.error).toMatchObject({ code: 'secretInvalid', message: expect.stringContaining(words) as string })
    expect(await house.simulator('GET', '/requests')).toEqual([])
    for (const { tenantId, clientSecret } of [msp, customer]) {
      expect((await house.as('Admin', 'PATCH', `/tenants/${tenantId}`, { clientSecret })).status).toBe(200)
    }
    await house.synced()
    expect((await tenants()).map(({ status }) => status)).toEqual(['connected', 'connected'])
  })
})
