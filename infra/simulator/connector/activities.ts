// The Teams side of the bot: people, conversations, and activities on their way to the product, signed as the Bot Connector does.
import { BOT_CONNECTOR } from './entra.ts'
import { Refusal, parsed } from './http.ts'
import { lifetime, sign } from './keys.ts'
import type { Simulation } from './simulation.ts'
import type { User } from './world/model.ts'
import { seeded } from './world/random.ts'
import { findUser } from './world/world.ts'

export type Activity = Record<string, unknown> & { id?: string; type?: string; conversation?: Record<string, unknown> }

/** Where an activity is; `upn` is the person of a personal chat. */
export interface Place { where: 'personal' | 'channel'; conversationId: string; upn: string | null }
/** An activity that went through Teams, in either direction. */
export interface Posted extends Place {
  fromBot: boolean
  activity: Activity
  postedAt: string
  updatedAt: string | null
  updates: number
}

/** `guests`: names of those who were invited to the team. */
export interface ChannelState { installed: boolean; posted: Posted[]; lastId: number; guests: string[] }

/** Ids of activities are times in milliseconds, and never the same twice. */
export function nextActivityId(sim: Simulation): string {
  sim.teams.lastId = Math.max(sim.teams.lastId + 1, sim.clock.now())
  return String(sim.teams.lastId)
}

/** The id that the bot knows a person by, and the id of their chat with it. */
export function peopleIds(sim: Simulation, user: User): { mri: string; conversationId: string } {
  const random = seeded(sim.seed, 'teams', user.id)
  return { mri: `29:1${random.token(60)}`, conversationId: `a:1${random.token(60)}` }
}

/** The person with that Teams id, object id or conversation. */
export function personOf(sim: Simulation, id: string): User | undefined {
  for (const user of sim.world.msp.users.values()) {
    if (user.id === id) return user
    const ids = peopleIds(sim, user)
    if (ids.mri === id || ids.conversationId === id) return user
  }
  return undefined
}

/** Remembers an activity and tells the desk. */
export function remember(sim: Simulation, place: Place, fromBot: boolean, activity: Activity): Posted {
  const posted = { ...place, fromBot, activity, postedAt: new Date(sim.clock.now()).toISOString(), updatedAt: null, updates: 0 }
  sim.teams.posted.push(posted)
  tell(sim, posted)
  return posted
}

/** Tells the desk that there is something new in that place. */
export const tell = (sim: Simulation, { where }: Place): boolean => sim.events.emit('change', where === 'channel' ? 'channel' : 'chat')

const botAccount = (sim: Simulation): Record<string, unknown> => ({ id: `28:${sim.world.bot.clientId}`, name: 'Outpost' })

/** What every activity of Teams carries. */
function base(sim: Simulation, from: User): Activity {
  return {
    id: nextActivityId(sim), timestamp: new Date(sim.clock.now()).toISOString(),
    channelId: 'msteams', serviceUrl: `${sim.origin}/`, locale: 'en-GB', localTimezone: 'Europe/Berlin',
    from: { id: peopleIds(sim, from).mri, name: from.displayName, aadObjectId: from.id },
    recipient: botAccount(sim),
  }
}

