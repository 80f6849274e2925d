import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { trial, type Item, type Trial } from '../../simulator.fixture.ts'

const MAILBOX = 'robin.rivet@proseware.com'
const IMMUTABLE = 'IdType="ImmutableId"'
const PREFER = `odata.maxpagesize=25, ${IMMUTABLE}`
const INBOX = `/users/${MAILBOX}/mailFolders/inbox/messages/delta?$select=subject,receivedDateTime`
let t: Trial

beforeAll(async () => { t = await trial() })
afterAll(() => t.close())
afterEach(() => expect(t.sim.violations).toEqual([]))
const idsOf = (items: Item[]): string[] => [...new Set(items.filter((i) => !i['@removed']).map((i) => i.id))]
const inboxTruth = (): string[] => {
  const mailbox = [...t.sim.world.msp.mailboxes.values()][0]?.()
  const inbox = [...(mailbox?.folders.values() ?? [])].find((f) => f.wellKnown === 'inbox')
  return [...(mailbox?.messages.values() ?? [])].filter((m) => m.folderId === inbox?.id).map((m) => m.key)
}

describe('message delta', () => {
  it('tells each message of the folder, in pages of the size asked for on that request', async () => {
    const { items, pages } = await t.readAll(INBOX, PREFER)
    expect(idsOf(items)).toHaveLength(inboxTruth().length)
    expect(Math.max(...pages.map((p) => p.value.length))).toBe(25)
    expect(Object.keys(items[0] as Item).filter((k) => !k.startsWith('@')).sort()).toEqual(['id', 'receivedDateTime', 'subject'])
    expect((await t.get(INBOX)).body.value.length).toBeLessThanOrEqual(10)
  })

  it('echoes the preferences and gives other ids without the immutable one', async () => {
    const first = await t.get(INBOX, PREFER)
    expect(first.headers.get('preference-applied')).toBe(PREFER)
    const link = (await t.get(INBOX, 'odata.maxpagesize=1')).body['@odata.nextLink'] as string
    const [a, b] = [await t.get(link, IMMUTABLE), await t.get(link)]
    expect(a.body.value[0]?.id).not.toBe(b.body.value[0]?.id)
  })

  it('follows new mail, moves and deletions; a move keeps the immutable id only', async () => {
    const inbox = await t.readAll(INBOX, PREFER)
    const archive = await t.readAll(INBOX.replace('inbox', 'archive'), PREFER)
    const { id } = (await t.call<{ id: string }>('POST', '/simulator/mail', { mailbox: MAILBOX, subject: 'Moving' })).body
    const added = await t.readAll(inbox.deltaLink, PREFER)
    expect(added.items.at(-1)).toMatchObject({ id, subject: 'Moving' })
    const mutable = (await t.readAll(inbox.deltaLink)).items.at(-1)?.id as string
    expect((await t.get(`/users/${MAILBOX}/messages/${mutable}`)).status).toBe(200)

    await t.call('POST', `/simulator/mail/${id}/move`, { folder: 'archive' })
    expect((await t.readAll(added.deltaLink, PREFER)).items.at(-1)).toEqual({ id, '@removed': { reason: 'deleted' } })
    expect((await t.readAll(archive.deltaLink, PREFER)).items.at(-1)).toMatchObject({ id, subject: 'Moving' })
    expect((await t.get(`/users/${MAILBOX}/messages/${mutable}`)).body).toMatchObject({ error: { code: 'ErrorItemNotFound' } })
    expect((await t.get<Item>(`/users/${MAILBOX}/messages/${id}?$select=subject`, IMMUTABLE)).body).toMatchObject({ id, subject: 'Moving' })

    expect((await t.call('DELETE', `/simulator/mail/${id}`)).status).toBe(204)
    expect((await t.get(`/users/${MAILBOX}/messages/${id}`)).status).toBe(404)
  })

  it('leaves out what a filter excludes, and ends a filtered first reading after 5,000', async () => {
    const since = new Date(t.sim.clock.now() - 7 * 86_400_000).toISOString().slice(0, 19) + 'Z'
    const { items } = await t.readAll(`${INBOX}&$filter=receivedDateTime ge ${since}`, PREFER)
    expect(items.length).toBeGreaterThan(5)
    for (const item of items) expect(Date.parse(item.receivedDateTime as string)).toBeGreaterThanOrEqual(Date.parse(since))
    await t.call('POST', '/simulator/mail/bulk', { mailbox: MAILBOX, folder: 'Bulk', count: 5200 })
    const folders = (await t.readAll(`/users/${MAILBOX}/mailFolders/delta`, 'odata.maxpagesize=100')).items
    const folder = folders.find((f) => f.displayName === 'Bulk') as Item
    const bulk = `/users/${MAILBOX}/mailFolders/${folder.id}/messages/delta?$select=subject`
    const prefer = `odata.maxpagesize=500, ${IMMUTABLE}`
    expect(idsOf((await t.readAll(`${bulk}&$filter=receivedDateTime ge 2000-01-01T00:00:00Z`, prefer)).items)).toHaveLength(5000)
    expect(idsOf((await t.readAll(bulk, prefer)).items)).toHaveLength(5200)
  })

  it('forgets its tokens on demand: 410', async () => {
    const { deltaLink } = await t.readAll(INBOX, PREFER)
    const users = await t.readAll('/users/delta?$select=id')
    await t.call('POST', '/simulator/faults', { expireDeltaTokens: true })
    expect(await t.get(deltaLink)).toMatchObject({ status: 410, body: { error: { code: 'SyncStateNotFound' } } })
    const directory = await t.get(users.deltaLink)
    expect(directory.status).toBe(410)
    expect(directory.headers.get('location')).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\/delta\?\$deltatoken=$/)
  })

  it('has empty pages with a next link and repeated items somewhere', async () => {
    let [empty, repeated] = [0, 0]
    for (const size of [3, 4, 5]) {
      const { pages, items } = await t.readAll(INBOX, `odata.maxpagesize=${size}`)
      empty += pages.filter((p) => p.value.length === 0).length
      repeated += items.length - idsOf(items).length
    }
    expect(empty).toBeGreaterThan(0)
    expect(repeated).toBeGreaterThan(0)
  })
})

describe('one message', () => {
  it('shows body, sensitivity and attachments; the body as text when preferred', async () => {
    const { id } = (await t.call<{ id: string }>('POST', '/simulator/mail', {
      mailbox: MAILBOX, body: '<p>Hello <b>you</b></p>', contentType: 'html', sensitivity: 'private', omitFrom: true,
      attachments: [{ name: 'a.txt', content: 'abc' }],
    })).body
    const path = `/users/${MAILBOX}/messages/${id}`
    const html = (await t.get<Item>(path, IMMUTABLE)).body
    expect(html).toMatchObject({ body: { contentType: 'html', content: '<p>Hello <b>you</b></p>' }, hasAttachments: true })
    expect(html).not.toHaveProperty('from')
    const asText = (await t.get<Item>(`${path}?$select=body`, `${IMMUTABLE}, outlook.body-content-type="text"`)).body
    expect(asText.body).toEqual({ contentType: 'text', content: 'Hello you' })
    const expand = encodeURIComponent("singleValueExtendedProperties($filter=id eq 'Integer 0x36')")
    const marked = (await t.get<Item>(`${path}?$select=subject&$expand=${expand}`)).body
    expect(marked.singleValueExtendedProperties).toEqual([{ id: 'Integer 0x36', value: '2' }])
    const files = (await t.get(`${path}/attachments?$select=name,size`)).body.value
    expect(files).toMatchObject([{ name: 'a.txt', size: 3 }])
  })
})
