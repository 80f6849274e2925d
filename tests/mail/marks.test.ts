// Answers about mail that leave out a mark of privacy, or say it otherwise: who wrote it, where it lies: never wrong, never missing, never more than a
// person may see.
import { describe, expect, it } from 'vitest'
import {
  agenda, change, changeItems, customer, house, isDelta, isList, isOne, kim, mailbox, mailStream, meet, moment, rowAt, rowOf, rows, send, stored,
  useExchange, type Json,
} from '../house/exchange.fixture.ts'

useExchange()

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
    expect(await stored({ immutableId: id })).toMatchObject([{ private: true, subject: null, to: [] }])
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
    expect(await stored({ immutableId: id })).toEqual([])
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
