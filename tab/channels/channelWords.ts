// Channels in words.
import type { Channel } from '../../api/channels/model.ts'
import { visible } from '../../api/visible.ts'

/** "Team › Channel"; what Teams has not told yet is said to be unknown. */
export function channelName({ teamName, channelName: name }: Pick<Channel, 'teamName' | 'channelName'>): string {
  return visible(`${teamName ?? 'Unknown team'} › ${name ?? 'unknown channel'}`)
}

/** What a channel is for, and what follows from it. */
export function purposeWords({ role, customerName }: Pick<Channel, 'role' | 'customerName'>): string {
  if (role === null) return 'Nothing yet'
  return role.kind === 'alerts' ? 'Our team’s alerts' : (customerName ?? 'One customer')
}
