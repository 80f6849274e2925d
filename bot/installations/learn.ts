// What Outpost has to ask Teams of a channel: what it is called, and whether others than our own people read there.
import type { Changes } from '../../api/changes/rows.ts'
import type { Outsiders } from '../../api/channels/model.ts'
import type { ChannelDoc, Installations } from '../../api/channels/rows.ts'
import { id, type Log } from '../../api/log.ts'
import type { Membership, Outbound } from '../adapter/port.ts'

/** Where a channel is, for asking who reads there. */
export type ReadChannel = Pick<ChannelDoc, 'serviceUrl' | 'tenantId' | 'conversationId' | 'teamId'>

export interface LearnPorts {
  readonly store: { readonly installations: Pick<Installations, 'channels' | 'checked' | 'named'>; readonly changes: Pick<Changes, 'add'> }
  readonly outbound: Pick<Outbound, 'post' | 'membersOf' | 'namesIn'>
  readonly log: Log
  readonly now: () => Date
}

const minute = 60_000
/** A guest can come while the bot is away, and a list that could not be read can be readable later. */
const checkedFor = { none: 24 * 60 * minute, some: 60 * minute, unknown: 60 * minute } satisfies Record<Outsiders, number>

/** One of them is enough; what is not known of one is not known of all. */
export function outsidersAmong(members: readonly Membership[]): Outsiders {
  if (members.includes('outsider')) return 'some'
  return members.length === 0 || members.includes(null) ? 'unknown' : 'none'
}

/**
 * Whether guests or people of other organisations read in a channel. A shared channel is read by others than its team, so both lists
 * are looked at, and nobody is ruled out while one of them cannot be read.
 */
export async function outsidersIn({ outbound, log }: Pick<LearnPorts, 'outbound' | 'log'>, channel: ReadChannel): Promise<Outsiders> {
  const { serviceUrl, tenantId } = channel
  const ids = new Set([channel.conversationId, ...(channel.teamId === null ? [] : [channel.teamId])])
  const found = await Promise.all([...ids].map(async (conversationId) => {
    try {
      return outsidersAmong(await outbound.membersOf({ serviceUrl, tenantId, conversationId }))
    } catch (error) {
      log.error('channel.members.failed', error)
      return 'unknown' as const
    }
  }))
  if (found.includes('some')) return 'some'
  return found.includes('unknown') ? 'unknown' : 'none'
}

const said: Partial<Record<Outsiders, string>> = {
  some: 'Guests or people of another organisation read here now, so our team’s alerts are no longer posted here and those above are taken back. What I answered here before stays readable. An administrator says in Outpost, under Admin → Channels, what this channel is for.',
  none: 'Only people of our organisation read here again, so our team’s alerts are back.',
}

async function check(ports: LearnPorts, channel: ChannelDoc): Promise<void> {
  const { store, outbound, log, now } = ports
  const age = channel.checkedAt === null ? Infinity : now().getTime() - channel.checkedAt.getTime()
  if (channel.role?.kind !== 'alerts' || age < checkedFor[channel.outsiders]) return
  const found = await outsidersIn(ports, channel)
  // Who was seen there stays there until somebody looks again and sees nobody.
  const outsiders = found === 'unknown' && channel.outsiders === 'some' ? 'some' : found
  if (!(await store.installations.checked(channel, outsiders, now()))) return
  await store.changes.add(now(), [{ kind: 'channels', customerId: null }])
  log.info('channel.members.changed', { outsiders: id(outsiders) })
  const text = outsiders === 'some' || channel.outsiders === 'some' ? said[outsiders] : undefined
  if (text === undefined) return
  await outbound.post({ ...channel, channelId: channel.conversationId }, text).catch((error: unknown) => log.error('channel.members.unsaid', error))
}

async function name({ store, outbound, log, now }: LearnPorts, channel: ChannelDoc): Promise<void> {
  const { serviceUrl, teamId, conversationId } = channel
  if (channel.namedAt !== null || teamId === null) return
  let names = { teamName: null as string | null, channelName: null as string | null }
  try {
    const { team, channels } = await outbound.namesIn({ serviceUrl, teamId })
    // Teams leaves the naming of this one to its clients, each in its own language.
    names = { teamName: team, channelName: conversationId === teamId ? 'General' : (channels.get(conversationId) ?? null) }
  } catch (error) {
    log.error('channel.names.failed', error)
  }
  await store.installations.named(channel._id, names, now())
  await store.changes.add(now(), [{ kind: 'channels', customerId: null }])
}

/** Asks for what is not known of the channels. Several copies of the process may do this at once. */
export async function learnChannels(ports: LearnPorts): Promise<void> {
  for (const channel of await ports.store.installations.channels()) {
    if (channel.deadAt !== null) continue
    await Promise.all([check(ports, channel), name(ports, channel)])
  }
}
