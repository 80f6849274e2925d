// Questions that somebody typed who has not seen the grammar, each with what it means. At the clock and for the customers that
// they were written for; the path is the product's.
import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import type { Form, Intent, Meant } from '../understand/intent.ts'
import type { Candidate } from '../understand/nameForms.ts'
import type { Person } from '../understand/people.ts'
import { periodOf } from '../understand/period.ts'
import type { Range } from '../understand/range.ts'
import { talkOf } from '../understand/talk.ts'
import { understandFully } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'

/** What a question means. No `from` and `to` where no time was asked; null where the time is open on that side. */
interface Meaning {
  readonly kind: string
  readonly customer?: string | readonly string[]
  readonly person?: string
  readonly side?: string
  readonly words?: string
  readonly from?: string | null
  readonly to?: string | null
  readonly impossible?: true
  /** What the answer says that it does not regard. */
  readonly unused?: string
  readonly oldest?: true
  readonly count?: number
  /** Why it is asked back. */
  readonly doubt?: string
}
interface Utterance extends Meaning {
  readonly text: string
  readonly group: string
  /** The question before it. */
  readonly last?: string
}
const table = JSON.parse(readFileSync(new URL('utterances.json', import.meta.url), 'utf8')) as Utterance[]

/** Rows that are answered otherwise, and why. */
const argued: Readonly<Record<string, string>> = {
  '?': 'Punctuation alone is a greeting, as a mention alone is: it says nothing that could be misunderstood.',
}

const now = Temporal.PlainDateTime.from('2026-11-18T10:30')
const customer = (name: string, domain: string, ...aliases: string[]): Candidate => ({ id: name, name, aliases, domains: [domain] })
const customers = [
  customer('Contoso', 'contoso.com'), customer('Contoso Pharma', 'contosopharma.com', 'CP Labs'), customer('Fabrikam Inc.', 'fabrikam.com'), customer('Northwind Traders', 'northwindtraders.com', 'NWT'),
  customer('Adventure Works', 'adventure-works.com'), customer('Tailspin Toys', 'tailspintoys.com'), customer('Alpine Ski House', 'alpineskihouse.com'), customer('A. Datum', 'adatum.com'),
  customer('Woodgrove Bank', 'woodgrovebank.com'), customer('Admin Partners', 'adminpartners.example'), customer('March Consulting', 'marchconsulting.example'), customer('May Industries', 'mayindustries.example'),
  customer('Monday Coffee', 'mondaycoffee.example'), customer('Next Step', 'nextstep.example'), customer('Last Mile Logistics', 'lastmile.example'), customer('Today Media', 'todaymedia.example'),
  customer('MFA Ltd', 'mfa-ltd.example'), customer('Müller & Söhne GmbH', 'mueller-soehne.example'), customer('Señor Café', 'senorcafe.example'), customer('東海', 'tokai.example'), customer('微光', 'weiguang.example'),
]
const person = (name: string, address: string, customerId: string | null = null): Person => ({ name, address, customerId })
const people = [
  person('Kim Kettle', 'kim.kettle@contoso.com', 'Contoso'), person('Lou Ledger', 'lou.ledger@contoso.com', 'Contoso'), person('Sam Sample', 'sam@fabrikam.com', 'Fabrikam Inc.'),
  person('Ida Inkwell', 'ida.inkwell@northwindtraders.com', 'Northwind Traders'), person('Max Mustard', 'm.mustard@mueller-soehne.example', 'Müller & Söhne GmbH'),
  person('Ada Admin', 'ada@msp.example'), person('Tom Tester', 'tom@msp.example'),
]

/** As in a chat: people are asked for only where the question leaves words over. */
function understood(text: string, last?: string): Intent {
  const before = last === undefined ? null : understood(last)
  const asker = { customers, last: before?.kind === 'ask' ? talkOf(grammar, before) : null }
  const plain = toPlain(text, ['<at>Outpost</at>'])
  const { intent, names } = understandFully(grammar, plain, asker)
  const known = people.filter(({ name }) => names.some((word) => name!.toLowerCase().split(' ').includes(word)))
  return known.length === 0 ? intent : understandFully(grammar, plain, { ...asker, people: known }).intent
}

