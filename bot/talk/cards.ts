// What the bot says about itself, and when it needs to ask back.
import type { Card } from '../adapter/port.ts'
import { aside, ask, escaped, facts, open, textBlock, title, toCard, type Action } from './card.ts'
import { chooser, purposeButtons, purposeElements } from './channel.ts'
import type { Links } from './deepLink.ts'

interface CommandText {
  readonly title: string
  readonly example: string
  readonly description: string
}
interface Named {
  readonly name: string
  readonly domains: readonly string[]
}

const commandFacts = (commands: readonly CommandText[]) => facts(commands.map(({ example, description }) => [example, description]))
/** Without an example: in a channel a customer's name would look like news about that customer. */
const commandTitles = (commands: readonly CommandText[]) => facts(commands.map(({ title: words, description }) => [words, description]))
const commandList = (personal: boolean, commands: readonly CommandText[]) => (personal ? commandFacts(commands) : commandTitles(commands))
const commandButtons = (commands: readonly CommandText[]): Action[] => commands.slice(0, 3).map(({ title: words }) => ask(words, words))
const customersButton = (links: Links): Action => open('Open in Outpost', links.toTab({ view: 'customers' }))

/** @param personal whether it is read by one person alone */
export function helpCard(personal: boolean, commands: readonly CommandText[], links: Links): Card {
  return toCard({
    summary: 'What Outpost can do',
    body: [
      title('What I can do'),
      commandList(personal, commands),
      textBlock('Write the name, an alias or a domain of a customer. In a channel, mention me first. There I show only what the channel is for, and never mail, meetings or names of accounts; everything else I answer in our own chat.'),
      textBlock('An administrator tells me what a channel is for: “this channel is for” and the name of a customer, “our alerts” or “nothing”.'),
      textBlock('In our chat, “and meetings?” or “what about” another customer goes on from your last question, for ten minutes.'),
      aside('Not every phone shows the command menu; these words work everywhere.'),
    ],
    actions: [...commandButtons(commands), customersButton(links)],
  })
}

/** @param personal whether it is read by one person alone */
export function greetingCard(personal: boolean, commands: readonly CommandText[], links: Links): Card {
  return toCard({
    summary: 'Hello from Outpost',
    body: [
      title('Hello, I am Outpost.'),
      textBlock('I know the last emails and the next meetings with your customers, and how well they are protected.'),
      commandList(personal, commands),
    ],
    actions: [...commandButtons(commands), customersButton(links)],
  })
}

/** The one welcome of a chat or of a channel. */
export function welcomeCard(scope: 'personal' | 'channel' | 'groupChat', commands: readonly CommandText[], links: Links): Card {
  const group = 'Whoever asks something here is answered in their own chat.'
  const room = { personal: [], channel: purposeElements, groupChat: [textBlock(group)] }[scope]
  return toCard({
    summary: 'Outpost is here',
    body: [
      title('Welcome to Outpost'),
      textBlock('Outpost shows technicians the last emails and the next meetings with a customer, and how well its Microsoft 365 is protected.'),
      ...room,
      ...(scope === 'personal' ? [textBlock('You see what your role in Outpost allows; an administrator assigns it. Try these:'), commandTitles(commands)] : []),
      ...(scope === 'personal' ? [] : [aside('Mention me and write “help” to read what I can answer.')]),
    ],
    actions: scope === 'channel' ? [...purposeButtons(links), ask('Help', 'help')] : [...commandButtons(commands), customersButton(links)],
  })
}

/**
 * Asks which customer was meant. Nothing is decided on a likeness.
 * @param question makes the full question out of a customer's name
 */
