// Buttons that stand on most cards.
import type { Place } from '../../api/place.ts'
import { ask, open, type Action } from './card.ts'
import type { Links } from './links.ts'

/** A customer as a card shows it. */
export interface NamedCustomer {
  readonly id: string
  readonly name: string
}

type Section = Extract<Place, { view: 'customer' }>['section']

export const openCustomer = ({ id, name }: NamedCustomer, section: Section, links: Links): Action =>
  open('Open in Outpost', links.toTab({ view: 'customer', customerId: id, section }, name))

export const openCustomers = (links: Links): Action => open('Open in Outpost', links.toTab({ view: 'customers' }))

export const helpButton: Action = ask('Help', 'help')
