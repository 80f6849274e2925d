// What people in a channel are told about a customer: counts, never names of accounts.
import type { CheckId } from '../../api/posture/model.ts'
import type { Card } from '../adapter/port.ts'
import { openCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, harmless, textBlock, toCard, type CardContext, type Element } from '../parts/card.ts'

export interface AlertFacts {
  readonly customerId: string
  readonly customerName: string
  readonly check: CheckId
  /** archived: the customer is; what is known of it is no longer looked after. withdrawn: the channel is no longer told of it. */
  readonly state: 'open' | 'resolved' | 'archived' | 'withdrawn'
  readonly failing: number
  readonly of: number
  readonly unknown: number
  /** When this was last looked at. */
  readonly judgedAt: Date
}

const verb = (count: number): string => (count === 1 ? 'is' : 'are')

const sentences: Record<CheckId, (facts: AlertFacts, name: string) => string> = {
  privilegedAccountsMfaCapable({ state, failing, of, unknown }, name) {
    const accounts = of === 1 ? 'privileged account' : 'privileged accounts'
    if (state === 'open') return `${String(failing)} of ${String(of)} ${accounts} at ${name} ${verb(failing)} not MFA capable`
    if (of === 0) return `No privileged account is left at ${name}`
    return unknown === 0
      ? `${of === 1 ? 'The one' : `All ${String(of)}`} ${accounts} at ${name} ${verb(of)} MFA capable`
      : `No privileged account at ${name} is known to lack MFA`
  },
}

/** The time in each reader's own zone; Teams fills it in ("Text features in Adaptive Cards"). It accepts no fractions of seconds. */
function localTime(time: Date): string {
  const iso = `${time.toISOString().slice(0, 19)}Z`
  return `{{DATE(${iso}, COMPACT)}} {{TIME(${iso})}}`
}

/** One card a channel, customer and check; the same card is replaced when its facts change. */
export function alertCard(facts: AlertFacts, { links }: Pick<CardContext, 'links'>): Card {
  if (facts.state === 'archived') return archivedCard(facts)
  if (facts.state === 'withdrawn') return withdrawnCard()
  const { customerId, customerName, check, state, of, unknown, judgedAt } = facts
  const headline = (name: string) => sentences[check](facts, name)
  const resolved = state === 'resolved'
  const banner: Element = {
    type: 'Container',
    style: resolved ? 'good' : 'attention',
    bleed: true,
    items: [
      textBlock(resolved ? 'Resolved' : 'Needs attention', { weight: 'Bolder', size: 'Small', color: resolved ? 'Good' : 'Attention' }),
      textBlock(headline(escaped(customerName)), { weight: 'Bolder', size: 'Medium', spacing: 'Small' }),
    ],
  }
  return toCard({
    summary: `${resolved ? 'Resolved: ' : ''}${headline(customerName)}`,
    body: [
      banner,
      textBlock(unknown === 0 ? 'None is unknown.' : `${String(unknown)} of ${String(of)} ${verb(unknown)} unknown.`),
      aside('Capable means that a method is registered. It does not say that MFA is enforced.'),
      aside(`As of ${localTime(judgedAt)}. This card changes by itself; what gets worse is said in its thread.`),
    ],
    actions: [
      openCustomer({ id: customerId, name: customerName }, 'posture', links),
      ask('Ask for the numbers', `mfa ${customerName}`),
    ],
  })
}

/** What stands in the card's thread when it opens again, or when more accounts fail. Shown as it is, so nothing is escaped. */
export function replyText(facts: AlertFacts, what: 'again' | 'worse'): string {
  return `${what === 'again' ? 'Open again' : 'It got worse'}: ${sentences[facts.check](facts, harmless(facts.customerName))}.`
}

/** Whoever reads in the channel now may not be told of the customer, so not even its name is left. */
function withdrawnCard(): Card {
  return toCard({
    summary: 'No longer shown here',
    body: [
      textBlock('No longer shown here', { weight: 'Bolder', size: 'Small' }),
      textBlock('What stood here is not for this channel any more.'),
      aside('What a channel is for is said by an administrator in Outpost, under Admin → Channels.'),
    ],
  })
}

function archivedCard({ customerName }: AlertFacts): Card {
  const sentence = (name: string) => `${name} is archived`
  return toCard({
    summary: `No longer watched: ${sentence(customerName)}`,
    body: [
      textBlock('No longer watched', { weight: 'Bolder', size: 'Small' }),
      textBlock(sentence(escaped(customerName)), { weight: 'Bolder', size: 'Medium', spacing: 'Small' }),
      aside('What was found there before is not followed any more. This card changes again if the customer is restored.'),
    ],
  })
}
