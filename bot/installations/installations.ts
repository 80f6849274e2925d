// Where the bot is installed, as Teams tells it, and the one welcome of each place.
import { id, type Log } from '../../api/log.ts'
import type { Activities } from '../../api/store/activities.ts'
import type { Installations } from '../../api/store/installations.ts'
import type { Conversation, Installed, Removed, Reply, Turn } from '../adapter/port.ts'
import type { Links } from '../cards/deepLink.ts'
import { welcomeCard } from '../cards/talk.ts'
import { commandsIn } from '../understand/commands.ts'

export interface InstallationStore {
  readonly installations: Installations
  readonly activities: Activities
}

export interface InstallationBook {
  /** Notes that a conversation is alive and where it is reached now, and whose it is when it is private. */
  seen(turn: Turn): Promise<void>
  /** @returns true once for each activity, however often Teams sends it */
  first(turn: Turn): Promise<boolean>
  /**
   * Takes note of an installation or a removal. May be repeated, and must be when it fails: nobody tells us again.
   * @throws what the database throws
   */
  changed(turn: Installed | Removed, reply: Pick<Reply, 'say'>): Promise<void>
}

/** A channel is known by itself, whichever of its threads spoke. */
const conversationOf = (place: Conversation): string => place.channelId ?? place.conversationId

export function openInstallations(store: InstallationStore, links: Links, log: Log, now: () => Date): InstallationBook {
  const { installations, activities } = store

  async function add({ fresh, place, userId }: Installed, reply: Pick<Reply, 'say'>): Promise<void> {
    const conversationId = conversationOf(place)
    const { tenantId, scope, serviceUrl } = place
    // An upgrade tells nothing new but the address. It must not bring back what was removed, nor welcome anybody again.
    if (!fresh) return installations.refresh({ tenantId, conversationId, serviceUrl })
    // Whoever adds it to a private chat is the one who reads there; in a team it is only somebody of many.
    const whose = scope === 'personal' ? userId : null
    await installations.add({ tenantId, scope, teamId: place.teamId ?? null, conversationId, serviceUrl, userId: whose }, now())
    log.info('bot.installed', { scope: id(scope) })
    if (!(await installations.claimWelcome({ tenantId, conversationId }, now()))) return
    await reply.say(welcomeCard(scope, commandsIn(scope), links)).catch((error: unknown) => log.error('bot.welcome.failed', error))
  }

  return {
    seen(turn) {
      const { tenantId, scope, serviceUrl } = turn.place
      const here = { tenantId, conversationId: conversationOf(turn.place), serviceUrl }
      if (turn.kind !== 'message' || scope !== 'personal' || here.conversationId === '') return installations.refresh(here)
      return installations.person({ ...here, userId: turn.user.aadObjectId }, now())
    },
    first: ({ id: activityId, place }) => (activityId === '' ? Promise.resolve(true) : activities.claim(place.conversationId, activityId, now())),
    async changed(turn, reply) {
      const { place } = turn
      // A late repetition of an "add" must not undo a "remove" that came after it.
      if (turn.id !== '' && (await activities.claimed(place.conversationId, turn.id))) return
      if (turn.kind === 'installed') await add(turn, reply)
      else {
        await installations.remove({ tenantId: place.tenantId, conversationId: conversationOf(place), teamId: place.teamId ?? null }, now())
        log.info('bot.removed', { scope: id(place.scope) })
      }
      if (turn.id !== '') await activities.claim(place.conversationId, turn.id, now())
    },
  }
}
