// What may be answered where others read along: what the place is for, and nothing else.
import type { ChannelHere } from '../subject.ts'
import type { Grammar } from '../understand/grammar.ts'
import type { Ask, Intent } from '../understand/intent.ts'
import { namesAll } from '../understand/lexicon.ts'
import type { Candidate } from '../understand/nameForms.ts'
import { toWords } from '../understand/words.ts'

interface Place {
  readonly grammar: Grammar
  /** Null for a group chat, which is for nothing. */
  readonly channel: ChannelHere | null
  /** Those that the asking person may see. */
  readonly customers: readonly Candidate[]
}

/**
 * @param plain the question; @param intent as understood among all customers that the asking person may see
 * @returns the question as it is answered there; null when it is answered in the person's own chat. In a channel of one customer a
 *   question that names none is about that one. In the channel of our own alerts a customer may be named; what is about several of them
 *   is answered to whoever asked, as everywhere
 */
export function belongingHere({ grammar, channel, customers }: Place, plain: string, intent: Intent): Ask | null {
  if (channel === null || channel.role === null || intent.kind !== 'ask' || grammar.questionOf(intent.form).ofCustomer === undefined) return null
  // Which words were understood could tell which customers the asking person may see.
  if (intent.doubt !== undefined || intent.unused !== undefined) return null
  const { role, outsiders } = channel
  const { customer } = intent
  if (role.kind === 'alerts') return customer.kind === 'found' && !outsiders ? intent : null
  const own = customers.find(({ id }) => id === role.customerId)
  if (own === undefined) return null
  if (customer.kind === 'found') return customer.customer.id === own.id ? intent : null
  const unnamed = customer.kind === 'missing' || (customer.kind === 'all' && !namesAll(toWords(plain)))
  return unnamed ? { ...intent, customer: { kind: 'found', customer: own } } : null
}
