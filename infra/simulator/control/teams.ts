// Teams by hand: /simulator/chat, chats, channel and activities.
import { completed, guestActivity, installationActivity, membersAddedActivity, messageActivity } from '../connector/activities.ts'
import { remember, type Activity, type Posted } from '../connector/conversations.ts'
import { sendToBot } from '../connector/delivery.ts'
import { person } from '../connector/people.ts'
import { faultOf } from '../faults.ts'
import { Refusal, textOf, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'

const FAULTS = ['signature', 'audience', 'issuer', 'expired', 'serviceurl', 'none']

const shown = ({ activity, fromBot, where, conversationId, upn }: Posted): unknown =>
  ({ ...activity, fromBot, where, conversationId, ...(upn === null ? {} : { to: upn }) })

/** A person says something to the bot; with what it answered meanwhile. */
export async function chat(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  const from = person(sim, body.from)
  const where = body.where === 'channel' ? 'channel' : 'personal'
  if (where === 'channel' && !sim.teams.installed) throw new Refusal(409, 'The bot is not in the channel. Add it there first.')
  const activity = messageActivity(sim, from, textOf(body.text) ?? '', where)
  const conversationId = activity.conversation?.id as string
  remember(sim, { where, conversationId, upn: where === 'personal' ? from.userPrincipalName : null }, false, activity)
  const before = sim.teams.posted.length
  const { status } = await sendToBot(sim, activity)
  // An alert that happens to be posted meanwhile is nobody's answer: it starts a thread of its own.
  const answers = sim.teams.posted.slice(before).filter((p) => p.fromBot && (p.conversationId === conversationId || p.upn === from.userPrincipalName))
  return { status, activities: answers.map(shown) }
}

/** The personal chat of that person with the bot, both directions. */
export function chatOf(sim: Simulation, upn: string): unknown {
  const { userPrincipalName } = person(sim, upn)
  return { activities: sim.teams.posted.filter((p) => p.upn === userPrincipalName).map(shown) }
}

/** The bot comes to the channel or leaves it, or a guest does. */
export async function installation(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  const action = String(body.action)
  if (action === 'addGuest' || action === 'removeGuest') return changeGuest(sim, textOf(body.name) ?? 'Gale Guest', action === 'addGuest')
  if (!/^(add|remove)(-upgrade)?$/.test(action)) throw new Refusal(400, 'action is add, remove, add-upgrade, remove-upgrade, addGuest or removeGuest.')
  // An upgrade takes the old version away and leaves the new one.
  sim.teams.installed = action !== 'remove'
  if (action === 'add') await sendToBot(sim, membersAddedActivity(sim))
  const { status } = await sendToBot(sim, installationActivity(sim, action))
  sim.events.emit('change', 'channel')
  return { status }
}

async function changeGuest(sim: Simulation, name: string, joins: boolean): Promise<unknown> {
  sim.teams.guests = [...sim.teams.guests.filter((one) => one !== name), ...(joins ? [name] : [])]
  // The bot hears of a team only while it is there.
  const { status } = sim.teams.installed ? await sendToBot(sim, guestActivity(sim, name, joins)) : { status: 200 }
  sim.events.emit('change', 'channel')
  return { status }
}

/** What stands in the channel, and the cards among it. */
export function channel(sim: Simulation): unknown {
  const posted = sim.teams.posted.filter((p) => p.where === 'channel')
  const cards = posted.filter((p) => p.fromBot && ((p.activity.attachments as unknown[] | undefined)?.length ?? 0) > 0)
    .map(({ activity, conversationId, postedAt, updatedAt, updates }) => (
      { activityId: activity.id, conversationId, activity, postedAt, updatedAt, updates }))
  return { installed: sim.teams.installed, guests: sim.teams.guests, cards, activities: posted.map(shown) }
}

/** Sends any activity to the bot. */
export async function activity(sim: Simulation, _id: string, body: Body): Promise<unknown> {
  if (typeof body.activity !== 'object' || body.activity === null) throw new Refusal(400, 'activity is missing.')
  return sendToBot(sim, completed(sim, body.activity as Activity), faultOf(body, FAULTS))
}
