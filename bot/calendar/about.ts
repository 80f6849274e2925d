// What stands under every answer about meetings: whose they are, which days are read, how old it can be, and where to go on.
import type { MeetingList } from '../../api/calendar/model.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, textBlock, type Action, type Element } from '../parts/card.ts'
import { freshnessLine } from '../parts/freshness.ts'
import type { Links } from '../parts/links.ts'
import type { LocalTimes } from '../parts/localTimes.ts'

export type About = Pick<MeetingList, 'from' | 'to' | 'scope' | 'freshness'>

export function aboutElements({ scope, freshness }: About, times: LocalTimes): Element[] {
  return [...(scope === 'own' ? [aside('Only meetings in which you take part.')] : []), aside(escaped(freshnessLine(freshness, times, true)))]
}

/** Which days are read at all, where others were asked for. */
export const windowLine = (about: Pick<MeetingList, 'from' | 'to'>, times: LocalTimes) =>
  textBlock(`Outpost reads meetings from ${times.at(about.from)} to ${times.at(about.to)}. Nothing is known of other days.`, { size: 'Small' })

/** @param question what is asked next: what the button says, and the question */
export const meetingButtons = (customer: NamedCustomer, question: readonly [label: string, question: string], links: Links): Action[] => [
  openCustomer(customer, 'communications', links),
  ask(...question),
  ask('Last email', `last email from ${customer.name}`),
  helpButton,
]
