// What a channel is for. An administrator says it, because it decides whose customers are named where others read along.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import { Changes } from '../changes/rows.ts'
import type { Acting } from '../context.ts'
import { changedMeanwhile } from '../customers/outdated.ts'
import { customerDoc } from '../customers/query.ts'
import { afterwards } from '../database/afterwards.ts'
import { AppError } from '../errors.ts'
import type { Channel, ChannelChange, ChannelRole, Outsiders } from './model.ts'
import { channel, channelDoc } from './query.ts'
import { Installations, type ChannelDoc } from './rows.ts'

async function checkedReaders({ teams }: Acting, doc: ChannelDoc, confirmed: boolean): Promise<Outsiders> {
  const outsiders = await teams.outsidersIn(doc)
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
 * @throws AppError forbidden; notFound; conflict for a customer that is archived, and, with both states, when somebody else has changed it; outsidersRead; readersUnknown when nobody can tell
 *   who reads there and the administrator has not confirmed
 */
async function setChannelRole(on: Acting, actor: Actor, channelId: string, { role, confirmed, revision }: ChannelChange): Promise<Channel> {
  requireRight(actor, 'manageChannels')
  const { db, now } = on
  const doc = await channelDoc(db, channelId)
  const outdated = async () => changedMeanwhile('channel', { yours: { role }, now: await channel(db, channelId) })
  if (revision !== undefined && revision !== doc.revision) throw await outdated()
  const customerId = role?.kind === 'customer' ? role.customerId : null
  if (customerId !== null && (await customerDoc(db, customerId)).archivedAt !== null) {
    throw new AppError('conflict', { sentence: 'This customer is archived. Restore it first.' })
  }
  const outsiders = role?.kind === 'alerts' ? await checkedReaders(on, doc, confirmed) : 'unknown'
  await db(Audit).add(actor, now(), { action: 'channel.role', target: channelId, customerId, detail: wordsOf(role, outsiders) })
  if (!(await db(Installations).setRole(doc, role, outsiders, now()))) throw await outdated()
  await afterwards(() => db(Changes).add(now(), [{ kind: 'channels', customerId: null }]))
  return channel(db, channelId)
}

export const channelActions = { setChannelRole }
