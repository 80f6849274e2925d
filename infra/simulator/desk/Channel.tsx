import { useState } from 'react'
import { say, type RoomProps } from './Chat.tsx'
import { Conversation, useNews } from './Conversation.tsx'
import { simulator } from './simulator.ts'

/** The channel "Customer security": the bot's cards, a box that mentions the bot, and the app's installation. */
export function Channel({ persona, ...card }: RoomProps) {
  const channel = useNews('channel', () => simulator.channel())
  const [result, setResult] = useState('')
  if (channel === null) return <p className="hint">Loading channel …</p>

  const done = { add: 'Outpost was added to the channel.', remove: 'Outpost was removed from the channel.', addGuest: 'A guest reads here now.', removeGuest: 'The guest has left.' }
  const change = (action: keyof typeof done) =>
    void simulator.install(action).then(
      ({ status }) => setResult(status >= 300 ? `Outpost answered ${status}.` : done[action]),
      (error: unknown) => setResult(String(error)),
    )
  const updated = channel.cards.flatMap(({ activityId, updatedAt }) => (updatedAt === null ? [] : [[activityId, updatedAt] as const]))

  return (
    <section className="conversation" aria-label="Customer security">
      <header className="bar">
        <h2>Customer security</h2>
        <button type="button" onClick={() => change(channel.installed ? 'remove' : 'add')}>
          {channel.installed ? 'Remove Outpost from this channel' : 'Add Outpost to this channel'}
        </button>
        <button type="button" onClick={() => change(channel.guests.length > 0 ? 'removeGuest' : 'addGuest')}>
          {channel.guests.length > 0 ? 'Remove the guest' : 'Invite a guest'}
        </button>
        <span role="status">{result}</span>
      </header>
      <Conversation
        label="Message to @Outpost in the channel"
        hint={channel.installed ? 'Outpost has posted nothing here yet.' : 'Outpost is not in this channel.'}
        activities={channel.activities}
        updated={new Map(updated)}
        send={(text) => say(persona, text, 'channel')}
        {...card}
      />
    </section>
  )
}
