// Lists as CSV for spreadsheets. A cell that a spreadsheet would take for a formula is made text (OWASP "CSV Injection").
import { stringify } from 'csv-stringify/sync'

export const toCsv = (header: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  stringify([header, ...rows] as unknown[][], { escape_formulas: true, record_delimiter: 'windows', bom: true })
