// Where the bot is installed: one row a conversation. Of a channel also what it is for, because that says which cards go there.
// Where it is installed is learned from Teams; what a channel is for is said by an administrator.
import { createHash } from 'node:crypto'
import { MongoServerError, type Collection, type IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import type { ChannelRole, Outsiders } from './model.ts'

export interface InstallationDoc {
  /** `${tenantId}|${conversationId}` */
  _id: string
  tenantId: string
  scope: 'personal' | 'channel' | 'groupChat'
  teamId: string | null
  /** Object id of the person whose private chat it is; null elsewhere, and until the person is known. */
  userId: string | null
  /** Of a channel, not of a thread in it. */
  conversationId: string
  /** Where the connector is reached; it changes, so every activity from there refreshes it. */
  serviceUrl: string
  installedAt: Date
  removedAt: Date | null
  /** The welcome is sent once, also after an upgrade, a repeated event or a restart. */
  welcomedAt: Date | null
  /** Teams refused a new message there with a code that says why; null again once something comes from there. */
  deadAt: Date | null
}

export interface ChannelDoc extends InstallationDoc {
  scope: 'channel'
  /** Null: for nothing. */
  role: ChannelRole | null
  roleAt: Date | null
  /** Grows with each change of the role. */
  revision: number
  outsiders: Outsiders
  /** When the members were last asked for; null: they are to be asked for. */
  checkedAt: Date | null
  /** Counts the news of members: what was read before the last of them says nothing of who reads there now. */
  memberNews: number
  teamName: string | null
  channelName: string | null
  /** When the names were last asked for; null: they are to be asked for. */
  namedAt: Date | null
  /** The code or the event that says why nobody reads there; null while somebody does. */
  deadReason: string | null
}

export type Place = Pick<InstallationDoc, 'tenantId' | 'scope' | 'teamId' | 'conversationId' | 'serviceUrl' | 'userId'>
type Where = Pick<Place, 'tenantId' | 'conversationId' | 'teamId'>

const indexes: IndexDescription[] = [{ key: { scope: 1, removedAt: 1, deadAt: 1 } }, { key: { tenantId: 1, teamId: 1 } }]

export const installationIdOf = ({ tenantId, conversationId }: Pick<Place, 'tenantId' | 'conversationId'>): string => `${tenantId}|${conversationId}`

/** The id under which a channel is known outside: Teams' own looks like an address. */
export const channelIdOf = ({ _id }: Pick<InstallationDoc, '_id'>): string => createHash('sha256').update(_id).digest('hex').slice(0, 32)

const unknownChannel = { role: null, roleAt: null, revision: 0, outsiders: 'unknown', memberNews: 0, teamName: null, channelName: null } as const
const toBeAsked = { namedAt: null, checkedAt: null, deadReason: null } as const
const alive = { deadAt: null, deadReason: null } as const

/**
 * Rows that were written before channels had roles: the channels keep what they had, the team's alerts. May be repeated.
 */
export const giveChannelsTheirRoles: Migration = async (db) => {
  await db.collection<ChannelDoc>('installations').updateMany(
    { scope: 'channel', role: { $exists: false } },
    { $set: { ...unknownChannel, ...toBeAsked, role: { kind: 'alerts' } } },
  )
}

/** Channels whose changes nobody counted. May be repeated. */
const countChanges: Migration = (db) => db.collection('installations').updateMany({ scope: 'channel', revision: { $exists: false } }, { $set: { revision: 0 } })

function installationsIn(collection: Collection<InstallationDoc>) {
  const channels = collection as unknown as Collection<ChannelDoc>

  /** Two at once may both have found no row: the second time there is one. */
  async function twice(write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === 11000)) throw error
      await write()
    }
  }

  /** The rows that one word from a place concerns: a channel's whole team, or that place alone. */
  const concerned = ({ tenantId, teamId, conversationId }: Where) =>
    teamId === null ? { _id: installationIdOf({ tenantId, conversationId }) } : { tenantId, teamId }

  return {
    /** The bot was added: makes the row, or brings it back to life, and with it the other channels of a team. */
    async add({ userId, ...place }: Place, now: Date): Promise<void> {
      // Who is known stays known, also when Teams tells of the same chat again without naming the person.
      const whose = userId === null ? { $setOnInsert: { welcomedAt: null, userId } } : { $setOnInsert: { welcomedAt: null } }
      const channel = place.scope === 'channel'
      await collection.updateOne(
        { _id: installationIdOf(place) },
        {
          $set: { ...place, ...(userId === null ? {} : { userId }), installedAt: now, removedAt: null, deadAt: null, ...(channel ? toBeAsked : {}) },
          $setOnInsert: { ...whose.$setOnInsert, ...(channel ? unknownChannel : {}) },
        },
        { upsert: true },
      )
      if (channel && place.teamId !== null) {
        const { tenantId, teamId, serviceUrl } = place
        await channels.updateMany({ tenantId, teamId }, { $set: { serviceUrl, removedAt: null, deadAt: null, ...toBeAsked } })
      }
    },
    /** Something came from there, so it is alive and reached at this address, with every other channel of its team. Does nothing where the bot is not installed. */
    async refresh({ serviceUrl, ...where }: Where & Pick<Place, 'serviceUrl'>): Promise<void> {
      await channels.updateMany(
        { ...concerned(where), deadAt: { $ne: null } },
        { $set: { serviceUrl, ...(where.teamId === null ? { deadAt: null } : { ...alive, namedAt: null }) } },
      )
      await collection.updateMany({ ...concerned(where), serviceUrl: { $ne: serviceUrl } }, { $set: { serviceUrl } })
    },
    /**
     * A person wrote in the private chat, so the bot is there, even if nobody told when it was added. What was removed stays
     * removed: the message may be older than that.
     */
    async person({ tenantId, conversationId, serviceUrl, userId }: Omit<Place, 'scope' | 'teamId'>, now: Date): Promise<void> {
      await twice(() => collection.updateOne({ _id: installationIdOf({ tenantId, conversationId }) }, {
        $set: { serviceUrl, userId, deadAt: null },
        $setOnInsert: { tenantId, scope: 'personal' as const, teamId: null, conversationId, installedAt: now, removedAt: null, welcomedAt: now },
      }, { upsert: true }))
    },
    /** Somebody spoke to the bot in a channel of a team that has it: in a standard channel it is present without being added there. */
    async heardIn({ tenantId, teamId, conversationId, serviceUrl }: Where & Pick<Place, 'serviceUrl'>, now: Date): Promise<void> {
      await twice(() => channels.updateOne({ _id: installationIdOf({ tenantId, conversationId }) }, {
        $set: { serviceUrl },
        $setOnInsert: {
          tenantId, teamId, conversationId, scope: 'channel', userId: null, installedAt: now, removedAt: null, welcomedAt: now, deadAt: null,
          ...unknownChannel, ...toBeAsked,
        },
      }, { upsert: true }))
    },
    /** The bot was removed: from a chat or a single channel, or from a team with all its channels (then `teamId` is given). */
    async remove(where: Where, now: Date): Promise<void> {
      const id = installationIdOf(where)
      await collection.updateOne({ _id: id, removedAt: null }, { $set: { removedAt: now } })
      if (where.teamId !== null) await collection.updateMany({ ...concerned(where), removedAt: null }, { $set: { removedAt: now } })
    },
    /** @returns true for the one caller that may send the welcome */
    async claimWelcome(place: Pick<Place, 'tenantId' | 'conversationId'>, now: Date): Promise<boolean> {
      const result = await collection.updateOne({ _id: installationIdOf(place), welcomedAt: null }, { $set: { welcomedAt: now } })
      return result.matchedCount === 1
    },
    /** Nothing can be sent there any more, until it shows signs of life. @param reason a code, for a channel */
    async markDead(id: string, now: Date, reason?: string): Promise<void> {
      await channels.updateOne({ _id: id, deadAt: null }, { $set: { deadAt: now, ...(reason === undefined ? {} : { deadReason: reason }) } })
    },
    /** The same for every channel of a team. */
    async markTeamDead({ tenantId, teamId }: Pick<Place, 'tenantId' | 'teamId'>, now: Date, reason: string): Promise<void> {
      if (teamId !== null) await channels.updateMany({ tenantId, teamId, deadAt: null }, { $set: { deadAt: now, deadReason: reason } })
    },
    /** Every channel that the bot is in, dead or not. */
    channels: (): Promise<ChannelDoc[]> => channels.find({ scope: 'channel', removedAt: null }).sort({ _id: 1 }).toArray(),
    /** The channels that cards can be posted to. */
    targets: (): Promise<ChannelDoc[]> => channels.find({ scope: 'channel', removedAt: null, deadAt: null }).sort({ _id: 1 }).toArray(),
    /** The private chats with people who are known. */
    async personal(): Promise<(InstallationDoc & { userId: string })[]> {
      const docs = await collection.find({ scope: 'personal', removedAt: null, deadAt: null }).sort({ _id: 1 }).toArray()
      return docs.flatMap((doc) => (typeof doc.userId === 'string' ? [{ ...doc, userId: doc.userId }] : []))
    },
    /** By the id under which it is known outside. */
    async channel(id: string): Promise<ChannelDoc | null> {
      const docs = await channels.find({ scope: 'channel', removedAt: null }).toArray()
      return docs.find((doc) => channelIdOf(doc) === id) ?? null
    },
    /** By where it is; null for what is no channel that the bot is in. */
    channelAt: (place: Pick<Place, 'tenantId' | 'conversationId'>): Promise<ChannelDoc | null> =>
      channels.findOne({ _id: installationIdOf(place), scope: 'channel', removedAt: null }),
    /** @param channel as it was before its members were read; @returns false when somebody has changed its role since */
    async setRole({ _id, memberNews, revision }: Pick<ChannelDoc, '_id' | 'memberNews' | 'revision'>, role: ChannelRole | null, outsiders: Outsiders, now: Date): Promise<boolean> {
      const checkedAt = { $cond: [{ $eq: ['$memberNews', memberNews] }, now, null] }
      const change = { role: { $literal: role }, outsiders: { $literal: outsiders }, roleAt: now, checkedAt, revision: { $add: ['$revision', 1] } }
      return (await channels.updateOne({ _id, revision }, [{ $set: change }])).matchedCount === 1
    },
    /**
     * What the members were found to be. Nothing is noted when there was news of them meanwhile: the next pass asks again.
     * @param channel as it was before its members were read
     * @returns true for the one caller that found something else than was known
     */
    async checked({ _id, memberNews }: Pick<ChannelDoc, '_id' | 'memberNews'>, outsiders: Outsiders, now: Date): Promise<boolean> {
      await channels.updateOne({ _id, memberNews }, { $set: { checkedAt: now } })
      return (await channels.updateOne({ _id, memberNews, outsiders: { $ne: outsiders } }, { $set: { outsiders } })).matchedCount === 1
    },
    /** The members of a channel, or of all channels of its team, may be others than before. */
    async membersChanged(where: Where): Promise<void> {
      await channels.updateMany({ ...concerned(where), removedAt: null }, { $set: { checkedAt: null }, $inc: { memberNews: 1 } })
    },
    /** Something is called otherwise; what is not known now is asked for. @param names those that Teams has just told */
    async renamed(where: Where, { teamName, channelName }: Partial<Pick<ChannelDoc, 'teamName' | 'channelName'>>): Promise<void> {
      await channels.updateMany({ ...concerned(where), removedAt: null }, { $set: { namedAt: null, ...(teamName == null ? {} : { teamName }) } })
      if (channelName != null) await channels.updateOne({ _id: installationIdOf(where) }, { $set: { channelName } })
    },
    /** @param names null for one that could not be read: the last one known stays */
    async named(id: string, { teamName, channelName }: Pick<ChannelDoc, 'teamName' | 'channelName'>, now: Date): Promise<void> {
      const known = { ...(teamName === null ? {} : { teamName }), ...(channelName === null ? {} : { channelName }) }
      await channels.updateOne({ _id: id }, { $set: { ...known, namedAt: now } })
    },
    get: (place: Pick<Place, 'tenantId' | 'conversationId'>): Promise<InstallationDoc | null> => collection.findOne({ _id: installationIdOf(place) }),
  }
}
export const Installations = describe({ name: 'installations', indexes, migrations: [giveChannelsTheirRoles, countChanges], open: installationsIn })
export type Installations = RowsOf<typeof Installations>
