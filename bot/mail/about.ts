// What stands under every answer about mail: whose mail it covers, how old it can be, and where to go on.
import type { MessageList } from '../../api/mail/model.ts'
import { helpButton, openCustomer, type NamedCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, type Action, type Element } from '../parts/card.ts'
import { freshnessLine } from '../parts/freshness.ts'
import type { Links } from '../parts/links.ts'
import type { LocalTimes } from '../parts/localTimes.ts'

export function aboutElements(about: Pick<MessageList, 'scope' | 'freshness'>, times: LocalTimes): Element[] {
  return [...(about.scope === 'own' ? [aside('Only mail in which you take part.')] : []), aside(escaped(freshnessLine(about.freshness, times, true)))]
}

/** @param more what else is offered */
export const mailButtons = (customer: NamedCustomer, links: Links, ...more: readonly Action[]): Action[] => [
  openCustomer(customer, 'communications', links),
  ask('Next meeting', `next meeting with ${customer.name}`),
  ...more,
  helpButton,
]
