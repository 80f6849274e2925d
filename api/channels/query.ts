// The channels that the bot is in, what each is for, and what is wrong with it.
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Asking } from '../context.ts'
import { Customers } from '../customers/rows.ts'
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import type { Channel, ChannelList } from './model.ts'
import { channelIdOf, Installations, type ChannelDoc } from './rows.ts'

const nobodyReads: Record<string, string> = {
  teamEnded: 'The team was archived or deleted.',
  channelEnded: 'The channel was deleted.',
  ConversationNotFound: 'Teams no longer knows this channel.',
  BotDisabledByAdmin: 'Outpost is blocked in Teams admin center → Manage apps. Allow it there, then write to it in this channel.',
}
const shutOut = 'Teams does not let Outpost post here any more. Add it to this team again, or write to it in this channel.'

function problemsOf({ role, outsiders, deadAt, deadReason }: ChannelDoc, customerArchived: boolean): string[] {
  return [
    ...(deadAt === null ? [] : [nobodyReads[deadReason ?? ''] ?? shutOut]),
    ...(role?.kind === 'alerts' && outsiders === 'some' ? ['Guests or people of another organisation read here, so no alert is posted until they have left.'] : []),
    ...(role?.kind === 'alerts' && outsiders === 'unknown' ? ['Outpost could not read who is a member, so it cannot tell whether guests read here. Look in Teams, and give the channel another purpose if they do.'] : []),
    ...(customerArchived ? ['Its customer is archived, so nothing new is posted.'] : []),
  ]
}

async function toChannels(db: Database, docs: readonly ChannelDoc[]): Promise<Channel[]> {
  const named = new Map((await db(Customers).of(docs.flatMap(({ role }) => (role?.kind === 'customer' ? [role.customerId] : [])))).map((doc) => [doc._id, doc]))
  return docs.map((doc) => {
    const { role, roleAt, installedAt, teamName, channelName } = doc
    const customer = role?.kind === 'customer' ? named.get(role.customerId) : undefined
    // A channel that had its cards before channels had roles has had them since it was installed.
    const since = roleAt ?? (role === null ? null : installedAt)
    const problems = problemsOf(doc, customer != null && customer.archivedAt !== null)
    return { id: channelIdOf(doc), teamName, channelName, role, customerName: customer?.name ?? null, since: since?.toISOString() ?? null, revision: doc.revision, problems }
  })
}

/** The channels that the bot is in, and what each is for. @throws AppError forbidden */
async function channels({ db }: Asking, actor: Actor): Promise<ChannelList> {
  requireRight(actor, 'manageChannels')
  const items = await toChannels(db, await db(Installations).channels())
  const nameOf = ({ teamName, channelName }: Channel) => `${teamName ?? ''}\n${channelName ?? ''}`
  return { items: items.sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || a.id.localeCompare(b.id)) }
}

/** @throws AppError `notFound` */
export async function channelDoc(db: Database, channelId: string): Promise<ChannelDoc> {
  const doc = await db(Installations).channel(channelId)
  if (doc === null) throw new AppError('notFound', { sentence: 'Outpost is not in this channel any more, so nothing was saved. Add it there again in Teams.' })
  return doc
}

/** One as the list shows it. @throws AppError `notFound` */
export async function channel(db: Database, channelId: string): Promise<Channel> {
  const [row] = await toChannels(db, [await channelDoc(db, channelId)])
  return row!
}

export const channelQueries = { channels }