const nameOf = (meant: Meant) => (meant.kind === 'found' ? meant.customer.name : meant.kind === 'choose' ? meant.choices.map(({ name }) => name) : meant.kind)

interface AnyForm extends Form {
  readonly side?: string
  readonly words?: readonly string[]
  readonly person?: { readonly address: string } | null
  readonly range?: Range | null
  readonly oldest?: true
  readonly count?: number
}

function meaningOf(intent: Intent): Meaning {
  if (intent.kind === 'request') return { kind: 'unknown' }
  if (intent.kind === 'unknown') return { kind: 'unknown', ...(intent.customer === null ? {} : { customer: intent.customer.name }) }
  if (intent.kind !== 'ask') return { kind: intent.kind }
  const { kind, side, words = [], person: who, range, oldest, count }: AnyForm = intent.form
  const time = (at: Temporal.PlainDateTime | null) => at?.toString({ smallestUnit: 'minute' }) ?? null
  const period = range === undefined || range === null ? null : periodOf(range, now, kind === 'meetings')
  return {
    kind, customer: nameOf(intent.customer),
    ...(who === undefined || who === null ? {} : { person: who.address }), ...(side === undefined ? {} : { side }), ...(words.length === 0 ? {} : { words: words.join(' ') }),
    ...(period === null ? {} : { from: time(period.from), to: time(period.to) }), ...(intent.impossible === undefined ? {} : { impossible: true }),
    ...(oldest === undefined ? {} : { oldest }), ...(count === undefined ? {} : { count }),
    ...(intent.unused === undefined ? {} : { unused: intent.unused.join(', ') }), ...(intent.doubt === undefined ? {} : { doubt: intent.doubt.kind }),
  }
}

const expectedOf = ({ text: _text, group: _group, last: _last, ...meaning }: Utterance): Meaning => meaning
const inOrder = (meaning: Meaning) => JSON.stringify(Object.fromEntries(Object.entries(meaning).sort(([a], [b]) => (a < b ? -1 : 1))))

const rows = table.map((row) => {
  const meaning = meaningOf(understood(row.text, row.last))
  return { row, meaning, right: inOrder(meaning) === inOrder(expectedOf(row)) || row.text in argued }
})
const wrong = rows.filter(({ right }) => !right)
const groups = [...new Set(table.map(({ group }) => group))].map((group) => [group, rows.filter(({ row }) => row.group === group)] as const)

describe('questions in plain words', () => {
  it('are a table of some size', () => expect(table.length).toBeGreaterThan(780))
  it('are understood as meant, 99 in 100 at least', () => {
    const lines = groups.map(([group, all]) => {
      const failed = all.filter(({ right }) => !right)
      return [`${group}: ${String(all.length - failed.length)} of ${String(all.length)}`, ...failed.map(({ row, meaning }) => `  ${JSON.stringify(row.text)}${row.last === undefined ? '' : ` after ${JSON.stringify(row.last)}`}\n    is ${inOrder(meaning)}\n    not ${inOrder(expectedOf(row))}`)].join('\n')
    })
    expect(wrong.length / rows.length, lines.join('\n')).toBeLessThanOrEqual(0.01)
  })
  it('are never about a customer that the asking person may not see', () => {
    const names = new Set(customers.map(({ name }) => name))
    for (const { meaning } of rows) {
      const named = [meaning.customer ?? []].flat().filter((name) => !['all', 'missing', 'none'].includes(name))
      expect(named.filter((name) => !names.has(name))).toEqual([])
    }
    for (const { row, meaning } of rows) if (row.customer === 'none') expect(meaning.customer).toBe('none')
  })
})