const clientInfo = { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Berlin' }

function channelData(sim: Simulation): Record<string, unknown> {
  const { team, msp } = sim.world
  return {
    teamsChannelId: team.channelId,
    teamsTeamId: team.id,
    channel: { id: team.channelId, name: team.channelName },
    team: { id: team.id, name: team.name, aadGroupId: team.groupId },
    tenant: { id: msp.id },
  }
}

/** A person of the MSP; throws Refusal 404 when there is none. */
export function person(sim: Simulation, upn: unknown): User {
  const user = typeof upn === 'string' ? findUser(sim.world.msp, upn) : undefined
  if (!user) throw new Refusal(404, 'There is no such person in the MSP.')
  return user
}

/** A person's message to the bot, in the personal chat or, with a mention, as a new thread of the channel. */
export function messageActivity(sim: Simulation, from: User, text: string, where: 'personal' | 'channel'): Activity {
  const { msp, team } = sim.world
  const activity = { ...base(sim, from), type: 'message', textFormat: 'plain', attachments: [] }
  if (where === 'personal')
    return {
      ...activity, text, entities: [clientInfo], channelData: { tenant: { id: msp.id } },
      conversation: { id: peopleIds(sim, from).conversationId, conversationType: 'personal', tenantId: msp.id },
    }
  const mention = { type: 'mention', mentioned: botAccount(sim), text: '<at>Outpost</at>' }
  return {
    ...activity, text: `<at>Outpost</at> ${text}`, entities: [mention, clientInfo], channelData: channelData(sim),
    conversation: { id: `${team.channelId};messageid=${activity.id ?? ''}`, conversationType: 'channel', isGroup: true, tenantId: msp.id },
  }
}

const firstPersona = ({ world: { msp, personas } }: Simulation): User => msp.users.get(personas[0]?.userId ?? '') as User

/** What Teams tells the bot when it is added to the channel or taken away (bots/how-to/conversations/subscribe-to-conversation-events). */
export function installationActivity(sim: Simulation, action: string): Activity {
  const { msp, team } = sim.world
  return {
    ...base(sim, firstPersona(sim)), type: 'installationUpdate', action, entities: [clientInfo],
    conversation: { id: team.channelId, conversationType: 'channel', isGroup: true, tenantId: msp.id },
    channelData: { ...channelData(sim), settings: { selectedChannel: { id: team.channelId } }, source: { name: 'message' } },
  }
}

/** Teams also says that the bot has become a member of the team. */
export function membersAddedActivity(sim: Simulation): Activity {
  const activity = installationActivity(sim, 'add')
  delete activity.action
  return { ...activity, type: 'conversationUpdate', membersAdded: [botAccount(sim)] }
}

const guest = (sim: Simulation, name: string): Record<string, unknown> => ({ id: `29:1${seeded(sim.seed, 'guest', name).token(60)}`, name })

/** A guest joins or leaves the team; told in the team's own conversation. */
export function guestActivity(sim: Simulation, name: string, joins: boolean): Activity {
  const { msp, team } = sim.world
  return {
    ...base(sim, firstPersona(sim)), type: 'conversationUpdate', [joins ? 'membersAdded' : 'membersRemoved']: [guest(sim, name)],
    conversation: { id: team.id, conversationType: 'channel', isGroup: true, tenantId: msp.id },
    channelData: { team: { id: team.id, name: team.name, aadGroupId: team.groupId }, eventType: joins ? 'teamMemberAdded' : 'teamMemberRemoved', tenant: { id: msp.id } },
  }
}

/** The members of the team, as the connector lists them (bots/how-to/get-teams-context). */
export function teamMembers(sim: Simulation): Record<string, unknown>[] {
  const { msp } = sim.world
  const own = [...msp.users.values()].filter(({ jobTitle, accountEnabled }) => jobTitle !== null && accountEnabled)
  return [
    ...own.map((user) => ({
      id: peopleIds(sim, user).mri, name: user.displayName, objectId: user.id, userPrincipalName: user.userPrincipalName, tenantId: msp.id, userRole: 'user',
    })),
    ...sim.teams.guests.map((name) => ({ ...guest(sim, name), tenantId: msp.id, userRole: 'guest' })),
  ]
}

/** Sends an activity to the product's bot with the connector's signature or a faulty one; 502 when nobody listens. */
export async function sendToBot(sim: Simulation, activity: Activity, fault?: string): Promise<{ status: number; body: unknown }> {
  const { bot } = sim.world
  const token = await sign({
    iss: fault === 'issuer' ? 'https://issuer.example' : BOT_CONNECTOR,
    aud: fault === 'audience' ? sim.world.msp.app.clientId : bot.clientId,
    serviceurl: fault === 'serviceurl' ? 'https://evil.example/' : activity.serviceUrl,
    ...lifetime(3600, fault === 'expired'),
  }, sim.keys.connector, fault === 'signature' ? sim.keys.rogue : sim.keys.connector)
  try {
    const response = await fetch(`${sim.product}/api/messages`, {
      method: 'POST', body: JSON.stringify(activity),
      headers: { 'content-type': 'application/json', ...(fault === 'none' ? {} : { authorization: `Bearer ${token}` }) },
    })
    const text = await response.text()
    return { status: response.status, body: parsed(text) ?? text }
  } catch {
    return { status: 502, body: 'The product cannot be reached.' }
  }
}

/** Fills what a hand-written activity leaves out with what Teams would say. */
export const completed = (sim: Simulation, activity: Activity): Activity =>
  ({ ...messageActivity(sim, firstPersona(sim), '', 'personal'), ...activity })
