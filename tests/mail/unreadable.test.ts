// Answers about mail that say less than they should, or cannot be read: never wrong, never missing, never more than a
// person may see.
import { describe, expect, it } from 'vitest'
import {
  agenda, change, changeItems, house, isDelta, isList, kim, mailbox, mailboxId, mailStream, meet, own, rowOf, rows, send, undo, useExchange,
  type Json,
} from '../house/exchange.fixture.ts'
import { graphError } from '../house/graphProxy.fixture.ts'
import { notGranted } from '../house/house.fixture.ts'

useExchange()

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
    expect((await own()).streams.filter((one) => !notGranted.includes(one.stream) && one.lastError !== null)).toEqual([])
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
})
