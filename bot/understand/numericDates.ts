// Dates in digits with slashes or hyphens, written out before a question is read: which of two numbers is the month depends on where
// the person lives.
import { capital, months } from './timeSymbols.ts'

const bordered = (pattern: string) => new RegExp(`(?<![\\w/.:-])${pattern}(?![\\w/:-]|\\.\\d)`, 'g')
const yearFirst = bordered('(20\\d\\d)/(\\d{1,2})/(\\d{1,2})')
const yearLast = bordered('(\\d{1,2})([/ -])(\\d{1,2})\\2(20\\d\\d|2\\d)')
const yearless = bordered('(\\d{1,2})/(\\d{1,2})')
/** Without a year two numbers may be anything, but after these words. */
const afterWord = /\b(?:on|since|until|till|before|after|between|from|by|for|and|to) $/i

const isMonth = (value: number): boolean => value >= 1 && value <= 12

/** Day and month of two numbers; null where neither can be the month. */
function inOrder(one: number, two: number, monthFirst: boolean): readonly [day: number, month: number] | null {
  if (isMonth(one) && (!isMonth(two) || monthFirst)) return [two, one]
  return isMonth(two) ? [one, two] : null
}
const spelt = (day: number, month: number): string => `${String(day)} ${capital(months[month - 1] ?? '')}`

/**
 * "13/11/2026" as "13 November 2026", "2026/11/10" as "2026-11-10".
 * @param monthFirst where both orders are possible
 */
export function withDatesSpelt(plain: string, monthFirst: boolean): string {
  return plain
    .replace(yearFirst, '$1-$2-$3')
    .replace(yearLast, (_, one: string, __: string, two: string, year: string) => {
      const full = year.length === 2 ? `20${year}` : year
      const date = inOrder(Number(one), Number(two), monthFirst)
      return date === null ? `${full}-${two}-${one}` : `${spelt(...date)} ${full}`
    })
    .replace(yearless, (whole, one: string, two: string, at: number, text: string) => {
      const date = inOrder(Number(one), Number(two), monthFirst)
      // "24/7" means always.
      const sure = afterWord.test(text.slice(0, at)) || (Math.max(Number(one), Number(two)) > 12 && whole !== '24/7')
      return date === null || !sure || Math.max(...date) > 31 ? whole : spelt(...date)
    })
}

/** Whether people of this language and country write the month before the day; false where that is not known. @param locale BCP 47 */
export function writesMonthFirst(locale: string | null): boolean {
  try {
    return new Intl.DateTimeFormat(locale ?? 'en-GB', { dateStyle: 'short' }).formatToParts(0).find(({ type }) => type === 'day' || type === 'month' || type === 'year')?.type === 'month'
  } catch {
    return false
  }
}
