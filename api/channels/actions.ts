// What a channel is for. An administrator says it, because it decides whose customers are named where others read along.
import { AppError } from '../errors.ts'
import type { Actor } from '../access/model.ts'
import type { Channel, ChannelChange, ChannelRole, Outsiders } from './model.ts'
import { requireRole } from '../access/actor.ts'
import { channel as channelQuery, channelDoc } from './query.ts'
import { customerDoc } from '../customers/query.ts'
import type { ChannelDoc } from './rows.ts'
import type { ActionOptions } from '../actions.ts'

async function checkedReaders({ outsidersIn }: ActionOptions, doc: ChannelDoc, confirmed: boolean): Promise<Outsiders> {
  const outsiders = await outsidersIn(doc)
  if (outsiders === 'some') throw new AppError('outsidersRead')
  if (outsiders === 'unknown' && !confirmed) throw new AppError('readersUnknown')
  return outsiders
}

function wordsOf(role: ChannelRole | null, outsiders: Outsiders): string {
  if (role === null) return 'nothing'
  if (role.kind === 'customer') return 'customer'
  return outsiders === 'unknown' ? 'alerts unchecked' : 'alerts'
}

/**
 * @throws AppError forbidden; notFound; conflict for a customer that is archived; outsidersRead; readersUnknown when nobody can tell
 *   who reads there and the administrator has not confirmed
 */
export async function setChannelRole(options: ActionOptions, actor: Actor, channelId: string, { role, confirmed }: ChannelChange): Promise<Channel> {
  requireRole(actor, 'admin')
  const { store, now } = options
  const doc = await channelDoc(store, channelId)
  const customerId = role?.kind === 'customer' ? role.customerId : null
  if (customerId !== null && (await customerDoc(store, customerId)).archivedAt !== null) {
    throw new AppError('conflict', { sentence: 'This customer is archived. Restore it first.' })
  }
  const outsiders = role?.kind === 'alerts' ? await checkedReaders(options, doc, confirmed) : 'unknown'
  await store.audit.add(actor, now(), { action: 'channel.role', target: channelId, customerId, detail: wordsOf(role, outsiders) })
  await store.installations.setRole(doc, role, outsiders, now())
  await store.changes.add(now(), [{ kind: 'channels', customerId: null }])
  return channelQuery(store, channelId)
}
