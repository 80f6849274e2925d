// What of a message reaches the database and what does not: tables, and properties over invented people.
import fc from 'fast-check'
import type { Message, Recipient } from '@microsoft/microsoft-graph-types'
import { describe, expect, it } from 'vitest'
import { addressCases, book } from '../people/addresses.fixture.ts'
import { customerOf } from '../people/participants.ts'
import { rowsToKeep } from './filter.ts'

const copy = { tenantId: 't', mailboxId: 'm', folderId: 'inbox', sentFolderId: 'sent', reading: 1 }
const to = (address: string, name = ''): Recipient => ({ emailAddress: { address, name } })
const message = (change: Message): Message & { id: string } => ({
  id: 'AAMk', subject: 'S', bodyPreview: 'P', receivedDateTime: '2026-01-02T03:04:05Z', sentDateTime: '2026-01-02T03:04:00Z',
  lastModifiedDateTime: '2026-01-02T03:04:06Z', internetMessageId: '<1@x.example>', hasAttachments: false, singleValueExtendedProperties: [{ id: 'String 0x1a', value: 'IPM.Note' }], ...change,
})
const keep = (change: Message) => rowsToKeep(message(change), copy, book)
const sensitivity = (value: string) => [{ id: 'Integer 0x36', value }]

describe('rowsToKeep: what is stored of a message', () => {
  it.each([
    ['from', { from: to('k@contoso.com') }],
    ['sender', { from: to('x@evil.example'), sender: to('k@contoso.com') }],
    ['to', { toRecipients: [to('k@contoso.com')] }],
    ['cc', { ccRecipients: [to('k@contoso.com')] }],
    ['bcc', { bccRecipients: [to('k@contoso.com')] }],
  ] as const)('a customer in %s keeps it', (_, change) => {
    expect(keep(change as unknown as Message).map((row) => row.customerId)).toEqual(['contoso'])
  })

  it.each([
    ['nobody at a customer', { from: to('x@evil.example'), toRecipients: [to('t@proseware.com')] }],
    ['only the MSP', { from: to('a@proseware.com'), toRecipients: [to('b@proseware.com')] }],
    ['a display name that looks like a customer', { from: to('x@evil.example', 'kim@contoso.com'), toRecipients: [to('t@proseware.com')] }],
    ['a customer in replyTo alone', { from: to('x@evil.example'), replyTo: [to('k@contoso.com')] }],
    ['the customer in the subject', { subject: 'kim@contoso.com', from: to('x@evil.example') }],
    ['nobody at all', {}],
    ['recipients without addresses', { toRecipients: [{ emailAddress: { name: 'All of Contoso' } }, {}] }],
  ] as [string, Message][])('%s: dropped', (_, change) => {
    expect(keep(change)).toEqual([])
  })

  it('two customers in one message: one row each', () => {
    const rows = keep({ from: to('a@contoso.com'), toRecipients: [to('b@fabrikam.com')] })
    expect(rows.map((row) => row.customerId).sort()).toEqual(['contoso', 'fabrikam'])
    expect(new Set(rows.map((row) => row._id)).size).toBe(2)
  })

  it('strangers are a number, an outside sender is a domain', () => {
    const [row] = keep({
      from: to('stranger@evil.example', 'Stranger'),
      toRecipients: [to('kim@contoso.com', 'Kim'), to('tech@proseware.com', 'Tech'), to('x@other.example'), { emailAddress: { name: 'A group' } }],
      ccRecipients: [to('/O=X/CN=Y')],
    })
    expect(row).toMatchObject({
      from: { domain: 'evil.example', side: 'outside' },
      to: [{ name: 'Kim', address: 'kim@contoso.com', side: 'customer' }, { name: 'Tech', address: 'tech@proseware.com', side: 'msp' }],
      cc: [],
      others: 3,
    })
    expect(JSON.stringify(row)).not.toMatch(/stranger|other\.example/i)
  })

  it('a display name that holds an address is not kept', () => {
    const [row] = keep({ from: to('noreply@contoso.com', 'boss@evil.example via Contoso') })
    expect(row!.from).toEqual({ name: null, address: 'noreply@contoso.com', side: 'customer' })
  })

  it('a missing sender is no sender; in Sent Items it was us', () => {
    expect(keep({ toRecipients: [to('k@contoso.com')] })[0]).toMatchObject({ from: null, direction: 'in' })
    expect(rowsToKeep(message({ toRecipients: [to('k@contoso.com')] }), { ...copy, folderId: 'sent' }, book)[0]!.direction).toBe('out')
  })

  it.each([['2', true], ['3', true], ['0', false], ['1', false], ['4', true], ['', true]] as const)('sensitivity %s → private %s', (value, expected) => {
    const [row] = keep({
      from: to('k@contoso.com', 'Kim'), toRecipients: [to('t@proseware.com')], subject: 'Secret', bodyPreview: 'Secret', hasAttachments: true,
      singleValueExtendedProperties: sensitivity(value),
    })
    expect(row!.private).toBe(expected)
    if (!expected) return
    expect(row).toMatchObject({
      direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, blindOthers: 0, hasAttachments: false,
    })
    expect(JSON.stringify(row)).not.toMatch(/Secret|Kim|k@contoso/)
  })

  it.each([
    ['no extended property at all', {}],
    ['null in their place', { singleValueExtendedProperties: null }],
    ['an empty list', { singleValueExtendedProperties: [] }],
    ['others than those that were asked for', { singleValueExtendedProperties: [{ id: 'Integer 0xe08', value: '7' }] }],
    ['nonsense', { singleValueExtendedProperties: [null, 7, {}] }],
    ['the mark without a value', { singleValueExtendedProperties: [{ id: 'Integer 0x36' }] }],
  ])('%s does not say that it is not private', (_what, change) => {
    const bare: Message & { id: string } = message({ from: to('k@contoso.com', 'Kim'), subject: 'Secret' })
    delete bare.singleValueExtendedProperties
    const [row] = rowsToKeep(Object.assign(bare, change), copy, book)
    expect(row).toMatchObject({ private: true, subject: null, from: null })
    expect(JSON.stringify(row)).not.toMatch(/Secret|Kim/)
  })

  it.each(['String 0x1A', 'String 0x001A', 'string 0x1a'])('%s alone says that nobody marked it', (id) => {
    expect(keep({ from: to('k@contoso.com'), singleValueExtendedProperties: [{ id, value: 'IPM.Note' }] })[0]!.private).toBe(false)
  })

  describe('who wrote it', () => {
    const x500 = '/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=ROBIN'
    it('from an X.500 name it is the sender', () => {
      const [row] = keep({ from: to(x500, 'Robin'), sender: to('robin@proseware.com', 'Robin'), toRecipients: [to('k@contoso.com')] })
      expect(row).toMatchObject({ direction: 'out', from: { address: 'robin@proseware.com', side: 'msp' }, sender: null })
      expect(keep({ from: to(x500), sender: to('k@contoso.com'), toRecipients: [to('t@proseware.com')] })[0]).toMatchObject({ direction: 'in', from: { address: 'k@contoso.com' } })
    })

    it.each([
      ['a customer’s person for somebody at the MSP', 't@proseware.com', 'k@contoso.com', 'in'],
      ['a customer’s person for another', 'boss@contoso.com', 'k@contoso.com', 'in'],
      ['a customer’s person for a stranger', 'x@evil.example', 'k@contoso.com', 'in'],
      ['somebody at the MSP for another', 't@proseware.com', 'u@proseware.com', 'out'],
      ['somebody at the MSP for a customer’s person', 'k@contoso.com', 't@proseware.com', 'in'],
    ])('%s: both are kept', (_, from, sender, direction) => {
      const [row] = keep({ from: to(from), sender: to(sender), toRecipients: [to('k2@contoso.com')] })
      expect(row).toMatchObject({ direction, sender: { address: sender } })
    })

    it('a sender from outside leaves a domain, and the same one as from leaves nothing', () => {
      expect(keep({ from: to('k@contoso.com'), sender: to('stranger@evil.example', 'Stranger') })[0]!.sender).toEqual({ domain: 'evil.example', side: 'outside' })
      expect(keep({ from: to('k@contoso.com', 'Kim'), sender: to("'K@Contoso.com'", 'K') })[0]!.sender).toBeNull()
    })

    it('a sender at the MSP may see it', () => {
      expect(keep({ from: to('k@contoso.com'), sender: to('t@proseware.com') })[0]!.audience).toContain('t@proseware.com')
    })
  })

  it('strangers among the blind copies are counted apart', () => {
    expect(keep({ from: to('k@contoso.com'), toRecipients: [to('x@evil.example')], bccRecipients: [to('y@evil.example'), to('/O=X/CN=Y'), to('t@proseware.com')] })[0]).toMatchObject({ others: 1, blindOthers: 2 })
  })

  const nonsense: [string, Record<string, unknown>][] = [
    ['a null recipient', { toRecipients: [null, to('k@contoso.com')] }],
    ['null for the recipients', { toRecipients: null, ccRecipients: null, bccRecipients: null, from: to('k@contoso.com') }],
    ['a text for the recipients', { toRecipients: 'x', from: to('k@contoso.com') }],
    ['a null emailAddress', { toRecipients: [{ emailAddress: null }, to('k@contoso.com')] }],
    ['an address that is a number', { toRecipients: [{ emailAddress: { address: 7, name: 'x' } }, to('k@contoso.com')] }],
    ['an address that is an object', { from: { emailAddress: { address: { a: 1 } } }, toRecipients: [to('k@contoso.com')] }],
    ['a name that is no text', { from: { emailAddress: { address: 'k@contoso.com', name: 7 } } }],
    ['a null name', { from: { emailAddress: { address: 'k@contoso.com', name: null } } }],
    ['null for who wrote it', { from: null, sender: null, toRecipients: [to('k@contoso.com')] }],
    ['a text for who wrote it', { from: 'k', toRecipients: [to('k@contoso.com')] }],
    ['no subject', { subject: null, from: to('k@contoso.com') }],
    ['a subject that is no text', { subject: 7, bodyPreview: {}, from: to('k@contoso.com') }],
    ['no dates but one', { receivedDateTime: null, lastModifiedDateTime: undefined, from: to('k@contoso.com') }],
    ['dates that are none', { lastModifiedDateTime: 'soon', receivedDateTime: '', from: to('k@contoso.com') }],
    ['no Message-ID', { internetMessageId: null, sentDateTime: null, from: to('k@contoso.com') }],
  ]
  it.each(nonsense)('%s: everything else is kept', (_, change) => {
    const [row] = keep(change)
    expect(row!.customerId).toBe('contoso')
    expect(row!.receivedAt.getTime()).toBeGreaterThan(0)
    expect(row!.modifiedAt.getTime()).toBeGreaterThan(0)
    expect(JSON.stringify(row)).not.toContain('[object')
  })

  it('without any date it cannot be shown', () => {
    expect(keep({ receivedDateTime: null, sentDateTime: null, lastModifiedDateTime: null, from: to('k@contoso.com') })).toEqual([])
  })

  it('the preview has 140 characters, and none is cut in two', () => {
    const [row] = keep({ from: to('k@contoso.com'), bodyPreview: '🙂'.repeat(300) })
    expect([...row!.preview!]).toHaveLength(140)
    expect(Buffer.from(row!.preview!).toString()).toBe(row!.preview)
  })

  it('copies of one mail share a key; another sender, time or id does not', () => {
    const key = (change: Message) => keep({ from: to('k@contoso.com'), ...change })[0]!.mailKey
    expect(key({ receivedDateTime: '2026-01-02T03:04:59Z' })).toBe(key({}))
    expect(key({ internetMessageId: '<2@x.example>' })).not.toBe(key({}))
    expect(key({ sentDateTime: '2026-01-02T03:05:00Z' })).not.toBe(key({}))
    expect(key({ from: to('j@contoso.com') })).not.toBe(key({}))
  })

  it('the audience is the people of the MSP who take part and the mailbox itself, never a customer or a stranger', () => {
    const [row] = keep({
      from: to('k@contoso.com'), toRecipients: [to('A@proseware.com'), to('x@evil.example')], bccRecipients: [to('b@proseware.com')],
    })
    expect(row!.audience.sort()).toEqual(['a@proseware.com', 'b@proseware.com', 'm'])
  })

  it('a customer that got a blind copy alone is known to the sender and to who holds the copy, not to who else takes part', () => {
    const rows = keep({
      from: to('a@proseware.com'), toRecipients: [to('b@proseware.com'), to('k@contoso.com')], bccRecipients: [to('f@fabrikam.com'), to('c@proseware.com')],
    })
    const audienceOf = (customerId: string) => rows.find((row) => row.customerId === customerId)!.audience.sort()
    expect(audienceOf('fabrikam')).toEqual(['a@proseware.com', 'm'])
    expect(audienceOf('contoso')).toEqual(['a@proseware.com', 'b@proseware.com', 'c@proseware.com', 'm'])
  })
})

describe('properties', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}$/)
  const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.example`)
  const anyAddress = fc.oneof(
    fc.tuple(label, domain).map(([local, at]) => `${local}@${at}`),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(...addressCases.map(([address]) => address)),
  )

  it('never throws, and keeps exactly when some address is a customer’s', () => {
    fc.assert(
      fc.property(fc.array(anyAddress, { maxLength: 6 }), fc.option(anyAddress), (recipients, from) => {
        const rows = keep({ ...(from === null ? {} : { from: to(from) }), toRecipients: recipients.map((one) => to(one, 'n')) })
        const expected = [...recipients, ...(from === null ? [] : [from])].some((one) => customerOf(one, book) !== null)
        expect(rows.length > 0).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('no stranger’s local part reaches a row', () => {
    fc.assert(
      fc.property(fc.array(domain, { maxLength: 5 }), (domains) => {
        const strangers = domains.map((at, index) => to(`canary${index}xyz@${at}`, `canary${index}xyz@${at}`))
        const rows = keep({ from: strangers[0] ?? null, toRecipients: [to('k@contoso.com'), ...strangers], ccRecipients: strangers })
        expect(JSON.stringify(rows)).not.toContain('canary')
      }),
    )
  })
})
