// Answers about mail and meetings that say less than they should, or something else: never wrong, never missing, never more than a
// person may see.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Meetings } from '../../api/model/meeting.ts'
import type { MessageRow } from '../../api/model/message.ts'
import type { Tenant } from '../../api/model/tenant.ts'
import { graphError, type GraphAnswer } from '../house/graphProxy.fixture.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'

type Json = Record<string, unknown>
let house: House
let customer: { id: string; name: string }
let mailbox: string
let mailboxId: string
let kim: string
const undo: (() => void)[] = []
const change = (hook: (answer: GraphAnswer) => void | Promise<void>) => undo.push(house.graph().change(hook))

beforeAll(async () => {
  house = await openHouse({ world: 'tiny', graph: 'proxied' })
  const tenants = (await house.get<{ items: Tenant[] }>('/tenants')).items
  const tenant = tenants.find(({ kind }) => kind === 'customer')!
  customer = { id: tenant.customerId!, name: tenant.name }
  const { domains } = await house.get<{ domains: string[] }>(`/customers/${customer.id}`)
  kim = `kim.kettle@${domains[0]!}`
  mailbox = house.personas.Admin.upn
  mailboxId = house.personas.Admin.userId
})
afterEach(async () => {
  for (const end of undo.splice(0)) end()
  await house.simulator('DELETE', '/faults')
})
afterAll(() => house.close())

const send = (mail: object) => house.simulator<{ id: string }>('POST', '/mail', { mailbox, from: kim, to: [mailbox], ...mail })
const meet = (meeting: object) => {
  const at = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString()
  return house.simulator<{ ids: string[]; iCalUId: string }>('POST', '/meetings', { mailbox, organizer: kim, attendees: [mailbox], start: at(30), end: at(31), ...meeting })
}
const rows = (role: RoleName = 'Admin') => house.communications(customer.name, role)
const agenda = async () => (await house.get<Meetings>(`/customers/${customer.id}/meetings`)).items
const rowOf = async (subject: string): Promise<MessageRow | undefined> => (await rows()).find((row) => row.subject === subject)
const rowAt = async (at: string): Promise<MessageRow | undefined> => (await rows()).find((row) => row.at === at)
const own = async () => (await house.get<{ items: Tenant[] }>('/tenants')).items.find(({ kind }) => kind === 'msp')!
const mailStream = async () => (await own()).streams.find((one) => one.stream === 'mail' && one.mailbox === mailbox)!
const stored = (filter: object) => house.db.collection('messages').find(filter).toArray()

/** A moment of its own for a mail that is to be known by nothing else. */
let minutes = 600
const moment = () => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes++ * 60_000).toISOString()

const isDelta = ({ path }: GraphAnswer) => /messages\/delta/i.test(path)
const isList = ({ path }: GraphAnswer) => path.includes('/calendarView')
const isOne = (path: string) => /\/(messages|events)\/[^/]+\?/.test(path) && !/delta/i.test(path)
/** Changes items of mail or meetings, in lists and by themselves. */
const changeItems = (where: (answer: GraphAnswer) => boolean, edit: (item: Json) => void) =>
  change((answer) => {
    if (!where(answer) || answer.status >= 300) return
    for (const item of Array.isArray(answer.body.value) ? (answer.body.value as Json[]) : [answer.body]) edit(item)
  })

