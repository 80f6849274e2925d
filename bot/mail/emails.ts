// Mail of one customer: the last one, a list, who wrote last.
import type { Actor } from '../../api/model/actor.ts'
import type { Query } from '../../api/query/query.ts'
import type { Card } from '../adapter/port.ts'
import type { Clock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { emailsCard, whoEmailedCard } from '../cards/emails.ts'
import { lastEmailCard } from '../cards/lastEmail.ts'
import type { Assumed, Form, Side } from '../understand/intent.ts'
import type { Candidate } from '../understand/resolve.ts'
import { daysOf } from './days.ts'
import { newestMessages } from './newestMessages.ts'

const mostShown = 5

export interface MailPorts {
  readonly query: Query
  readonly links: Links
  readonly clock: Clock
  readonly now: Date
}

export async function lastEmailAnswer(
  { query, links, clock }: MailPorts,
  actor: Actor,
  customer: Candidate,
  side: Side,
  assumed: Assumed,
): Promise<Card> {
  // Not filtered by direction: whoever asks what a customer wrote also wants to know of anything newer, private mail included.
  const { items, about } = await newestMessages(query, actor, customer, side, 1, {})
  const newest = about.items[0] ?? null
  const message = items[0] ?? newest
  const newer = message?.id === newest?.id ? null : newest
  return lastEmailCard({ customer, side, message, instead: items.length === 0, newer, about, assumed }, clock, links)
}

export async function emailsAnswer(
  { query, links, clock, now }: MailPorts,
  actor: Actor,
  customer: Candidate,
  { side, words, range }: Extract<Form, { kind: 'emails' }>,
  assumed: Assumed,
): Promise<Card> {
  const days = range === null ? null : daysOf(range, clock, now, false)
  const { items, more, about } = await newestMessages(query, actor, customer, side, mostShown, {
    ...(side === 'any' ? {} : { direction: side }),
    ...(words.length === 0 ? {} : { words: [...words] }),
    ...(days === null ? {} : { from: days.from, to: days.to }),
  })
  const beyond = days !== null && days.from.getTime() < now.getTime() - about.windowDays * 86_400_000
  return emailsCard({ customer, side, words, days: days?.words ?? null, beyond, found: { ...about, items, more }, assumed }, clock, links)
}

export async function whoEmailedAnswer(
  { query, links, clock }: MailPorts,
  actor: Actor,
  customer: Candidate,
  side: 'in' | 'out',
  assumed: Assumed,
): Promise<Card> {
  const { items, about } = await newestMessages(query, actor, customer, side, 1, { direction: side })
  return whoEmailedCard({ customer, side, message: items[0] ?? null, about, assumed }, clock, links)
}
