// For tests: customers that are called like commands and times, and what a question means in short.
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import type { Form, Intent } from '../understand/intent.ts'
import type { Day, Range } from '../understand/range.ts'
import type { Candidate } from '../understand/resolve.ts'
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
function dayText(day: Day): string {
  if ('startOf' in day) return `start of ${day.startOf} ${String(day.offset)}`
  if ('offset' in day) return String(day.offset)
  if ('weekday' in day) return `${day.which ?? ''}wd${String(day.weekday)}`
  return `${day.year === null ? '' : `${String(day.year)}-`}${day.month === null ? '?' : pad(day.month)}-${pad(day.day)}`
}
function rangeText(range: Range): string {
  if ('day' in range) return `${range.kind} ${dayText(range.day)}`
  if (range.kind === 'between') return `${dayText(range.from)}..${dayText(range.to)}`
  if (range.kind === 'days') return `${range.past ? '-' : '+'}${String(range.count)} days`
  return `${range.kind} ${String(range.offset)}`
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
  if (intent.kind === 'help' || intent.kind === 'greeting') return intent.kind
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
