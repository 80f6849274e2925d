// What the bot says about itself, and when it needs to ask back.
import { asWritten } from '../../api/asWritten.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomers } from '../parts/buttons.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, type CardContext } from '../parts/card.ts'
import { commandButtons, commandGroups, type CommandText } from './commandElements.ts'

interface Named {
  readonly name: string
  readonly domains: readonly string[]
}
type Linked = Pick<CardContext, 'links'>

/** A card has room for six buttons, and help is one of them. */
const mostOffers = 5

/** What the bot can be asked, for one person alone or for everybody in a channel. */
export interface CommandsFacts {
  /** Whether it is read by one person alone. */
  readonly personal: boolean
  readonly commands: readonly CommandText[]
}

/** Where others read along no customer is named: it would look like news about that one. */
const written = (personal: boolean) =>
  textBlock(personal
    ? 'Press one, or write it with the name, an alias or a domain of a customer: “last email from Contoso”, “emails about the invoice since Monday”, “mfa Contoso”. “And meetings?” goes on from your last question, for ten minutes.'
    : 'Press one, or mention me and write it with the name, an alias or a domain of a customer.')

export function helpCard({ personal, commands }: CommandsFacts, { links }: Linked): Card {
  return toCard({
    summary: 'What Outpost can do',
    body: [
      title('Ask me like this'),
      ...commandGroups(commands),
      written(personal),
      aside('In a channel I show only what it is for, and never mail, meetings or names of accounts; everything else I answer in our own chat. An administrator tells me what a channel is for: “this channel is for” and the name of a customer, “our alerts” or “nothing”.'),
    ],
    actions: [openCustomers(links)],
  })
}

export function greetingCard({ personal, commands }: CommandsFacts, { links }: Linked): Card {
  return toCard({
    summary: 'Hello from Outpost',
    body: [
      title('Hello, I am Outpost.'),
      textBlock('I know the last emails and the next meetings with your customers, and how well they are protected.'),
      ...commandGroups(commands),
      written(personal),
    ],
    actions: [openCustomers(links)],
  })
}

export interface ChooseFacts {
  readonly choices: readonly Named[]
  /** Makes the full question out of a customer's name. */
  readonly question: (name: string) => string
}

/** Asks which customer was meant. Nothing is decided on a likeness. */
export function chooseCard({ choices, question }: ChooseFacts): Card {
  const names = choices.map(({ name }) => name)
  const twice = (name: string) => names.filter((other) => other === name).length > 1
  const buttons = choices.map(({ name, domains: [domain] }) =>
    twice(name) && domain !== undefined ? ask(`${name} (${asWritten(domain)})`, question(domain)) : ask(name, question(name)),
  )
  return toCard({
    summary: `Did you mean ${names[0] ?? ''}?`,
    body: [
      title(`Did you mean ${escaped(names[0] ?? '')}?`),
      ...(names.length > 1 ? [textBlock('Or another of these:', { spacing: 'Small' })] : []),
    ],
    actions: [...buttons, helpButton],
  })
}

/** For a customer that does not exist and for one that may not be seen: the same words, so that nobody can tell. */
export function noCustomerCard(typed: string, { links }: Linked): Card {
  return toCard({
    summary: 'I know no such customer',
    body: [
      title('I know no such customer'),
      textBlock(`There is none called “${escaped(typed)}” that you may see. Write its name, an alias or a domain, or look it up in the list of customers.`),
    ],
    actions: [openCustomers(links), helpButton],
  })
}

export interface MissingCustomerFacts extends ChooseFacts {
  /** A whole question. */
  readonly example: string
}

/** Asks for a customer, and offers some of those that the person may see. */
export function missingCustomerCard({ example, choices, question }: MissingCustomerFacts, { links }: Linked): Card {
  if (choices.length === 0) {
    return toCard({
      summary: 'There is no customer yet',
      body: [title('There is no customer yet'), textBlock('An administrator adds them in Outpost, under Admin, Customers, and connects their tenants under Admin, Integrations.')],
      actions: [openCustomers(links), helpButton],
    })
  }
  const buttons = choices.slice(0, 4).map(({ name }) => ask(name, question(name)))
  return toCard({
    summary: 'Which customer?',
    body: [title('Which customer?'), textBlock(`Add its name, an alias or a domain, for example “${example}”.`)],
    actions: [...buttons, openCustomers(links), helpButton],
  })
}

export interface UnknownFacts {
  /** When at least that was understood. */
  readonly customer: { readonly name: string } | null
  /** The commands that are likest to what was typed. */
  readonly nearest: readonly CommandText[]
  /** What can be asked of that customer. */
  readonly offers: readonly { readonly label: string; readonly question: string }[]
}

/** A way on from what was not understood. */
export function unknownCard({ customer, nearest, offers }: UnknownFacts): Card {
  if (customer === null) {
    return toCard({
      summary: 'I did not understand that',
      body: [title('I did not understand that'), textBlock('Did you mean one of these?', { spacing: 'Small' })],
      actions: [...commandButtons(nearest), helpButton],
    })
  }
  const { name } = customer
  return toCard({
    summary: `What about ${name}?`,
    body: [title(`What about ${escaped(name)}?`), textBlock('I can tell you about mail and meetings with them, how well they are protected, and their licences.')],
    actions: [...offers.slice(0, mostOffers).map(({ label, question }) => ask(label, question)), helpButton],
  })
}

export function wroteToYouCard({ links }: Linked): Card {
  return toCard({
    summary: 'I wrote to you privately',
    body: [textBlock('I wrote the answer to you privately. Here I show only what this place is for, and never mail, meetings or names of accounts.')],
    actions: [open('Open our chat', links.toChat())],
  })
}

export interface CouldNotWriteFacts {
  /** Teams refused the chat, so Outpost has to be added first; otherwise it just did not work this time. */
  readonly closed: boolean
}

export function couldNotWriteCard({ closed }: CouldNotWriteFacts, { links }: Linked): Card {
  return toCard({
    summary: 'I could not write to you privately',
    body: [textBlock(closed ? 'I answer that in our own chat only: add Outpost for yourself, and ask me again.' : 'I answer that in our own chat only, and could not write to you there. Ask me again in our chat.')],
    actions: [closed ? open('Add Outpost', links.toInstall()) : open('Open our chat', links.toChat())],
  })
}
