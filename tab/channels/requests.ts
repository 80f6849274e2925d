import type { Channel, ChannelChange, ChannelList } from '../../api/channels/model.ts'
import type { Question } from '../client/loading.ts'
import { json, segment } from '../client/request.ts'

export const allChannels: Question<ChannelList> = {
  key: ['channels'],
  ask: (signal) => json<ChannelList>('/channels', { signal }),
  watch: { kinds: ['channels', 'customers'] },
}

export const changeChannel = (channelId: string, body: ChannelChange): Promise<Channel> =>
  json<Channel>(`/channels/${segment(channelId)}`, { method: 'PATCH', body })
