// What reaches the database and what does not: a table of real-life addresses, and properties over invented ones.
import fc from 'fast-check'
import type { Message, Recipient } from '@microsoft/microsoft-graph-types'
import { describe, expect, it } from 'vitest'
import { customerOf, makeDomainBook } from '../people/participants.ts'
import { rowsToKeep } from './filter.ts'

const book = makeDomainBook(
  [
    { _id: 'contoso', domains: ['contoso.com'], filterRevision: 0 },
    { _id: 'fabrikam', domains: ['fabrikam.com', 'xn--fabrikam-mnchen-8vb.example'], filterRevision: 0 },
    { _id: 'tailspin', domains: ['toys.tailspin.example'], filterRevision: 0 },
  ],
  ['proseware.com', 'proseware.onmicrosoft.com'],
)
const copy = { tenantId: 't', mailboxId: 'm', folderId: 'inbox', sentFolderId: 'sent', reading: 1 }

const addressCases: [address: string, customer: string | null, why: string][] = [
  ['kim@contoso.com', 'contoso', 'the domain itself'],
  ['KIM@CONTOSO.COM', 'contoso', 'upper case'],
  ['kim@eu.contoso.com', 'contoso', 'a sub-domain'],
  ['kim@a.b.c.contoso.com', 'contoso', 'deep below'],
  ['kim+outpost@contoso.com', 'contoso', 'a plus address'],
  ["o'neil@contoso.com", 'contoso', 'an apostrophe'],
  ['"kim k"@contoso.com', 'contoso', 'a quoted local part'],
  ['"x@evil.example"@contoso.com', 'contoso', 'an @ inside the quoted local part'],
  ['  kim@contoso.com  ', 'contoso', 'blanks around'],
  ['kim@contoso.com.', 'contoso', 'a trailing dot is the same domain'],
  ['kim@CONTOSO.com', 'contoso', 'mixed case'],
  ['küm@contoso.com', 'contoso', 'a local part beyond ASCII'],
  ['k@fabrikam-münchen.example', 'fabrikam', 'an IDN as Unicode'],
  ['k@xn--fabrikam-mnchen-8vb.example', 'fabrikam', 'the same as punycode'],
  ['k@FABRIKAM-MÜNCHEN.EXAMPLE', 'fabrikam', 'the same in upper case'],
  ['k@mail.fabrikam-münchen.example', 'fabrikam', 'below the IDN'],
  ['k@toys.tailspin.example', 'tailspin', 'a customer that has only a sub-domain'],
  ['k@x.toys.tailspin.example', 'tailspin', 'below that sub-domain'],
  ['IMCEAEX-_o=ExchangeLabs_ou=x@contoso.com', 'contoso', 'an encapsulated X.500 name at the customer'],
  ['k@tailspin.example', null, 'the parent of a customer’s sub-domain is not the customer'],
  ['k@shop.tailspin.example', null, 'a sister of a customer’s sub-domain'],
  ['kim@contoso.com.evil.example', null, 'the customer’s domain in front of another'],
  ['kim@contoso.com.evil.com', null, 'the same at .com'],
  ['kim@notcontoso.com', null, 'ends alike'],
  ['kim@contoso.co', null, 'one letter short'],
  ['kim@contoso.comm', null, 'one letter more'],
  ['kim@contoso-com.example', null, 'a hyphen for the dot'],
  ['kim@c0ntoso.com', null, 'a zero for the o'],
  ['kim@cоntoso.com', null, 'a Cyrillic о'],
  ['kim@xn--cntoso-0jg.com', null, 'punycode of a twin'],
  ['kim@contoso.net', null, 'another top level'],
  ['contoso.com@evil.example', null, 'the domain as local part'],
  ['kim@contoso.com@evil.example', null, 'the last @ decides'],
  ['kim%contoso.com@evil.example', null, 'a percent route'],
  ['@contoso.com', null, 'no local part'],
  ['contoso.com', null, 'no @'],
  ['kim@', null, 'no domain'],
  ['kim@com', null, 'a top level alone'],
  ['kim@contoso', null, 'one label'],
  ['', null, 'empty'],
  ['kim', null, 'a name'],
  ['/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=KIM', null, 'an X.500 name'],
  ['/o=contoso.com/cn=kim', null, 'an X.500 name that mentions the domain'],
  ['kim@contoso.com:25', null, 'a port'],
  ['kim@contoso.com/evil', null, 'a path'],
  ['kim@contoso.com?x=1', null, 'a query'],
  ['kim@contoso.com#x', null, 'a fragment'],
  ['kim@%63ontoso.com', null, 'a percent-encoded letter'],
  ['kim@contoso .com', null, 'a blank inside'],
  ['kim@contoso..com', null, 'an empty label'],
  ['kim@.contoso.com', null, 'a leading dot'],
  ['kim@-contoso.com', null, 'a leading hyphen'],
  ['kim@[127.0.0.1]', null, 'an address literal'],
  ['kim@127.0.0.1', null, 'a number'],
  ['kim@<contoso.com>', null, 'angle brackets'],
  ['<kim@contoso.com>', 'contoso', 'in angle brackets'],
  ['kim@contoso.com;evil@evil.example', null, 'two addresses in one'],
  ['kim@contoso.com,', 'contoso', 'a comma behind it'],
  ["'kim@contoso.com'", 'contoso', 'in quotes'],
  ['mailto:kim@evil.example', null, 'a scheme'],
  ['kim@proseware.com', null, 'the MSP itself'],
]

describe('customerOf: whose is an address', () => {
  it.each(addressCases)('%s → %s (%s)', (address, expected) => {
    expect(customerOf(address, book)?.customerId ?? null).toBe(expected)
  })

  it('an address at the longest matching domain belongs to that customer', () => {
    const nested = makeDomainBook([
      { _id: 'group', domains: ['contoso.com'], filterRevision: 0 },
      { _id: 'branch', domains: ['eu.contoso.com'], filterRevision: 0 },
    ], [])
    expect(customerOf('a@eu.contoso.com', nested)?.customerId).toBe('branch')
    expect(customerOf('a@x.eu.contoso.com', nested)?.customerId).toBe('branch')
    expect(customerOf('a@us.contoso.com', nested)?.customerId).toBe('group')
  })
})

it('the version of the book changes with domains, own domains and revisions, and with nothing else', () => {
  const version = (domains: string[], filterRevision: number, own: string[]) => makeDomainBook([{ _id: 'c', domains, filterRevision }], own).version
  const first = version(['contoso.com'], 0, ['proseware.com'])
  expect(version(['contoso.com'], 0, ['proseware.com', 'proseware.com'])).toBe(first)
  expect(new Set([first, version(['contoso.com'], 1, ['proseware.com']), version(['fabrikam.com'], 0, ['proseware.com']), version(['contoso.com'], 0, [])]).size).toBe(4)
})

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

  it('the preview is short and never cuts a character in two', () => {
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

  it('what lies below a customer’s domain matches, what only ends like it does not', () => {
    fc.assert(
      fc.property(label, (prefix) => {
        expect(customerOf(`a@${prefix}.contoso.com`, book)?.customerId).toBe('contoso')
        expect(customerOf(`a@${prefix}contoso.com`, book)).toBeNull()
        expect(customerOf(`a@contoso.com.${prefix}.example`, book)).toBeNull()
      }),
    )
  })
})
