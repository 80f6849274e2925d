// What Teams tells the bot.
import type { Simulation } from '../simulation.ts'
import type { User } from '../world/accounts.ts'
import { nextActivityId, type Activity } from './conversations.ts'
import { guest, peopleIds } from './people.ts'

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

/** A guest joins or leaves the team; told in the team's own conversation. */
export function guestActivity(sim: Simulation, name: string, joins: boolean): Activity {
  const { msp, team } = sim.world
  return {
    ...base(sim, firstPersona(sim)), type: 'conversationUpdate', [joins ? 'membersAdded' : 'membersRemoved']: [guest(sim, name)],
    conversation: { id: team.id, conversationType: 'channel', isGroup: true, tenantId: msp.id },
    channelData: { team: { id: team.id, name: team.name, aadGroupId: team.groupId }, eventType: joins ? 'teamMemberAdded' : 'teamMemberRemoved', tenant: { id: msp.id } },
  }
}

/** Fills what a hand-written activity leaves out with what Teams would say. */
export const completed = (sim: Simulation, activity: Activity): Activity =>
  ({ ...messageActivity(sim, firstPersona(sim), '', 'personal'), ...activity })
