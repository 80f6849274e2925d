// A channel in which the bot is present, and what it is for: which customers may be named there.
import { z } from 'zod'
import { revision } from '../customers/model.ts'

/**
 * customer: one customer, whose people may read along. alerts: the team's own alerts, about every customer, with counts and without
 * names of accounts.
 */
export const channelRoleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), customerId: z.string().min(1).max(100) }),
  z.object({ kind: z.literal('alerts') }),
])
export type ChannelRole = z.infer<typeof channelRoleSchema>

/** Whether guests or people of other organisations read in a channel, as far as Teams tells. */
export const outsidersSchema = z.enum(['none', 'some', 'unknown'])
export type Outsiders = z.infer<typeof outsidersSchema>

export const channelSchema = z.object({
  id: z.string(),
  teamName: z.string().nullable().describe('Null while Teams has not told it.'),
  channelName: z.string().nullable().describe('Null while Teams has not told it.'),
  role: channelRoleSchema.nullable().describe('Null: for nothing; nothing is posted there and no customer is named.'),
  customerName: z.string().nullable().describe('Of a channel that is for one customer.'),
  since: z.string().nullable().describe('When it was given this role; null for a channel that never had one.'),
  revision: z.number().int().describe('Grows with each change of what it is for.'),
  problems: z.array(z.string()).describe('What keeps cards from being posted there, or should be known of it, in words.'),
})
export type Channel = z.infer<typeof channelSchema>

export const channelListSchema = z.object({ items: z.array(channelSchema).describe('By team and channel.') })
export type ChannelList = z.infer<typeof channelListSchema>

export const channelChangeSchema = z.object({
  role: channelRoleSchema.nullable(),
  revision: revision.optional(),
  confirmed: z.boolean().default(false).describe('The administrator answers for it that no outsider reads there, because Outpost could not check.'),
})
export type ChannelChange = z.infer<typeof channelChangeSchema>