export function chooseCard(choices: readonly Named[], question: (name: string) => string): Card {
  const names = choices.map(({ name }) => name)
  const twice = (name: string) => names.filter((other) => other === name).length > 1
  const buttons = choices.map(({ name, domains: [domain] }) =>
    twice(name) && domain !== undefined ? ask(`${name} (${domain})`, question(domain)) : ask(name, question(name)),
  )
  return toCard({
    summary: `Did you mean ${names[0] ?? ''}?`,
    body: [
      title(`Did you mean ${escaped(names[0] ?? '')}?`),
      ...(names.length > 1 ? [textBlock('Or another of these:', { spacing: 'Small' })] : []),
    ],
    actions: [...buttons, ask('Help', 'help')],
  })
}

/** For a customer that does not exist and for one that may not be seen: the same words, so that nobody can tell. */
export function noCustomerCard(typed: string, links: Links): Card {
  return toCard({
    summary: 'I know no such customer',
    body: [
      title('I know no such customer'),
      textBlock(`There is none called “${escaped(typed)}” that you may see. Write its name, an alias or a domain, or look it up in the list of customers.`),
    ],
    actions: [open('Open in Outpost', links.toTab({ view: 'customers' })), ask('Help', 'help')],
  })
}

/** An administrator named a customer for a channel, and there is none of that name. Never names one: in the channel it would be read by all. */
export function notThatCustomerCard(links: Links): Card {
  return toCard({
    summary: 'I know no such customer',
    body: [
      title('I know no such customer'),
      textBlock('A channel is given to a customer by its whole name, an alias or a domain. Say it again in the channel, or choose it in Outpost under Admin → Channels.'),
    ],
    actions: [chooser(links), ask('Help', 'help')],
  })
}

/**
 * @param example a whole question; @param customers some of those that the person may see, to choose from
 * @param question makes the full question out of a customer's name
 */
export function missingCustomerCard(example: string, customers: readonly Named[], question: (name: string) => string, links: Links): Card {
  const buttons = customers.slice(0, 4).map(({ name }) => ask(name, question(name)))
  return toCard({
    summary: 'Which customer?',
    body: [title('Which customer?'), textBlock(`Add its name, an alias or a domain, for example “${example}”.`)],
    actions: [...buttons, open('Open in Outpost', links.toTab({ view: 'customers' })), ask('Help', 'help')],
  })
}

/** A way on from what was not understood. @param customer when at least that was */
export function unknownCard(customer: Named | null, commands: readonly CommandText[], links: Links): Card {
  if (customer === null) {
    return toCard({
      summary: 'I did not understand that',
      body: [title('I did not understand that'), textBlock('These I can answer:'), commandFacts(commands)],
      actions: [...commandButtons(commands), customersButton(links)],
    })
  }
  const { name } = customer
  return toCard({
    summary: `What about ${name}?`,
    body: [title(`What about ${escaped(name)}?`), textBlock('I can tell you about mail and meetings with them, how well they are protected, and their licences.')],
    actions: [
      ask('Last email', `last email from ${name}`),
      ask('Next meeting', `next meeting with ${name}`),
      ask('MFA', `mfa ${name}`),
      ask('Posture', `posture of ${name}`),
      ask('Licences', `licences ${name}`),
      ask('Help', 'help'),
    ],
  })
}

export function wroteToYouCard(links: Links): Card {
  return toCard({
    summary: 'I wrote to you privately',
    body: [textBlock('I wrote the answer to you privately. Here I show only what this place is for, and never mail, meetings or names of accounts.')],
    actions: [open('Open our chat', links.toChat())],
  })
}

/** @param closed Teams refused the chat, so Outpost has to be added first; otherwise it just did not work this time */
export function couldNotWriteCard(closed: boolean, links: Links): Card {
  return toCard({
    summary: 'I could not write to you privately',
    body: [textBlock(closed ? 'I answer that in our own chat only: add Outpost for yourself, and ask me again.' : 'I answer that in our own chat only, and could not write to you there. Ask me again in our chat.')],
    actions: [closed ? open('Add Outpost', links.toInstall()) : open('Open our chat', links.toChat())],
  })
}
