// Where the bot is installed, as Teams tells it, and the one welcome of each place.
import type { Changes } from '../../api/changes/rows.ts'
import { channelIdOf, installationIdOf, type Installations } from '../../api/channels/rows.ts'
import { id, type Log } from '../../api/log.ts'
import type { Conversation, Installed, Removed, Reply, TeamNews, Turn } from '../adapter/port.ts'
import type { Links } from '../parts/links.ts'
import type { ChannelHere } from '../subject.ts'
import type { CommandText } from '../talk/commandElements.ts'
import type { Activities } from './activityRows.ts'
import { welcomeCard } from './welcomeCard.ts'

export interface InstallationStore {
  readonly installations: Installations
  readonly activities: Activities
  readonly changes: Pick<Changes, 'add'>
}

export interface InstallationBook {
  /** Notes that a place is alive, with the other channels of its team, and where it is reached now; and whose it is when it is private. */
  seen(turn: Turn): Promise<void>
  /** The channel of a place, and what it is for; null when the bot is in no channel there. */
  channelAt(place: Conversation): Promise<ChannelHere | null>
  /** @returns true once for each activity, however often Teams sends it */
  first(turn: Turn): Promise<boolean>
  /**
   * Takes note of an installation or a removal. May be repeated, and must be when it fails: nobody tells us again.
   * @throws what the database throws
   */
  changed(turn: Installed | Removed, reply: Pick<Reply, 'say'>): Promise<void>
}

/** A channel is known by itself, whichever of its threads spoke. */
const whereIs = (place: Conversation) => {
  const { tenantId, serviceUrl, apart } = place
  return {
    tenantId, serviceUrl, conversationId: place.channelId ?? place.conversationId,
    // What happens in a private or shared channel happens there alone.
    teamId: place.scope === 'channel' && apart !== true ? (place.teamId ?? null) : null,
  }
}

export interface InstallationPorts {
  readonly store: InstallationStore
  /** For the welcome. */
  readonly commands: readonly CommandText[]
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
}

export function openInstallations({ store, commands, links, log, now }: InstallationPorts): InstallationBook {
  const { installations, activities } = store

  async function add({ fresh, place, userId }: Installed, reply: Pick<Reply, 'say'>): Promise<void> {
    const where = whereIs(place)
    const { tenantId, conversationId, serviceUrl } = where
    const { scope } = place
    // An upgrade tells nothing new but the address. It must not bring back what was removed, nor welcome anybody again.
    if (!fresh) return installations.refresh(where)
    // Whoever adds it to a private chat is the one who reads there; in a team it is only somebody of many.
    const whose = scope === 'personal' ? userId : null
    await installations.add({ tenantId, scope, teamId: place.teamId ?? null, conversationId, serviceUrl, userId: whose }, now())
    await named(place)
    log.info('bot.installed', { scope: id(scope) })
    if (!(await installations.claimWelcome({ tenantId, conversationId }, now()))) return
    await reply.say(welcomeCard({ scope, commands }, { links })).catch((error: unknown) => log.error('bot.welcome.failed', error))
  }

  async function named(place: Conversation): Promise<void> {
    const { teamName = null, channelName = null } = place
    if (teamName !== null || channelName !== null) await installations.renamed(whereIs(place), { teamName, channelName })
  }

  async function noted(turn: TeamNews): Promise<void> {
    await note(turn)
    await store.changes.add(now(), [{ kind: 'channels', customerId: null }])
  }

  async function note(turn: TeamNews): Promise<void> {
    const where = whereIs(turn.place)
    if (turn.news === 'teamEnded') return installations.markTeamDead(where, now(), 'teamEnded')
    if (turn.news === 'channelEnded') return installations.markDead(installationIdOf(where), now(), 'channelEnded')
    await installations.refresh(where)
    if (turn.news === 'members') return installations.membersChanged(where)
    await installations.renamed(where, turn.place)
  }

  return {
    async seen(turn) {
      if (turn.kind === 'team') return noted(turn)
      const where = whereIs(turn.place)
      if (where.conversationId === '') return
      const { scope } = turn.place
      if (turn.kind === 'message' && scope === 'personal') return installations.person({ ...where, userId: turn.user.aadObjectId }, now())
      await installations.refresh(where)
      if (turn.kind === 'message' && scope === 'channel') await installations.heardIn({ ...where, teamId: turn.place.teamId ?? null }, now())
    },
    async channelAt(place) {
      const doc = await installations.channelAt(whereIs(place))
      return doc === null ? null : { id: channelIdOf(doc), role: doc.role, outsiders: doc.outsiders === 'some' }
    },
    first: ({ id: activityId, place }) => activities.claim(place.conversationId, activityId, now()),
    async changed(turn, reply) {
      const { place } = turn
      // A late repetition of an "add" must not undo a "remove" that came after it.
      if (await activities.claimed(place.conversationId, turn.id)) return
      if (turn.kind === 'installed') await add(turn, reply)
      else {
        await installations.remove(whereIs(place), now())
        log.info('bot.removed', { scope: id(place.scope) })
      }
      if (place.scope === 'channel') await store.changes.add(now(), [{ kind: 'channels', customerId: null }])
      await activities.claim(place.conversationId, turn.id, now())
    },
  }
}
