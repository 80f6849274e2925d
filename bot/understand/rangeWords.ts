// A time in words again, which are read as the same time: what a button asks, and what an answer says it understood.
import type { Range } from './range.ts'
import { capital, months, overnight, partsOfDay, weekdays, type Span } from './timeSymbols.ts'

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const times = (count: number, unit: string): string => `${String(count)} ${unit}${count === 1 ? '' : 's'}`

function spanWords(span: Span): string {
  const year = 'year' in span && span.year !== null ? ` ${String(span.year)}` : ''
  switch (span.of) {
    case 'day':
      return ['yesterday', 'today', 'tomorrow'][span.offset + 1] ?? (span.offset < 0 ? `${times(-span.offset, 'day')} ago` : `in ${times(span.offset, 'day')}`)
    case 'week': case 'weekend': case 'month': case 'quarter': case 'year':
      if (Math.abs(span.offset) > 1) return span.offset < 0 ? `${times(-span.offset, span.of)} ago` : `in ${times(span.offset, span.of)}`
      return `${['last', 'this', 'next'][span.offset + 1] ?? ''} ${span.of}`
    case 'weekdayOfWeek':
      return `${capital(weekdays[span.weekday - 1] ?? '')} ${spanWords({ of: 'week', offset: span.offset })}`
    case 'weekOf':
      return `week of ${spanWords(span.day)}`
    case 'after':
      return `${times(span.days, 'day')} from ${spanWords(span.day)}`
    case 'part':
      return `${span.part} ${spanWords(span.whole)}`
    case 'weekday':
      return `${span.which === null ? '' : `${span.which} `}${capital(weekdays[span.weekday - 1] ?? '')}`
    case 'date':
      return span.month === null ? `the ${String(span.day)}th` : `${String(span.day)} ${monthName(span.month)}${year}`
    case 'monthNamed':
      return `${monthName(span.month)}${year}`
    case 'weekNumbered':
      return `week ${String(span.week)}${year}`
    case 'quarterNamed':
      return `Q${String(span.quarter)}${year}`
    case 'yearNamed':
      return String(span.year)
    case 'hours': {
      const part = Object.entries(partsOfDay).find(([, [begin, end]]) => begin === span.begin && end === span.end)?.[0]
      const { begin, end } = span
      if (begin === overnight[0] && end === overnight[1]) return 'overnight'
      const hours = part !== undefined ? `in the ${part}` : begin === null ? `before ${clock(end ?? 0)}` : end === null ? `after ${clock(begin)}` : `between ${clock(begin)} and ${clock(end)}`
      return span.day === null ? hours : `${spanWords(span.day)} ${hours}`
    }
    case 'someWeekend':
      return 'the weekend'
    case 'nothing':
      return span.text
  }
}
const monthName = (month: number): string => capital(months[month - 1] ?? '')

/** In words that are read as the same range. */
export function rangeWords(range: Range): string {
  switch (range.kind) {
    case 'in':
      return `${['date', 'weekday', 'weekdayOfWeek', 'someWeekend', 'weekNumbered', 'monthNamed', 'quarterNamed', 'yearNamed'].includes(range.span.of) ? (/Named|Numbered/.test(range.span.of) ? 'in ' : 'on ') : ''}${spanWords(range.span)}`
    case 'between':
      return `between ${spanWords(range.from)} and ${spanWords(range.to)}`
    case 'days':
      return `${range.past ? 'last' : 'next'} ${times(range.count, 'day')}`
    case 'minutes':
      return `${range.past ? 'last' : 'next'} ${range.count % 60 === 0 ? times(range.count / 60, 'hour') : times(range.count, 'minute')}`
    case 'nothing':
      return `on ${range.text}`
    default:
      return `${range.kind} ${spanWords(range.span)}`
  }
}
