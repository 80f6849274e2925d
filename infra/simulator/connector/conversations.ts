// What has been said between the bot and people, and in which conversation.
import type { EventEmitter } from 'node:events'
import type { Clock } from '../clock.ts'

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

export interface Talking {
  clock: Clock
  /** `installed`: the bot is in the channel; `guests`: names of those who were invited to its team. */
  teams: { installed: boolean; posted: Posted[]; lastId: number; guests: string[] }
  /** Says 'chat', 'channel', 'mail', 'calendar' or 'accounts' when something of that kind has changed. */
  events: EventEmitter
}

/** Ids of activities are times in milliseconds, and never the same twice. */
export function nextActivityId(sim: Talking): string {
  sim.teams.lastId = Math.max(sim.teams.lastId + 1, sim.clock.now())
  return String(sim.teams.lastId)
}

/** Remembers an activity and tells the desk. */
export function remember(sim: Talking, place: Place, fromBot: boolean, activity: Activity): Posted {
  const posted = { ...place, fromBot, activity, postedAt: new Date(sim.clock.now()).toISOString(), updatedAt: null, updates: 0 }
  sim.teams.posted.push(posted)
  tell(sim, posted)
  return posted
}

/** Tells the desk that there is something new in that place. */
export const tell = (sim: Talking, { where }: Place): boolean => sim.events.emit('change', where === 'channel' ? 'channel' : 'chat')