describe('a mark of privacy that is missing', () => {
  it('in a delta is asked for once more: what is private shows its time alone, and what is not shows as ever', async () => {
    changeItems(isDelta, (item) => delete item.singleValueExtendedProperties)
    const at = moment()
    await send({ subject: 'salary talk', sensitivity: 'private', at })
    for (let number = 1; number <= 4; number++) await send({ subject: `no secret ${number}` })
    await house.synced('mail', 'calendar')
    expect(await rowAt(at.replace(/\.\d+/, '.000'))).toMatchObject({ private: true, subject: null, from: null })
    expect(await stored({ subject: 'salary talk' })).toEqual([])
    for (let number = 1; number <= 4; number++) expect(await rowOf(`no secret ${number}`)).toMatchObject({ private: false })
    expect((await mailStream()).lastError).toBeNull()
  })

  it('Where Microsoft does not say whether something is marked, it counts as marked.', async () => {
    changeItems((answer) => /\/messages\//i.test(answer.path), (item) => delete item.singleValueExtendedProperties)
    const at = moment()
    await send({ subject: 'nobody says', at })
    await house.synced('mail', 'calendar')
    expect(await rowAt(at)).toMatchObject({ private: true, subject: null, preview: null, from: null })
    expect(await stored({ subject: 'nobody says' })).toEqual([])
  })

  it('of an opened mail keeps it closed', async () => {
    await send({ subject: 'read before' })
    await house.synced('mail', 'calendar')
    const { id } = (await rowOf('read before'))!
    changeItems(({ path }) => isOne(path), (item) => delete item.singleValueExtendedProperties)
    expect(await house.as('Admin', 'GET', `/messages/${id}/body`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
  })

  it('of a meeting is asked for once more, and else it is a time and no more', async () => {
    await meet({ subject: 'salary meeting', sensitivity: 'private' })
    await meet({ subject: 'plain meeting' })
    changeItems(isList, (item) => delete item.sensitivity)
    await house.synced('mail', 'calendar')
    expect((await agenda()).map((row) => row.subject)).not.toContain('salary meeting')
    const plain = (await agenda()).find((row) => row.subject === 'plain meeting')!
    expect(plain).toMatchObject({ private: false })
    changeItems(({ path }) => isOne(path), (item) => delete item.sensitivity)
    expect(await house.as('Admin', 'GET', `/meetings/${plain.id}`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
    await house.synced('mail', 'calendar')
    expect((await agenda()).map((row) => row.subject)).not.toContain('plain meeting')
    expect(JSON.stringify(await house.db.collection('meetings').find().toArray())).not.toContain('plain meeting')
  })
})

describe('a mail that left its folder and came back between two rounds', () => {
  /** A folder's delta tells no more than that it left. */
  const toldAsRemoved = (id: string) =>
    change((answer) => {
      if (isDelta(answer) && Array.isArray(answer.body.value)) answer.body.value = (answer.body.value as Json[]).map((item) => (item.id === id ? { id, '@removed': { reason: 'deleted' } } : item))
    })
  const comeBack = async (id: string) => {
    for (const folder of ['archive', 'inbox']) await house.simulator('POST', `/mail/${encodeURIComponent(id)}/move`, { folder })
  }

  it('is read whole, in the same request that asks where it lies', async () => {
    const { id } = await send({ subject: 'old words' })
    await house.synced('mail', 'calendar')
    toldAsRemoved(id)
    changeItems(({ path }) => isOne(path), (item) => {
      if (item.id === id) Object.assign(item, { subject: 'new words', ccRecipients: [{ emailAddress: { address: kim } }] })
    })
    await comeBack(id)
    await house.synced('mail', 'calendar')
    expect(await rowOf('old words')).toBeUndefined()
    expect(await rowOf('new words')).toMatchObject({ cc: [{ address: kim }] })
  })

  it('is private from then on, if it is marked so meanwhile', async () => {
    const { id } = await send({ subject: 'open at first' })
    await house.synced('mail', 'calendar')
    toldAsRemoved(id)
    changeItems(({ path }) => isOne(path), (item) => {
      if (item.id === id) item.singleValueExtendedProperties = [{ id: 'Integer 0x36', value: '2' }, { id: 'String 0x1a', value: 'IPM.Note' }]
    })
    await comeBack(id)
    await house.synced('mail', 'calendar')
    expect(await stored({ subject: 'open at first' })).toEqual([])
    expect(await stored({ messageId: id })).toMatchObject([{ private: true, subject: null, to: [] }])
  })

  it('is found although it was new', async () => {
    const { id } = await send({ subject: 'new and moved about' })
    toldAsRemoved(id)
    await comeBack(id)
    await house.synced('mail', 'calendar')
    expect(await rowOf('new and moved about')).toBeDefined()
  })

  it('goes when it lies in Deleted Items by then', async () => {
    const { id } = await send({ subject: 'to the bin' })
    await house.synced('mail', 'calendar')
    await house.simulator('POST', `/mail/${encodeURIComponent(id)}/move`, { folder: 'deleteditems' })
    await house.synced('mail', 'calendar')
    expect(await stored({ messageId: id })).toEqual([])
  })
})

describe('what cannot be read stops nothing else', () => {
  it('a folder that Exchange lists and does not open: the others are read, and the stream says so of a folder', async () => {
    let bad: string | undefined
    change((answer) => {
      if (!isDelta(answer) || !answer.path.includes(mailboxId)) return
      const folder = /mailFolders(?:\/|\(')([^/')]+)/i.exec(answer.path)![1]!
      bad ??= folder
      if (folder === bad) Object.assign(answer, { status: 404, body: graphError('ErrorSyncFolderNotFound') })
    })
    await send({ subject: 'healthy 1' })
    await send({ subject: 'healthy 2', folder: 'sentitems', from: mailbox, to: [kim] })
    await house.synced('mail', 'calendar')
    expect((await rows()).filter((row) => row.subject?.startsWith('healthy')).length).toBeGreaterThan(0)
    const stream = await mailStream()
    expect(stream.lastError).toMatchObject({ code: 'partlyRead', message: expect.stringMatching(/^Everything was read but 1 folder\. .*mail folder/) as string })
    expect(stream.lastError!.message).not.toMatch(/moved or deleted/)
    expect(stream.unread).toMatchObject([{ what: 'folder', id: bad, code: 'gone' }])
    expect((await own()).status).not.toBe('connected')
    const listed = house.graph().asked.length
    for (const end of undo.splice(0)) end()
    await house.synced('mail', 'calendar')
    expect((await mailStream()).lastError).toBeNull()
    expect((await rows()).filter((row) => row.subject?.startsWith('healthy'))).toHaveLength(2)
    // The list of folders has been read anew, from its start.
    expect(house.graph().asked.slice(listed).filter(({ path }) => path.includes(mailboxId) && /mailFolders\/delta\?\$select/.test(path))).toHaveLength(1)
  })

  it('a mailbox without one of its standard folders, or without any, is read; each is found as soon as it is there', async () => {
    const names = ['outbox', 'drafts', 'junkemail', 'deleteditems', 'sentitems']
    const facts = async () =>
      (await house.db.collection<{ facts: { folders: { missing: string[]; sentFolderId: string | null; excludedFolderIds: string[] } } }>('units').findOne({ stream: 'mail', mailbox }))!.facts.folders
    let missing = names
    await house.db.collection('units').updateMany({ stream: 'mail' }, { $set: { facts: null } })
    change((answer) => {
      if (missing.some((name) => answer.path.includes(`mailFolders/${name}?`))) Object.assign(answer, { status: 404, body: graphError('ErrorItemNotFound') })
    })
    for (const now of [names, ['outbox'], []]) {
      missing = now
      await send({ subject: `without ${now.length} folders` })
      await house.synced('mail', 'calendar')
      expect(await rowOf(`without ${now.length} folders`)).toBeDefined()
      expect((await mailStream()).lastError).toBeNull()
      expect((await facts()).missing.sort()).toEqual([...now].sort())
    }
    expect((await facts()).sentFolderId).not.toBeNull()
    expect((await facts()).excludedFolderIds).toHaveLength(4)
  })

  it.each([500, 504])('pages that answer %i as long as they are large are asked for smaller, and larger again', async (status) => {
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    const sizes: number[] = []
    change((answer) => {
      if (!isDelta(answer) || !answer.path.includes(mailboxId)) return
      const size = Number(/maxpagesize=(\d+)/.exec(answer.sent.prefer ?? '')?.[1])
      sizes.push(size)
      if (size > 50) Object.assign(answer, { status, body: graphError('ErrorInternalServerError') })
    })
    await send({ subject: `after ${status}` })
    await house.synced('mail', 'calendar')
    expect(await rowOf(`after ${status}`)).toBeDefined()
    expect((await mailStream()).lastError).toBeNull()
    expect(new Set(sizes)).toEqual(new Set([500, 250, 125, 62, 31]))
  })

  it('a message that Exchange cannot convert is named, everything else is read, and it is read as soon as it can be', async () => {
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    const { id } = await send({ subject: 'cannot be converted' })
    change((answer) => {
      const holds = (item: Json) => item.id === id && 'subject' in item
      const poisoned = Array.isArray(answer.body.value) ? (answer.body.value as Json[]).some(holds) : holds(answer.body)
      if (poisoned) Object.assign(answer, { status: 500, body: graphError('ErrorInternalServerError') })
    })
    await send({ subject: 'beside it' })
    await house.synced('mail', 'calendar')
    expect(await rowOf('beside it')).toBeDefined()
    let stream = await mailStream()
    expect(stream.unread).toMatchObject([{ what: 'message', id }])
    expect(stream.lastError).toMatchObject({ code: 'partlyRead', message: expect.stringContaining('1 message') as string })
    expect(stream.lastError!.message).not.toContain('converted')
    // It is not forgotten, although no delta tells of it again.
    await send({ subject: 'after it' })
    await house.synced('mail', 'calendar')
    expect(await rowOf('after it')).toBeDefined()
    stream = await mailStream()
    expect(stream.unread).toMatchObject([{ what: 'message', id }])
    for (const end of undo.splice(0)) end()
    await house.synced('mail', 'calendar')
    expect(await rowOf('cannot be converted')).toBeDefined()
    expect(await mailStream()).toMatchObject({ lastError: null, unread: [] })
  })

  it('a message that Exchange does not even list is the fault of its folder, and the other folders are read', async () => {
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    const { id } = await send({ subject: 'cannot be listed' })
    change((answer) => {
      if (Array.isArray(answer.body.value) && (answer.body.value as Json[]).some((item) => item.id === id)) Object.assign(answer, { status: 500, body: graphError('ErrorInternalServerError') })
    })
    await send({ subject: 'in another folder', folder: 'sentitems', from: mailbox, to: [kim] })
    await house.synced('mail', 'calendar')
    expect(await rowOf('in another folder')).toBeDefined()
    const stream = await mailStream()
    expect(stream.unread).toMatchObject([{ what: 'folder', code: 'graphUnexpected' }])
    expect(stream.lastError).toMatchObject({ code: 'partlyRead', message: expect.stringContaining('1 folder') as string })
    for (const end of undo.splice(0)) end()
    await house.synced('mail', 'calendar')
    expect(await rowOf('cannot be listed')).toBeDefined()
    expect(await mailStream()).toMatchObject({ lastError: null, unread: [] })
  })

  it('null and nonsense among people, names, times and items: everything else is read', async () => {
    changeItems(isDelta, (item) => {
      if (item.subject === 'null among recipients') Object.assign(item, { toRecipients: [null, { emailAddress: null }, { emailAddress: { address: 7, name: {} } }], sentDateTime: null })
      if (item.subject === 'no people') Object.assign(item, { toRecipients: null, ccRecipients: null, bccRecipients: null, internetMessageId: null, bodyPreview: null })
    })
    change((answer) => {
      if (isDelta(answer) && Array.isArray(answer.body.value)) answer.body.value = [null, 7, {}, ...(answer.body.value as Json[])]
      if (isList(answer) && Array.isArray(answer.body.value)) answer.body.value = [null, ...(answer.body.value as Json[])]
    })
    changeItems(isList, (item) => {
      if ((item as Json | null)?.subject === 'null among attendees') Object.assign(item, { attendees: [null, { emailAddress: null }, { emailAddress: { address: mailbox, name: null } }], iCalUId: null })
    })
    await send({ subject: 'null among recipients' })
    await send({ subject: 'no people' })
    await meet({ subject: 'null among attendees' })
    await house.synced('mail', 'calendar')
    expect(await rowOf('null among recipients')).toMatchObject({ to: [], others: 3, from: { address: kim } })
    expect(await rowOf('no people')).toMatchObject({ to: [], others: 0 })
    expect((await agenda()).find((row) => row.subject === 'null among attendees')).toMatchObject({ others: 2, attendees: [{ address: mailbox }] })
    expect((await own()).streams.filter((one) => one.stream !== 'eligibility' && one.lastError !== null)).toEqual([])
  })
})

describe('an item of a delta that says less', () => {
  const left: Record<string, string[]> = {
    'its subject': ['subject', 'bodyPreview'],
    'its recipients': ['toRecipients', 'ccRecipients', 'bccRecipients'],
    'who wrote it': ['from', 'sender'],
    'when it was received': ['receivedDateTime', 'sentDateTime'],
    'when it was changed': ['lastModifiedDateTime'],
    'whether something is attached': ['hasAttachments'],
    everything: [
      'subject', 'bodyPreview', 'from', 'sender', 'toRecipients', 'ccRecipients', 'bccRecipients', 'receivedDateTime', 'sentDateTime', 'internetMessageId',
      'hasAttachments', 'parentFolderId', 'lastModifiedDateTime', 'singleValueExtendedProperties',
    ],
  }
  const moveAbout = async (id: string) => {
    for (const folder of ['archive', 'inbox']) await house.simulator('POST', `/mail/${encodeURIComponent(id)}/move`, { folder })
  }

  it('is completed by asking, whatever it leaves out', async () => {
    const sent = new Map<string, string[]>()
    for (const [what, fields] of Object.entries(left)) sent.set((await send({ subject: `says less: ${what}`, cc: ['stranger@outside.example'] })).id, fields)
    await house.synced('mail', 'calendar')
    const shown = async () => (await rows()).filter((row) => row.subject?.startsWith('says less'))
    const before = await shown()
    expect(before).toHaveLength(Object.keys(left).length)
    changeItems(isDelta, (item) => {
      for (const field of sent.get(item.id as string) ?? []) delete item[field]
    })
    for (const id of sent.keys()) await moveAbout(id)
    await house.synced('mail', 'calendar')
    expect(await shown()).toEqual(before)
  })

  it('that cannot be completed keeps what is known, and takes what is said', async () => {
    const { id } = await send({ subject: 'before', body: 'First words.' })
    await house.synced('mail', 'calendar')
    const before = (await rowOf('before'))!
    changeItems(({ path }) => /\/messages\//i.test(path), (item) => {
      if (item.id !== id) return
      for (const field of ['toRecipients', 'bodyPreview', 'from', 'sender']) delete item[field]
      item.subject = 'afterwards'
    })
    await moveAbout(id)
    await house.synced('mail', 'calendar')
    expect(await rowOf('afterwards')).toEqual({ ...before, subject: 'afterwards' })
    // A whole reading does not take it away either.
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced('mail', 'calendar')
    expect(await rowOf('afterwards')).toBeDefined()
  })
})

describe('a reading that says less, or older things, than is known', () => {
  it('of a mail folder, whole, with older versions: nothing goes, and nothing is overwritten', async () => {
    await send({ subject: 'known well' })
    await house.synced('mail', 'calendar')
    const before = (await rows()).length
    changeItems(isDelta, (item) => {
      if (typeof item.lastModifiedDateTime === 'string') item.lastModifiedDateTime = new Date(Date.parse(item.lastModifiedDateTime) - 60_000).toISOString()
      if (item.subject === 'known well') item.subject = 'known before'
    })
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced('mail', 'calendar')
    expect((await rows()).length).toBe(before)
    expect(await rowOf('known well')).toBeDefined()
    expect(await rowOf('known before')).toBeUndefined()
  })

  it.each(['attendees', 'organizer', 'subject', 'start', 'isCancelled', 'isAllDay', 'isOnlineMeeting', 'type', 'iCalUId'])('of a meeting without its %s keeps what is known of that', async (field) => {
    await meet({ organizer: field === 'organizer' ? kim : mailbox, attendees: field === 'organizer' ? [mailbox] : [kim, mailbox], subject: `without ${field}` })
    await house.synced('mail', 'calendar')
    const before = await agenda()
    changeItems((answer) => isList(answer) || isOne(answer.path), (item) => delete item[field])
    await house.synced('mail', 'calendar')
    expect(await agenda()).toEqual(before)
  })

  it('of a meeting that cannot be asked for by itself keeps it, and one that is private by then is a time alone', async () => {
    await meet({ organizer: mailbox, attendees: [kim, mailbox], subject: 'half told' })
    await house.synced('mail', 'calendar')
    const row = async () => (await house.db.collection('meetings').find({ subject: 'half told' }).toArray()).length
    changeItems(isList, (item) => delete item.attendees)
    change((answer) => {
      if (isOne(answer.path)) Object.assign(answer, { status: 500, body: graphError('ErrorInternalServerError') })
    })
    await house.synced('mail', 'calendar')
    expect(await row()).toBe(1)
    changeItems(isList, (item) => {
      if (item.subject === 'half told') item.sensitivity = 'private'
    })
    const count = (await agenda()).length
    await house.synced('mail', 'calendar')
    expect(await row()).toBe(0)
    expect((await agenda()).length).toBe(count)
  })

  it('of a meeting of which nobody says who takes part is named, when it is new', async () => {
    changeItems((answer) => isList(answer) || isOne(answer.path), (item) => delete item.attendees)
    const { ids } = await meet({ organizer: mailbox, attendees: [kim, mailbox], subject: 'with whom' })
    await house.synced('mail', 'calendar')
    const calendar = (await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!
    expect(calendar.unread.map(({ id }) => id)).toContain(ids[0])
    for (const end of undo.splice(0)) end()
    await house.synced('mail', 'calendar')
    expect((await agenda()).map(({ subject }) => subject)).toContain('with whom')
  })
})

describe('two mails of one mailbox', () => {
  it('that share Message-ID, sender and time stay two; what was sent to oneself as well is one', async () => {
    const mail = { subject: 'twice', internetMessageId: '<twice@lists.example>', at: moment() }
    for (let copies = 0; copies < 2; copies++) await send(mail)
    const both = { subject: 'to myself as well', internetMessageId: '<self@lists.example>', from: mailbox, to: [kim], cc: [mailbox] }
    const at = moment()
    await send({ ...both, at, folder: 'sentitems' })
    // Sent when the other was: what arrives is received two seconds after it was sent.
    await send({ ...both, at: new Date(Date.parse(at) + 2_000).toISOString() })
    await house.synced('mail', 'calendar')
    expect((await rows()).filter((row) => row.subject === 'twice')).toHaveLength(2)
    expect(new Set((await stored({ subject: 'to myself as well' })).map(({ mailKey }) => mailKey as string)).size).toBe(1)
    expect((await rows()).filter((row) => row.subject === 'to myself as well')).toHaveLength(1)
  })
})

describe('who wrote it', () => {
  const address = (name: string, of: string) => ({ emailAddress: { name, address: of } })
  it('is the sender where from is an X.500 name, also of an opened mail', async () => {
    changeItems(({ path }) => /\/messages\//i.test(path), (item) => {
      if (item.subject === 'our own words') item.from = address('Robin', '/O=EXCHANGELABS/OU=X/CN=RECIPIENTS/CN=ROBIN')
    })
    await send({ subject: 'our own words', from: mailbox, to: [kim] })
    await house.synced('mail', 'calendar')
    const row = (await rowOf('our own words'))!
    expect(row).toMatchObject({ direction: 'out', from: { address: mailbox, side: 'msp' }, sender: null })
    expect(await house.get(`/messages/${row.id}/body`)).toMatchObject({ from: { address: mailbox } })
  })

  it('of a mail that a customer’s person sent for somebody else is kept and found', async () => {
    changeItems(isDelta, (item) => {
      if (item.subject === 'on behalf') Object.assign(item, { from: address('News', 'news@outside.example'), sender: address("'Kim'", `'${kim.toUpperCase()}';`), toRecipients: [address('', mailbox)] })
    })
    await send({ subject: 'on behalf', from: 'news@outside.example' })
    await house.synced('mail', 'calendar')
    expect(await rowOf('on behalf')).toMatchObject({ direction: 'in', from: { domain: 'outside.example', side: 'outside' }, sender: { address: kim, side: 'customer' } })
    const answer = await house.simulator<{ activities: unknown[] }>('POST', '/chat', { from: mailbox, text: `last email from ${customer.name}` })
    expect(JSON.stringify(answer.activities)).toContain('on behalf')
  })

  it('at an address that is decorated is the customer', async () => {
    const at = kim.split('@')[1]!
    const decorated = [`'kim.kettle@${at}'`, `‹kim.kettle@${at}›`, `<kim.kettle@${at}>`, `kim.kettle@${at};`, `SMTP:kim.kettle@${at}`, `kim.kettle@${at}\u200B`, `Kim <kim.kettle@${at}>`]
    for (const [number, address] of decorated.entries()) await send({ subject: `decorated ${number}`, from: mailbox, folder: 'sentitems', to: [{ name: "'Kim'", address }] })
    await house.synced('mail', 'calendar')
    for (const number of decorated.keys()) expect(await rowOf(`decorated ${number}`)).toMatchObject({ to: [{ address: kim, side: 'customer' }] })
  })
})

describe('a meeting in another zone than asked for', () => {
  it('is read in its zone, by Windows’ name for it or IANA’s', async () => {
    const zones: Record<string, string> = { 'W. Europe Standard Time': 'Europe/Berlin', 'Pacific Standard Time': 'America/Los_Angeles', 'Asia/Kolkata': 'Asia/Kolkata', 'tzone://Microsoft/Utc': 'UTC' }
    for (const zone of Object.keys(zones)) await meet({ subject: `in ${zone}` })
    await house.synced('mail', 'calendar')
    const shown = async () => (await agenda()).filter((row) => row.subject?.startsWith('in '))
    const before = await shown()
    expect(before).toHaveLength(4)
    const wall = (text: string, timeZone: string) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(`${text.slice(0, 19)}Z`)).replace(' ', 'T')
    changeItems(isList, (item) => {
      const [zone, iana] = Object.entries(zones).find(([name]) => item.subject === `in ${name}`) ?? []
      if (iana === undefined) return
      for (const field of ['start', 'end']) item[field] = { dateTime: `${wall((item[field] as { dateTime: string }).dateTime, iana)}.0000000`, timeZone: zone }
    })
    await house.synced('mail', 'calendar')
    expect(await shown()).toEqual(before)
    expect((await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!.lastError).toBeNull()
  })

  it('that nobody knows is read as UTC, and the stream says so', async () => {
    await meet({ subject: 'somewhere' })
    await house.synced('mail', 'calendar')
    const [before] = (await agenda()).filter((row) => row.subject === 'somewhere')
    changeItems(isList, (item) => {
      if (item.subject === 'somewhere') for (const field of ['start', 'end']) Object.assign(item[field] as Json, { timeZone: 'Customized Time Zone' })
    })
    await house.synced('mail', 'calendar')
    expect((await agenda()).filter((row) => row.subject === 'somewhere')).toEqual([before])
    const stream = (await own()).streams.find((one) => one.stream === 'calendar' && one.mailbox === mailbox)!
    expect(stream.lastError).toMatchObject({ code: 'partlyRead', message: expect.stringContaining('zone') as string })
  })
})

describe('a mailbox', () => {
  it('gets four requests at once at most, however much is read and opened, those of batches counted', async () => {
    for (let number = 0; number < 6; number++) await send({ subject: `many ${number}` })
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
