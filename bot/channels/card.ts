// What a channel is for: said, asked back, and asked for. Everybody in the channel reads these cards, so a customer is named only where
// the channel is for it already.
import type { Card } from '../adapter/port.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, type Action, type Element } from './card.ts'
import type { Links } from './deepLink.ts'

/** What a channel can be for, with the name where it may be said. */
export type Purpose = { readonly kind: 'customer'; readonly name: string } | { readonly kind: 'alerts' } | { readonly kind: 'nothing' }

const effects: Record<Purpose['kind'], string> = {
  customer: 'Alerts about this customer are posted here, and “mfa” needs no name. Whoever reads in this channel reads them, guests too. No other customer is named here.',
  alerts: 'One card a customer with findings is posted here, with counts and without names of accounts. Only our own people may read here.',
  nothing: 'Nothing is posted here, and no customer is named: whoever asks something is answered in their own chat.',
}

export const chooser = (links: Links): Action => open('Choose in Outpost', links.toTab({ view: 'admin', section: 'channels' }))

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
export function purposeCard(purpose: Purpose, links: Links): Card {
  const now = { customer: (name: string) => `This channel is for ${name}`, alerts: () => 'This channel is for our team’s alerts', nothing: () => 'This channel is for nothing yet' }
  const words = (name: string) => now[purpose.kind](name)
  const name = purpose.kind === 'customer' ? purpose.name : ''
  return toCard({
    summary: words(name),
    body: [title(words(escaped(name))), textBlock(effects[purpose.kind]), ...(purpose.kind === 'nothing' ? purposeElements : []), aside('An administrator of Outpost can change it.')],
    actions: purpose.kind === 'nothing' ? [...purposeButtons(links), ask('Help', 'help')] : [chooser(links), ask('Help', 'help')],
  })
}

/**
 * Asks an administrator back before the channel becomes something.
 * @param yes what the button says; it names no customer, because everybody sees what a button carries
 */
export function confirmPurposeCard(kind: Purpose['kind'], yes: string, links: Links): Card {
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
export function confirmReadersCard(sentence: string, links: Links): Card {
  return toCard({
    summary: 'Please check who reads here',
    body: [title('Please check who reads here'), textBlock(sentence), aside('Only an administrator of Outpost can answer this.')],
    actions: [ask('I have checked', 'yes, i have checked, this channel is for our alerts', 'I have checked'), chooser(links)],
  })
}
