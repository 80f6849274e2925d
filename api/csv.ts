// Lists as CSV for spreadsheets. OWASP, "CSV Injection": a cell that a spreadsheet would take for a formula is made text, also behind
// what a spreadsheet of another country takes for the end of a cell. A comma is none of those: who splits at commas respects the quotes
// around each cell, and who splits at something else takes no comma for an end.
import { stringify } from 'csv-stringify/sync'
import { visible } from './visible.ts'

/** Full-width and small forms count: spreadsheets of East Asia read them alike. */
const begins = '[=+\\-@＝﹦＋﹢－﹣＠﹫]'
const atStart = new RegExp(`^(?=[\\s"]*${begins})`)
const behindSeparator = new RegExp(`([;|][\\s"]*)(?=${begins})`, 'g')

/** One line, for what reads line by line breaks even inside quotes. */
const text = (cell: string): string => visible(cell).replace(behindSeparator, "$1'").replace(atStart, "'")

type Row = readonly (string | number)[]

/** Every export: each cell in quotes, and a mark at the start by which Excel knows UTF-8. */
export const toCsv = (header: readonly string[], rows: readonly Row[]): string =>
  stringify([header, ...rows].map((row) => row.map((cell) => (typeof cell === 'string' ? text(cell) : cell))), { quoted: true, quoted_empty: true, record_delimiter: 'windows', bom: true })
