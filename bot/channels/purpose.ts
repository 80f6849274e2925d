// "This channel is for …": asked, asked back, and done for an administrator. What is said in the channel names no customer but the one
// that the channel is for, whoever asks.
import type { ChannelRole } from '../../api/channels/model.ts'
import type { CustomerNames } from '../../api/customers/model.ts'
import { AppError } from '../../api/errors.ts'
import type { Conversation } from '../adapter/port.ts'
import { discreetly, inTheOpen, type Answer } from '../parts/answer.ts'
import type { InstructionContext } from '../subject.ts'
import { withoutFillers } from '../understand/lexicon.ts'
import { openResolver } from '../understand/resolve.ts'
import { toWords } from '../understand/words.ts'
import { confirmPurposeCard, confirmReadersCard, notThatCustomerCard, purposeCard, type Purpose } from './card.ts'
import type { ChannelWish } from './words.ts'

const onlyAdmins = 'Only an administrator of Outpost can say what a channel is for.'
const elsewhere: Record<Conversation['scope'], string> = {
  personal: 'What a channel is for is said in that channel, or in Outpost under Admin → Channels.',
  groupChat: 'A group chat cannot be for a customer or for alerts. Whoever asks something here is answered in their own chat.',
  channel: 'I am not in this channel. Add Outpost to this team first.',
}

/** By its whole name, an alias or a domain, and never on a likeness; null when it is none, or more than one. */
function customerOf(to: { name: string } | { customerId: string }, customers: readonly CustomerNames[]): CustomerNames | null {
  if ('customerId' in to) return customers.find(({ id }) => id === to.customerId) ?? null
  const found = openResolver(customers).resolve(withoutFillers(toWords(to.name)))
  if (found.kind !== 'found' || (found.likeness !== 'exact' && found.likeness !== 'short')) return null
  return customers.find(({ id }) => id === found.customer.id) ?? null
}

const nameOf = (customers: readonly CustomerNames[], customerId: string) => customers.find(({ id }) => id === customerId)?.name

function purposeOf(role: ChannelRole | null, customers: readonly CustomerNames[]): Purpose {
  if (role === null) return { kind: 'nothing' }
  if (role.kind === 'alerts') return role
  return { kind: 'customer', name: nameOf(customers, role.customerId) ?? 'a customer that is archived' }
}

/**
 * @throws AppError of the action, but for those that an administrator can answer
 */
export async function answerPurpose(wish: ChannelWish, context: InstructionContext): Promise<Answer> {
  const { actor, customers, scope, channel, actions } = context
  if (scope !== 'channel' || channel === null) return inTheOpen(elsewhere[scope])
  if (wish.to === 'what') return inTheOpen(purposeCard(purposeOf(channel.role, customers), context))
  if (actor.role !== 'admin') return inTheOpen(onlyAdmins)
  const customer = typeof wish.to === 'object' ? customerOf(wish.to, customers) : null
  if (typeof wish.to === 'object' && customer === null) return discreetly(notThatCustomerCard(context))
  const kind = typeof wish.to === 'object' ? 'customer' : wish.to
  if (!wish.agreed) {
    const words = { customer: `customer ${customer?.id ?? ''}`, alerts: 'our alerts', nothing: 'nothing' }[kind]
    return inTheOpen(confirmPurposeCard({ kind, yes: `yes, this channel is for ${words}` }, context))
  }
  const role: ChannelRole | null = kind === 'customer' ? { kind, customerId: customer!.id } : kind === 'alerts' ? { kind } : null
  try {
    await actions.setChannelRole(actor, channel.id, { role, confirmed: wish.checked })
  } catch (error) {
    if (error instanceof AppError && error.code === 'readersUnknown') return inTheOpen(confirmReadersCard(error.message, context))
    throw error
  }
  return inTheOpen(purposeCard(purposeOf(role, customers), context))
}
