// A mailbox: who it is, and how much is asked of it at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../../api/connections/model.ts'
import { agenda, change, changeItems, house, isDelta, isList, mailbox, mailboxId, meet, own, rowOf, rows, send, useExchange, type Json } from '../house/exchange.fixture.ts'
import { graphError } from '../house/graphProxy.fixture.ts'

useExchange()

describe('a mailbox', () => {
  it('gets four requests at once at most, however much is read and opened, those of batches counted', async () => {
    for (let number = 0; number < 40; number++) await send({ subject: `many ${number}` })
    await meet({ subject: 'one to open' })
    await house.synced('mail', 'calendar')
    const ids = (await rows()).filter((row) => row.subject?.startsWith('many')).map(({ id }) => id)
    const [meeting] = (await agenda()).filter((row) => !row.private)
    // As on the first day: the folders, and every message; and slow enough for requests to meet.
    await house.db.collection('bookmarks').deleteMany({})
    await house.db.collection('units').updateMany({ stream: { $in: ['mail', 'calendar'] } }, { $set: { facts: { userId: mailboxId } } })
    changeItems(isDelta, (item) => delete item.singleValueExtendedProperties)
    changeItems(isList, (item) => delete item.sensitivity)
    change(({ path }) => (path.includes('/users/') ? new Promise((resolve) => setTimeout(resolve, 15)) : undefined))
    house.graph().asked.length = 0
    let reading = true
    const statuses = new Set<number>()
    const opening = Promise.all([`/messages/${ids[0]!}/body`, `/messages/${ids[1]!}/body`, `/meetings/${meeting!.id}`].map(async (path) => {
      while (reading) statuses.add((await house.as('Admin', 'GET', path)).status)
    }))
    await house.synced('mail', 'calendar')
    reading = false
    await opening
    expect([...statuses]).toEqual([200])
    const concerning = house.graph().asked.filter(({ path }) => (path.includes(mailboxId) || path.includes(mailbox)) && /mailFolders|messages|events|calendarView/i.test(path))
    const peak = Math.max(...concerning.map(({ from }) => concerning.filter((other) => other.from <= from && other.to > from).length))
    expect(concerning.length).toBeGreaterThan(50)
    expect(peak).toBeGreaterThan(2)
    expect(peak).toBeLessThanOrEqual(4)
  })
})

describe('what is opened while Microsoft does not give it', () => {
  it.each([
    [500, 'UnknownError', 'serviceUnavailable', 'Microsoft 365 does not answer properly at the moment. Try again in a few minutes.'],
    [429, 'ApplicationThrottled', 'throttled', 'Microsoft asks Outpost to slow down. Try again in a minute.'],
    [401, 'InvalidAuthenticationToken', 'graphTokenRefused', 'Microsoft refused Outpost’s access token, and a new one as well. Try again in a few minutes.'],
    [403, 'ErrorMailboxMoveInProgress', 'mailboxMoving', 'This mailbox is being moved to another place and cannot be read meanwhile. Try again when the move is over.'],
    [410, 'ErrorItemNotFound', 'gone', 'It is no longer there in Microsoft 365: it was moved or deleted.'],
    [404, 'MailboxNotEnabledForRESTAPI', 'gone', 'The mailbox in which this lies is no longer there, or has no Exchange Online licence any more.'],
  ])('%i %s: it is said what the person can do', async (status, word, code, message) => {
    const paths = [`/messages/${(await rows()).find((row) => !row.private)!.id}/body`, `/meetings/${(await agenda()).find((row) => !row.private)!.id}`]
    change((answer) => {
      if (/\/(messages|events)\/[^/]+\?/.test(answer.path)) Object.assign(answer, { status, body: graphError(word) })
    })
    for (const path of paths) expect((await house.as('Admin', 'GET', path)).body).toMatchObject({ error: { code, message } })
  })
})

describe('a mailbox is its user, and an address a name for it', () => {
  interface Unit {
    mailbox: string
    facts: { userId: string } | null
  }
  let tenant: Tenant
  let upn: string
  const userOf = async () => (await house.db.collection<Unit>('units').findOne({ mailbox: upn, stream: 'mail' }))!.facts!.userId
  const create = async () => {
    const { userId } = await house.simulator<{ userId: string }>('POST', '/accounts', { tenantId: tenant.id, action: 'create', userPrincipalName: upn })
    await house.simulator('POST', `/tenants/${tenant.id}`, { mailboxes: [mailbox, upn] })
    return userId
  }
  const list = (mailboxes: string[]) => house.as('Admin', 'PATCH', `/tenants/${tenant.id}`, { mailboxes })
  const sync = async () => {
    await house.synced()
    // Accounts and mail are read side by side: the next round knows what the directory said in this one.
    await house.synced()
  }
  const rowsOf = (userId: string) => Promise.all(['messages', 'meetings'].map((name) => house.db.collection(name).countDocuments({ mailboxId: userId })))
  beforeAll(async () => {
    tenant = await own()
    upn = `new.hand@${mailbox.split('@')[1]!}`
  })
  afterAll(async () => {
    await list([mailbox])
  })

  it('When somebody else gets the address of a listed mailbox, theirs is read, and what was read of the other is deleted.', async () => {
    const before = await create()
    expect((await list([mailbox, upn])).status).toBe(200)
    await send({ mailbox: upn, to: [upn], subject: 'to the first of that name' })
    await meet({ mailbox: upn, attendees: [upn], subject: 'of the first of that name' })
    await sync()
    expect(await userOf()).toBe(before)
    expect(await rowsOf(before)).toEqual([1, 1])
    await house.simulator('POST', '/accounts', { tenantId: tenant.id, action: 'delete', userId: before })
    const after = await create()
    await send({ mailbox: upn, to: [upn], subject: 'to the second of that name' })
    await sync()
    expect(await userOf()).toBe(after)
    expect(await rowsOf(before)).toEqual([0, 0])
    expect(await rowOf('to the second of that name')).toBeDefined()
    expect((await own()).streams.filter((stream) => stream.mailbox === upn).map(({ lastError }) => lastError)).toEqual([null, null])
  })

  it('A listed mailbox with a new address is read on, and administrators are told the new one.', async () => {
    const id = await userOf()
    const renamed = upn.replace('new.hand', 'old.hand')
    change((answer) => {
      if (/\/users\/delta/.test(answer.path)) for (const user of answer.body.value as Json[]) if (user.id === id) Object.assign(user, { userPrincipalName: renamed, mail: renamed })
      if (answer.path.includes(`/users/${upn}`)) Object.assign(answer, { status: 404, body: graphError('Request_ResourceNotFound') })
    })
    await house.simulator('POST', '/accounts', { tenantId: tenant.id, action: 'enable', userId: id })
    await sync()
    house.graph().asked.length = 0
    await send({ mailbox: upn, to: [upn], subject: 'after the wedding' })
    await house.synced('mail', 'calendar')
    expect(await rowOf('after the wedding')).toBeDefined()
    const now = await own()
    expect(now.notices).toEqual([expect.stringContaining(`${upn} is now called ${renamed}.`)])
    expect(now.streams.filter((stream) => stream.mailbox === upn).map(({ lastError }) => lastError)).toEqual([null, null])
    // Nothing is asked for that: the accounts are read anyway.
    expect(house.graph().asked.filter(({ path }) => /\/users\/[^/]+\?\$select=id$/.test(path))).toEqual([])
  })
})
