// What a channel is for: said, asked back, and asked for. Everybody in the channel reads these cards, so a customer is named only where
// the channel is for it already.
import type { Card } from '../adapter/port.ts'
import { helpButton } from '../parts/buttons.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, type Action, type CardContext, type Element } from '../parts/card.ts'
import type { Links } from '../parts/links.ts'

type Linked = Pick<CardContext, 'links'>

/** What a channel can be for, with the name where it may be said. */
export type Purpose = { readonly kind: 'customer'; readonly name: string } | { readonly kind: 'alerts' } | { readonly kind: 'nothing' }

const effects: Record<Purpose['kind'], string> = {
  customer: 'Alerts about this customer are posted here, and “mfa” needs no name. Whoever reads in this channel reads them, guests too. No other customer is named here.',
  alerts: 'One card a customer with findings is posted here, with counts and without names of accounts. Only our own people may read here.',
  nothing: 'Nothing is posted here, and no customer is named: whoever asks something is answered in their own chat.',
}

const chooser = (links: Links): Action => open('Choose in Outpost', links.toTab({ view: 'admin', section: 'channels' }))

/** Buttons that say what the channel is for; whether it may be said is looked at when one is pressed. */
export const purposeButtons = (links: Links): Action[] => [
  ask('Our team’s alerts', 'yes, this channel is for our alerts', 'This channel is for our alerts'),
  open('One customer', links.toTab({ view: 'admin', section: 'channels' })),
]

export const purposeElements: readonly Element[] = [
  textBlock('Until an administrator of Outpost says what this channel is for, nothing is posted here and no customer is named.', { weight: 'Bolder' }),
  textBlock('“Our team’s alerts”: a card for each customer with findings. “One customer”: its alerts alone; write “this channel is for” and its name, or choose it in Outpost.'),
]

/** The answer to "what is this channel for?". */
export function purposeCard(purpose: Purpose, { links }: Linked): Card {
  const now = { customer: (name: string) => `This channel is for ${name}`, alerts: () => 'This channel is for our team’s alerts', nothing: () => 'This channel is for nothing yet' }
  const words = (name: string) => now[purpose.kind](name)
  const name = purpose.kind === 'customer' ? purpose.name : ''
  return toCard({
    summary: words(name),
    body: [title(words(escaped(name))), textBlock(effects[purpose.kind]), ...(purpose.kind === 'nothing' ? purposeElements : []), aside('An administrator of Outpost can change it.')],
    actions: purpose.kind === 'nothing' ? [...purposeButtons(links), helpButton] : [chooser(links), helpButton],
  })
}

export interface ConfirmPurposeFacts {
  readonly kind: Purpose['kind']
  /** What the button says; it names no customer, because everybody sees what a button carries. */
  readonly yes: string
}

/** Asks an administrator back before the channel becomes something. */
export function confirmPurposeCard({ kind, yes }: ConfirmPurposeFacts, { links }: Linked): Card {
  const question = {
    customer: 'Shall this channel be for the customer that you named?', alerts: 'Shall this channel be for our team’s alerts?', nothing: 'Shall this channel be for nothing?',
  }[kind]
  return toCard({
    summary: question,
    body: [title(question), textBlock(effects[kind]), aside('Only an administrator of Outpost can answer this.')],
    actions: [ask('Yes', yes, 'Yes'), chooser(links)],
  })
}

/** Nobody could tell who reads there, so the administrator has to. @param sentence that says so */
export function confirmReadersCard(sentence: string, { links }: Linked): Card {
  return toCard({
    summary: 'Please check who reads here',
    body: [title('Please check who reads here'), textBlock(sentence), aside('Only an administrator of Outpost can answer this.')],
    actions: [ask('I have checked', 'yes, i have checked, this channel is for our alerts', 'I have checked'), chooser(links)],
  })
}

/** An administrator named a customer for a channel, and there is none of that name. Never names one: in the channel it would be read by all. */
export function notThatCustomerCard({ links }: Linked): Card {
  return toCard({
    summary: 'I know no such customer',
    body: [
      title('I know no such customer'),
      textBlock('A channel is given to a customer by its whole name, an alias or a domain. Say it again in the channel, or choose it in Outpost under Admin → Channels.'),
    ],
    actions: [chooser(links), helpButton],
  })
}
