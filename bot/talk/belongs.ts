// What may be answered where others read along: what the place is for, and nothing else.
import type { Ask, Intent } from '../understand/intent.ts'
import { namesAll } from '../understand/lexicon.ts'
import type { Candidate } from '../understand/resolve.ts'
import { toWords } from '../understand/words.ts'
import type { ChannelHere } from './purpose.ts'

/**
 * @param intent as understood among all customers that the asking person may see
 * @param channel null for a group chat, which is for nothing
 * @returns the question as it is answered there; null when it is answered in the person's own chat. In a channel of one customer a
 *   question that names none is about that one. In the channel of our own alerts a customer may be named; what is about several of them
 *   is answered to whoever asked, as everywhere
 */
export function belongingHere(intent: Intent, plain: string, channel: ChannelHere | null, customers: readonly Candidate[]): Ask | null {
  if (channel === null || channel.role === null || !('assumed' in intent) || intent.kind === 'syncStatus') return null
  const { role, outsiders } = channel
  const { customer } = intent
  if (role.kind === 'alerts') return customer.kind === 'found' && !outsiders ? intent : null
  const own = customers.find(({ id }) => id === role.customerId)
  if (own === undefined) return null
  if (customer.kind === 'found') return customer.customer.id === own.id ? intent : null
  const unnamed = customer.kind === 'missing' || (customer.kind === 'all' && !namesAll(toWords(plain)))
  return unnamed ? { ...intent, customer: { kind: 'found', customer: own } } : null
}
