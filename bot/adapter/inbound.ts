// A signed activity, as a turn. Everything read here is checked: the signature proves who sent it, not its shape.
import { createHash } from 'node:crypto'
import type { BotConfig } from './config.ts'
import type { Conversation, Person, TeamNews, Turn } from './port.ts'
import { isService } from './service.ts'

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])

/** Every tenant that an activity names as the one of its conversation. */
export function tenantsOf(activity: Fields): string[] {
  const named = [fieldsOf(activity.conversation).tenantId, fieldsOf(fieldsOf(activity.channelData).tenant).id]
  return named.filter((tenant): tenant is string => typeof tenant === 'string').map((tenant) => tenant.toLowerCase())
}

/**
 * Why an activity with a valid signature is still not let in; null when it is. Teams carries no other channel, and every
 * activity of Teams names its service URL, one of Teams' own, and its tenant. A message names its author.
 */
export function refusal(activity: Fields, { tenantId, serviceOrigins }: Pick<BotConfig, 'tenantId' | 'serviceOrigins'>): 'channel' | 'serviceUrl' | 'tenant' | 'sender' | null {
  if (activity.channelId !== 'msteams') return 'channel'
  if (!isService(serviceOrigins, activity.serviceUrl)) return 'serviceUrl'
  const tenants = tenantsOf(activity)
  if (tenants.length === 0 || tenants.some((tenant) => tenant !== tenantId.toLowerCase())) return 'tenant'
  const from = fieldsOf(activity.from)
  if (activity.type === 'message' && (textOf(from.aadObjectId) === null || textOf(from.id) === null)) return 'sender'
  return null
}

/** A conversation of a kind that is not known may have any readers: it is treated as a channel, where least is said. */
function scopeOf({ conversationType: type }: Fields): Conversation['scope'] {
  return type === 'personal' || type === 'groupChat' ? type : 'channel'
}

function placeOf(activity: Fields, tenantId: string): Conversation {
  const conversation = fieldsOf(activity.conversation)
  const channelData = fieldsOf(activity.channelData)
  const conversationId = textOf(conversation.id) ?? ''
  const [base = '', root] = conversationId.split(';messageid=')
  const scope = scopeOf(conversation)
  const teamId = textOf(fieldsOf(channelData.team).id)
  // An installation names the channel that was chosen in settings.selectedChannel ("Conversation events in your Teams bot").
  const selected = textOf(fieldsOf(fieldsOf(channelData.settings).selectedChannel).id)
  const channelId = scope === 'channel' ? (selected ?? textOf(fieldsOf(channelData.channel).id) ?? base) : null
  const teamName = textOf(fieldsOf(channelData.team).name)
  const channelName = textOf(fieldsOf(channelData.channel).name)
  const apart = ['private', 'shared'].includes(textOf(fieldsOf(channelData.channel).type) ?? '')
  return {
    scope,
    conversationId,
    tenantId,
    serviceUrl: textOf(activity.serviceUrl) ?? '',
    ...(root === undefined ? {} : { rootMessageId: root }),
    ...(teamId === null ? {} : { teamId }),
    ...(channelId === null ? {} : { channelId }),
    ...(scope !== 'channel' || teamName === null ? {} : { teamName }),
    ...(scope !== 'channel' || channelName === null ? {} : { channelName }),
    ...(scope === 'channel' && apart ? { apart } : {}),
  }
}

const renamed = ['channelRenamed', 'channelRestored', 'teamRenamed', 'teamRestored', 'teamUnarchived']
const shared = ['channelShared', 'channelUnshared', 'channelMemberAdded', 'channelMemberRemoved', 'teamMemberAdded', 'teamMemberRemoved']

/** What a conversationUpdate tells of a team; null when nothing of ours depends on it ("Conversation events in your Teams bot"). */
function newsOf(activity: Fields): TeamNews['news'] | null {
  const event = textOf(fieldsOf(activity.channelData).eventType) ?? ''
  if (['teamArchived', 'teamDeleted', 'teamHardDeleted'].includes(event)) return 'teamEnded'
  if (event === 'channelDeleted') return 'channelEnded'
  if (renamed.includes(event)) return 'renamed'
  const moved = listOf(activity.membersAdded).length + listOf(activity.membersRemoved).length > 0
  return moved || shared.includes(event) ? 'members' : null
}

/** Of an activity that has none: the same when Teams sends the same once more. */
const ownIdOf = (activity: Fields): string => createHash('sha256').update(JSON.stringify(activity)).digest('base64url')

function ownMentionsOf(activity: Fields): string[] {
  const bot = fieldsOf(activity.recipient)
  const own = listOf(activity.entities).filter(
    (entity) => entity.type === 'mention' && textOf(bot.id) !== null && fieldsOf(entity.mentioned).id === bot.id,
  )
  const names = own.map((entity) => textOf(fieldsOf(entity.mentioned).name)).filter((name) => name !== null)
  const botName = textOf(bot.name)
  const spans = [...names, ...(botName === null ? [] : [botName])].map((name) => `<at>${name}</at>`)
  return [...new Set([...own.map((entity) => textOf(entity.text)).filter((text) => text !== null), ...spans])]
}

/**
 * @param activity verified and not refused
 * @param tenantId our own, which the activity was checked against
 */
export function toTurn(activity: Fields, tenantId: string): Turn {
  const place = placeOf(activity, tenantId)
  const inbound = { id: textOf(activity.id) ?? ownIdOf(activity), place }
  if (activity.type === 'installationUpdate') {
    // botbuilder routes add-upgrade to the same handler as add, which welcomes people again and again; hence the action itself.
    const userId = textOf(fieldsOf(activity.from).aadObjectId)
    if (activity.action === 'add') return { kind: 'installed', fresh: true, userId, ...inbound }
    if (activity.action === 'add-upgrade') return { kind: 'installed', fresh: false, userId, ...inbound }
    if (activity.action === 'remove') return { kind: 'removed', ...inbound }
  }
  const news = activity.type === 'conversationUpdate' && place.scope === 'channel' ? newsOf(activity) : null
  if (news !== null) return { kind: 'team', news, ...inbound }
  if (activity.type !== 'message') return { kind: 'other', ...inbound }
  const from = fieldsOf(activity.from)
  const client = listOf(activity.entities).find((entity) => entity.type === 'clientInfo') ?? {}
  const user: Person = {
    aadObjectId: textOf(from.aadObjectId) ?? '',
    // A guest of a shared channel names a home tenant of its own; it is not one of ours, and the question is then refused.
    tenantId: (textOf(from.tenantId) ?? tenantId).toLowerCase(),
    mri: textOf(from.id) ?? '',
    name: textOf(from.name) ?? '',
  }
  return {
    kind: 'message',
    ...inbound,
    user,
    text: textOf(activity.text) ?? '',
    ownMentions: ownMentionsOf(activity),
    locale: textOf(client.locale) ?? textOf(activity.locale),
    timezone: textOf(client.timezone) ?? textOf(activity.localTimezone),
  }
}
