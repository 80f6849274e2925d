// For tests: customers that are called like commands and times, and what a question means in short.
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import type { Form, Intent } from '../understand/intent.ts'
import type { Candidate } from '../understand/nameForms.ts'
import type { Range } from '../understand/range.ts'
import type { Span } from '../understand/timeSymbols.ts'
import type { Talk } from '../understand/talk.ts'
import { understand as understandIn } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'

/** As the product does, with all its subjects. */
export const understand = (plain: string, among: readonly Candidate[], last: Talk | null = null): Intent => understandIn(grammar, plain, { customers: among, last })

export const customer = (name: string, aliases: string[] = []): Candidate => ({ id: name, name, aliases, domains: [`${name.toLowerCase().replace(/[^a-z]/g, '')}.example`] })
export const customers = [
  'Contoso', 'Contoso Pharma', 'Fabrikam Inc.', 'Northwind Traders', 'Tailspin Toys', 'Woodgrove Bank', 'Admin Partners', 'March Consulting', 'May Industries', 'MFA Ltd',
  'Posture Clinic', 'Meeting Point', 'Last Mile Logistics', 'Next Step', 'Monday Coffee', 'Licence Plates', 'Fabrikam Today', 'Who Cares Ltd', 'About Time', 'Müller & Söhne GmbH',
].map((name) => customer(name))

const pad = (value: number) => String(value).padStart(2, '0')
const yearText = (year: number | null) => (year === null ? '' : `${String(year)}-`)
function spanText(span: Span): string {
  switch (span.of) {
    case 'day':
      return String(span.offset)
    case 'weekday':
      return `${span.which ?? ''}wd${String(span.weekday)}`
    case 'weekdayOfWeek':
      return `wd${String(span.weekday)} of week ${String(span.offset)}`
    case 'weekOf':
      return `week of ${spanText(span.day)}`
    case 'after':
      return `${String(span.days)} after ${spanText(span.day)}`
    case 'part':
      return `${span.part} ${spanText(span.whole)}`
    case 'date':
      return `${yearText(span.year)}${span.month === null ? '?' : pad(span.month)}-${pad(span.day)}`
    case 'monthNamed':
      return `month ${yearText(span.year)}${pad(span.month)}`
    case 'weekNumbered':
      return `${yearText(span.year)}W${String(span.week)}`
    case 'quarterNamed':
      return `Q${String(span.quarter)}`
    case 'yearNamed':
      return String(span.year)
    case 'hours':
      return `${span.day === null ? '' : spanText(span.day)} ${String(span.begin)}-${String(span.end)}`
    case 'nothing':
      return span.text
    case 'someWeekend':
      return 'the weekend'
    default:
      return `start of ${span.of} ${String(span.offset)}`
  }
}
function rangeText(range: Range): string {
  switch (range.kind) {
    case 'in': {
      const text = spanText(range.span)
      return text.startsWith('start of ') ? text.slice('start of '.length) : ['day', 'weekday', 'date'].includes(range.span.of) ? `day ${text}` : text
    }
    case 'between':
      return `${spanText(range.from)}..${spanText(range.to)}`
    case 'days':
    case 'minutes':
      return `${range.past ? '-' : '+'}${String(range.count)} ${range.kind}`
    case 'nothing':
      return `no ${range.text}`
    default:
      return `${range.kind} ${spanText(range.span)}`
  }
}

/** What can stand in a form of any subject. */
interface AnyForm extends Form {
  readonly side?: string
  readonly words?: readonly string[]
  readonly range?: Range | null
}

/** An intent in short: `emails in Contoso "printer" [week -1]`. */
function short(intent: Intent): string {
  if (intent.kind === 'unknown') return intent.customer === null ? 'unknown' : `unknown ${intent.customer.name}`
  if (intent.kind !== 'ask') return intent.kind
  const meant = intent.customer
  const name = {
    found: () => (meant.kind === 'found' ? meant.customer.name : ''),
    choose: () => (meant.kind === 'choose' ? `? ${meant.choices.map((choice) => choice.name).join(' | ')}` : ''),
    none: () => (meant.kind === 'none' ? `- ${meant.typed}` : ''),
    missing: () => '…',
    all: () => '*',
  }[meant.kind]()
  const form: AnyForm = intent.form
  const words = form.words !== undefined && form.words.length > 0 ? `"${form.words.join(' ')}"` : ''
  const range = form.range === undefined || form.range === null ? '' : `[${rangeText(form.range)}]`
  const assumed = intent.assumed === null ? '' : `(${intent.assumed})`
  return [form.kind, form.side ?? '', name, words, range, assumed].filter((part) => part !== '').join(' ')
}
export const meaning = (text: string, last: Talk | null = null) => short(understand(toPlain(text, ['<at>Hub</at>']), customers, last))

/** @param atLeast so many questions; @param table what people type, by what it means */
export function itMeans(atLeast: number, table: Readonly<Record<string, readonly string[]>>): void {
  describe('what people type', () => {
    const rows = Object.entries(table).flatMap(([expected, typed]) => typed.map((text) => [text, expected] as const))
    it('is a table of some size', () => expect(rows.length).toBeGreaterThanOrEqual(atLeast))
    it.each(rows)('%j means %s', (text, expected) => expect(meaning(text)).toBe(expected))
  })
}
