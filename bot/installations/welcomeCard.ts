// What the bot says when it is added somewhere.
import type { Card, Conversation } from '../adapter/port.ts'
import { purposeButtons, purposeElements } from '../channels/card.ts'
import { helpButton, openCustomers } from '../parts/buttons.ts'
import { aside, textBlock, title, toCard, type CardContext } from '../parts/card.ts'
import { commandGroups, type CommandText } from '../talk/commandElements.ts'

export interface WelcomeFacts {
  readonly scope: Conversation['scope']
  readonly commands: readonly CommandText[]
}

/** The one welcome of a chat or of a channel. */
export function welcomeCard({ scope, commands }: WelcomeFacts, { links }: Pick<CardContext, 'links'>): Card {
  const group = 'Whoever asks something here is answered in their own chat.'
  const room = { personal: [], channel: purposeElements, groupChat: [textBlock(group)] }[scope]
  return toCard({
    summary: 'Outpost is here',
    body: [
      title('Welcome to Outpost'),
      textBlock('Outpost shows technicians the last emails and the next meetings with a customer, and how well its Microsoft 365 is protected.'),
      ...room,
      ...(scope === 'personal' ? [textBlock('You see what your role in Outpost allows; an administrator assigns it.'), ...commandGroups(commands)] : []),
      ...(scope === 'personal' ? [] : [aside('Mention me and write “help” to read what I can answer.')]),
    ],
    actions: scope === 'channel' ? [...purposeButtons(links), helpButton] : [openCustomers(links)],
  })
}
