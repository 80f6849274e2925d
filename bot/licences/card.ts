// What a customer has bought, and how much of it is used. Counts only.
import type { LicenceRow, Licences } from '../../api/licences/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { freshnessLine } from '../parts/freshness.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'

const count = (value: number): string => value.toLocaleString('en-US')

const mostRows = 10

export interface LicencesFacts {
  readonly customer: NamedCustomer
  readonly licences: Licences
  /** Whether the last error may be told: in a private chat. */
  readonly errors: boolean
  readonly assumed: Assumed
}

const seats = (count: number): string => `${String(count)} ${count === 1 ? 'seat' : 'seats'}`

/** More assigned than bought before suspended before running out. */
const urgency = ({ free, suspended, warning }: LicenceRow): number => (free < 0 ? 4 : 0) + (suspended > 0 ? 2 : 0) + (warning > 0 ? 1 : 0)

/** What somebody has to do about it, worst first. */
function warnings({ free, suspended, warning }: LicenceRow): string[] {
  return [
    ...(free < 0 ? [`${seats(-free)} more assigned than bought`] : []),
    ...(suspended > 0 ? [`${seats(suspended)} suspended`] : []),
    ...(warning > 0 ? [`${seats(warning)} ${warning === 1 ? 'runs' : 'run'} out unless renewed`] : []),
  ]
}

function rowElements(row: LicenceRow): Element[] {
  const told = warnings(row)
  return [
    verbatim(row.name, { weight: 'Bolder', size: 'Small' }),
    textBlock(`${count(row.used)} of ${count(row.bought)} used · ${row.free < 0 ? 'none' : count(row.free)} free`, { size: 'Small', spacing: 'None' }),
    ...(told.length === 0 ? [] : [textBlock(`${told.join(', ')}.`, { size: 'Small', spacing: 'None', color: 'Attention' })]),
  ]
}

/** The answer to "licences …". */
export function licencesCard({ customer, licences: { items, freshness }, errors, assumed }: LicencesFacts, { times, links }: CardContext): Card {
  const name = escaped(customer.name)
  const marked = items.filter((row) => warnings(row).length > 0)
  const ordered = items.toSorted((a, b) => urgency(b) - urgency(a))
  const hidden = items.length - mostRows
  // No sum of seats: free offers come with a million of them.
  const count = `${String(items.length)} ${items.length === 1 ? 'licence' : 'licences'}, ${marked.length === 0 ? 'none' : String(marked.length)} with a warning.`
  const read = freshness.some(({ stream, of, asOf }) => stream === 'licences' && of > 0 && asOf !== null)
  const none = read ? 'This customer has no licences.' : 'Nothing is known of licences here: they have not been read.'
  return toCard({
    summary: `Licences of ${customer.name}`,
    body: [
      title(`Licences of ${name}`),
      textBlock(items.length === 0 ? none : count),
      ...ordered.slice(0, mostRows).flatMap(rowElements),
      ...(hidden > 0 ? [textBlock(`And ${String(hidden)} more in Outpost.`, { size: 'Small' })] : []),
      understood(customer.name, ['licences', 'seats bought, used and free'], assumed),
      ...freshness.map((stream) => aside(escaped(freshnessLine(stream, times, errors)))),
    ],
    actions: [
      openCustomer(customer, 'licences', links),
      ask('Posture', `posture of ${customer.name}`),
      helpButton,
    ],
  })
}
