import { endpoint } from '../http/endpoint.ts'
import { channelActions } from './actions.ts'
import { channelChangeSchema, channelListSchema, channelSchema } from './model.ts'
import { channelQueries } from './query.ts'

export const channelEndpoints = [
  endpoint({
    method: 'get', path: '/channels', summary: 'Channels that the bot is in, and what each is for', right: 'manageChannels', answer: channelListSchema,
    handle: ({ actor }, on) => channelQueries.channels(on, actor),
  }),
  endpoint({
    method: 'patch', path: '/channels/:id', summary: 'Say what a channel is for', right: 'manageChannels', body: channelChangeSchema, answer: channelSchema,
    handle: ({ actor, id, body }, on) => channelActions.setChannelRole(on, actor, id, body),
  }),
]
