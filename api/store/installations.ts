// Where the bot is installed: one row a conversation. A channel's row is where alerts go. Learned from Teams, never configured.
import { MongoServerError, type Db, type IndexDescription } from 'mongodb'

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
  /** Teams refused everything sent there (403, 404); null again once something comes from there. */
  deadAt: Date | null
}

export type Place = Pick<InstallationDoc, 'tenantId' | 'scope' | 'teamId' | 'conversationId' | 'serviceUrl' | 'userId'>

export const installationIndexes: IndexDescription[] = [{ key: { scope: 1, removedAt: 1, deadAt: 1 } }, { key: { tenantId: 1, teamId: 1 } }]

export const installationIdOf = ({ tenantId, conversationId }: Pick<Place, 'tenantId' | 'conversationId'>): string => `${tenantId}|${conversationId}`

export function installationsIn(db: Db) {
  const collection = db.collection<InstallationDoc>('installations')
  return {
    /** The bot was added: makes the row, or brings it back to life. */
    async add({ userId, ...place }: Place, now: Date): Promise<void> {
      // Who is known stays known, also when Teams tells of the same chat again without naming the person.
      const whose = userId === null ? { $setOnInsert: { welcomedAt: null, userId } } : { $setOnInsert: { welcomedAt: null } }
      await collection.updateOne(
        { _id: installationIdOf(place) },
        { $set: { ...place, ...(userId === null ? {} : { userId }), installedAt: now, removedAt: null, deadAt: null }, ...whose },
        { upsert: true },
      )
    },
    /** Something came from there, so it is alive and reached at this address. Does nothing where the bot is not installed. */
    async refresh({ tenantId, conversationId, serviceUrl }: Pick<Place, 'tenantId' | 'conversationId' | 'serviceUrl'>): Promise<void> {
      await collection.updateOne(
        { _id: installationIdOf({ tenantId, conversationId }), $or: [{ serviceUrl: { $ne: serviceUrl } }, { deadAt: { $ne: null } }] },
        { $set: { serviceUrl, deadAt: null } },
      )
    },
    /**
     * A person wrote in the private chat, so the bot is there, even if nobody told when it was added. What was removed stays
     * removed: the message may be older than that.
     */
    async person({ tenantId, conversationId, serviceUrl, userId }: Omit<Place, 'scope' | 'teamId'>, now: Date): Promise<void> {
      const change = {
        $set: { serviceUrl, userId, deadAt: null },
        $setOnInsert: { tenantId, scope: 'personal' as const, teamId: null, conversationId, installedAt: now, removedAt: null, welcomedAt: now },
      }
      const write = () => collection.updateOne({ _id: installationIdOf({ tenantId, conversationId }) }, change, { upsert: true })
      try {
        await write()
      } catch (error) {
        // Two messages at once both found no row: the second time there is one.
        if (!(error instanceof MongoServerError && error.code === 11000)) throw error
        await write()
      }
    },
    /** The bot was removed: from a chat, or from a team with all its channels. */
    async remove({ tenantId, conversationId, teamId }: Pick<Place, 'tenantId' | 'conversationId' | 'teamId'>, now: Date): Promise<void> {
      const ofTeam = teamId === null ? [] : await collection.find({ tenantId, teamId }, { projection: { _id: 1 } }).toArray()
      for (const _id of new Set([installationIdOf({ tenantId, conversationId }), ...ofTeam.map((doc) => doc._id)])) {
        await collection.updateOne({ _id, removedAt: null }, { $set: { removedAt: now } })
      }
    },
    /** @returns true for the one caller that may send the welcome */
    async claimWelcome(place: Pick<Place, 'tenantId' | 'conversationId'>, now: Date): Promise<boolean> {
      const result = await collection.updateOne({ _id: installationIdOf(place), welcomedAt: null }, { $set: { welcomedAt: now } })
      return result.matchedCount === 1
    },
    /** Nothing can be sent there any more, until it shows signs of life. */
    async markDead(id: string, now: Date): Promise<void> {
      await collection.updateOne({ _id: id }, { $set: { deadAt: now } })
    },
    /** The channels that alerts are posted to. */
    async targets(): Promise<InstallationDoc[]> {
      return collection.find({ scope: 'channel', removedAt: null, deadAt: null }).sort({ _id: 1 }).toArray()
    },
    /** The private chats with people who are known. */
    async personal(): Promise<(InstallationDoc & { userId: string })[]> {
      const docs = await collection.find({ scope: 'personal', removedAt: null, deadAt: null }).sort({ _id: 1 }).toArray()
      return docs.flatMap((doc) => (typeof doc.userId === 'string' ? [{ ...doc, userId: doc.userId }] : []))
    },
    get: (place: Pick<Place, 'tenantId' | 'conversationId'>): Promise<InstallationDoc | null> => collection.findOne({ _id: installationIdOf(place) }),
  }
}
export type Installations = ReturnType<typeof installationsIn>
