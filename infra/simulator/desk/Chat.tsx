import { Conversation, useNews } from './Conversation.tsx'
import { simulator, type Persona } from './simulator.ts'
import type { Theme } from './teamsHost.ts'

export interface RoomProps {
  persona: Persona
  theme: Theme
  openLink: (link: string) => boolean
}

/** Says `text` to the bot as `persona`; rejects when the bot's endpoint does not answer well. */
export async function say(persona: Persona, text: string, where: 'personal' | 'channel'): Promise<void> {
  const { status } = await simulator.say(persona.upn, text, where)
  if (status >= 300) throw new Error(`Outpost answered ${status}.`)
}

/** The personal chat of `persona` with the bot. */
export function Chat({ persona, ...card }: RoomProps) {
  const chat = useNews(persona.upn, () => simulator.chat(persona.upn))
  return (
    <section className="conversation" aria-label="Chat with Outpost">
      <h2>Chat with Outpost</h2>
      <Conversation
        label="Message to Outpost"
        hint={`You write as ${persona.name}. Try "help" or "last email from Contoso".`}
        activities={chat?.activities ?? []}
        send={(text) => say(persona, text, 'personal')}
        {...card}
      />
    </section>
  )
}
