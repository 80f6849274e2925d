// For tests: customers that are called like commands and times, and intents in short.
import type { Intent } from './intent.ts'
import type { Day, Range } from './range.ts'
import type { Candidate } from './resolve.ts'
import type { Talk } from './talk.ts'
import { understand } from './understand.ts'
import { toPlain } from './words.ts'

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
  const words = 'words' in intent && intent.words.length > 0 ? `"${intent.words.join(' ')}"` : ''
  const range = 'range' in intent && intent.range !== null ? `[${rangeText(intent.range)}]` : ''
  const assumed = intent.assumed === null ? '' : `(${intent.assumed})`
  return [intent.kind, 'side' in intent ? intent.side : '', name, words, range, assumed].filter((part) => part !== '').join(' ')
}
export const meaning = (text: string, last: Talk | null = null) => short(understand(toPlain(text, ['<at>Hub</at>']), customers, last))
