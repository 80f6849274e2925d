// Microsoft's answers that are not to be believed, or that have no end: nothing is lost over them, and the administrator is told.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../../api/connections/model.ts'
import type { Posture } from '../../api/posture/model.ts'
import type { GraphAnswer } from '../house/graphProxy.fixture.ts'
import { notGranted, openHouse, type House } from '../house/house.fixture.ts'

let house: House
let customer: { id: string; name: string }
const undo: (() => void)[] = []
const change = (hook: (answer: GraphAnswer) => void) => undo.push(house.graph().change(hook))
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', graph: 'proxied' })
  const tenant = (await house.get<{ items: Tenant[] }>('/tenants')).items.find(({ kind }) => kind === 'customer')!
  customer = { id: tenant.customerId!, name: tenant.name }
})
afterEach(() => {
  for (const end of undo.splice(0)) end()
})
afterAll(() => house?.close())

const posture = () => house.get<Posture>(`/customers/${customer.id}/posture`)
const tenant = async (kind: Tenant['kind']) => (await house.get<{ items: Tenant[] }>('/tenants')).items.find((one) => one.kind === kind)!
const stream = async (kind: Tenant['kind'], name: string) => (await tenant(kind)).streams.find((one) => one.stream === name)!
/** The reading that was doubted lies ten minutes back. */
const tenMinutesPass = async () => {
  const before = new Date(Date.now() - 10 * 60_000)
  await house.db.collection('bookmarks').updateMany({ doubtedAt: { $ne: null } }, { $set: { doubtedAt: before } })
}

describe('a list that comes back empty', () => {
  it.each([['roles', '/roleManagement/directory/roleAssignments'], ['mfa', '/reports/authenticationMethods/userRegistrationDetails']] as const)(
    'of %s is not believed: nothing goes, no finding resolves, and the stream says so until a whole list comes',
    async (name, path) => {
      const before = await posture()
      change((answer) => {
        if (answer.path.includes(path)) answer.body = { value: [] }
      })
      await house.synced(name)
      expect(await stream('customer', name)).toMatchObject({ lastError: { code: 'listDoubted', message: expect.stringContaining('came back empty') as string } })
      expect((await tenant('customer')).status).not.toBe('connected')
      const { findings, privilegedAccounts } = await posture()
      expect(findings).toEqual(before.findings)
      expect(privilegedAccounts).toEqual(before.privilegedAccounts)
      for (const end of undo.splice(0)) end()
      await house.synced(name)
      expect((await stream('customer', name)).lastError).toBeNull()
    },
  )

  it('of a mail folder and of a calendar keeps what is there', async () => {
    const rows = () => Promise.all(['messages', 'meetings'].map((name) => house.db.collection(name).countDocuments()))
    const before = await rows()
    change((answer) => {
      if (/\/messages\/delta|\/calendarView|mailFolders\/delta/.test(answer.path) && Array.isArray(answer.body.value)) answer.body.value = []
    })
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced('mail', 'calendar')
    expect(await rows()).toEqual(before)
    expect((await stream('msp', 'mail')).lastError?.code).toMatch(/partlyRead|listDoubted/)
    expect((await stream('msp', 'calendar')).lastError?.code).toBe('listDoubted')
  })

  it('is believed when a complete reading agrees ten minutes later', async () => {
    change((answer) => {
      if (answer.path.includes('/roleManagement/directory/roleAssignments')) answer.body = { value: [] }
    })
    await house.synced('roles')
    await tenMinutesPass()
    await house.synced('roles')
    expect((await stream('customer', 'roles')).lastError).toBeNull()
    expect((await posture()).privilegedAccounts).toEqual([])
    for (const end of undo.splice(0)) end()
    await house.synced('roles')
    expect((await posture()).privilegedAccounts).not.toEqual([])
  })
})

describe('what delta is known never to tell', () => {
  const aDayPasses = () => house.db.collection('bookmarks').updateMany({}, { $set: { fullAt: new Date(Date.now() - 25 * 3_600_000) } })
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round++) await house.synced('mail')
  }

  it('is found by reading each folder whole once a day, one a round: a mail that no delta has named', async () => {
    // What was in doubt before is read whole first.
    await rounds(2)
    const { mailboxes } = await tenant('msp')
    const { domains } = await house.customer(customer.name)
    change((answer) => {
      const items = answer.body.value as { subject?: string }[] | undefined
      if (answer.path.includes('deltatoken') && Array.isArray(items)) answer.body.value = items.filter(({ subject }) => subject !== 'Never told')
    })
    await house.simulator('POST', '/mail', { mailbox: mailboxes[0], folder: 'inbox', from: `kim@${domains[0]}`, to: [mailboxes[0]], subject: 'Never told', body: 'x' })
    await house.synced('mail')
    const subjects = async () => (await house.mailWith(customer.name)).map(({ subject }) => subject)
    expect(await subjects()).not.toContain('Never told')
    await aDayPasses()
    await rounds(await house.db.collection('bookmarks').countDocuments({ unitId: `${(await tenant('msp')).id}|mail|${mailboxes[0]!}` }))
    expect(await subjects()).toContain('Never told')
    house.graph().asked.length = 0
    await house.synced('mail')
    expect(house.graph().asked.filter(({ path }) => path.includes('receivedDateTime ge'))).toEqual([])
  })

  it('and so is an account that was restored', async () => {
    const before = await house.db.collection('accounts').findOne({ tenantId: (await tenant('customer')).id })
    await house.synced('accounts')
    await house.db.collection('accounts').deleteOne({ _id: before!._id })
    await house.synced('accounts')
    expect(await house.db.collection('accounts').findOne({ _id: before!._id })).toBeNull()
    await aDayPasses()
    await house.synced('accounts')
    expect(await house.db.collection('accounts').findOne({ _id: before!._id })).not.toBeNull()
  })
})

describe('pages that lead round in a circle', () => {
  it.each([['customer', 'accounts', /users\/delta/], ['customer', 'roles', /roleAssignments/], ['msp', 'mail', /messages\/delta/]] as const)(
    'end with a sentence, in a walk and in a list (%s, %s), and the other streams go on',
    async (kind, name, path) => {
      const started = new Date().toISOString()
      let asked = 0
      change((answer) => {
        if (!path.test(answer.path)) return
        const next = `https://graph.microsoft.com/v1.0${answer.path.replace(/^.*\/v1\.0/, '').replace(/\?.*/, '')}?$skiptoken=${asked++ % 3}`
        Object.assign(answer, { status: 200, body: { value: answer.body.value ?? [], '@odata.nextLink': next } })
      })
      await house.simulator('POST', '/faults', { expireDeltaTokens: true })
      await house.synced()
      const told = await stream(kind, name)
      expect(told.lastError?.code).toMatch(/listEndless|partlyRead/)
      expect(asked).toBeLessThan(60)
      const others = (await tenant(kind)).streams.filter((one) => one.stream !== name && !notGranted.includes(one.stream))
      expect(others.every(({ lastSuccessAt }) => lastSuccessAt! >= started)).toBe(true)
      for (const end of undo.splice(0)) end()
      await house.synced(name)
      expect((await stream(kind, name)).lastError).toBeNull()
    },
  )
})
