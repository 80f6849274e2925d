import { useEffect, useState } from 'react'
import { Channel } from './Channel.tsx'
import { Chat } from './Chat.tsx'
import { Panel } from './Panel.tsx'
import { PersonalApp } from './PersonalApp.tsx'
import { simulator, type Persona } from './simulator.ts'
import { placeOf, type Place, type Theme } from './teamsHost.ts'

type Room = 'app' | 'chat' | 'channel'
const rooms: readonly (readonly [Room, string])[] = [['app', 'Outpost'], ['chat', 'Chat'], ['channel', 'Customer security']]
const themes: readonly (readonly [Theme, string])[] = [['default', 'Default'], ['dark', 'Dark'], ['contrast', 'Contrast']]

/** The whole desk: a page that plays Teams around Outpost's tab, bot and channel. */
export function Desk() {
  const [personas, setPersonas] = useState<Persona[]>([])
  const [who, setWho] = useState<string | null>(null)
  const [theme, setTheme] = useState<Theme>('default')
  const [room, setRoom] = useState<Room>('app')
  const [panel, setPanel] = useState(window.innerWidth >= 1100)
  const [place, setPlace] = useState<Place & { visit: number }>({ subPageId: '', visit: 0 })
  const [problem, setProblem] = useState('')

  useEffect(() => {
    simulator.personas().then(setPersonas, (error: unknown) => setProblem(String(error)))
  }, [])

  const persona = personas.find(({ upn }) => upn === who) ?? personas[0]

  const openLink = (link: string): boolean => {
    const there = placeOf(link)
    if (there !== null) {
      setPlace((before) => ({ ...there, visit: before.visit + 1 }))
      setRoom('app')
      return true
    }
    // Everybody on this desk has added the app for themselves, so that link leads to the chat as well.
    if (/^https:\/\/teams\.microsoft\.com\/l\/(chat|app)\//.test(link)) {
      setRoom('chat')
      return true
    }
    return window.open(link, '_blank', 'noopener') !== null
  }

  return (
    <div className="desk" data-theme={theme}>
      <header className="top">
        <h1>A desk that plays Teams</h1>
        <label>
          Who am I
          <select value={persona?.upn ?? ''} onChange={(event) => setWho(event.target.value)}>
            {personas.map(({ upn, name, role }) => (
              <option key={upn} value={upn}>{`${name} (${role ?? 'no role'})`}</option>
            ))}
          </select>
        </label>
        <label>
          Theme
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            {themes.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-expanded={panel} onClick={() => setPanel(!panel)}>
          {panel ? 'Hide Microsoft 365' : 'Show Microsoft 365'}
        </button>
      </header>
      <nav className="rail" aria-label="Teams">
        {rooms.map(([value, words]) => (
          <button type="button" key={value} aria-current={room === value ? 'page' : undefined} onClick={() => setRoom(value)}>
            {words}
          </button>
        ))}
      </nav>
      <main>
        {problem !== '' && <p role="alert">{problem}</p>}
        {persona !== undefined && (
          <>
            {/* The app stays loaded behind the other rooms, as in Teams. */}
            <div className="room" hidden={room !== 'app'}>
              <PersonalApp key={`${persona.upn} ${place.visit}`} persona={persona} theme={theme} place={place} openLink={openLink} />
            </div>
            {room === 'chat' && <Chat persona={persona} theme={theme} openLink={openLink} />}
            {room === 'channel' && <Channel persona={persona} theme={theme} openLink={openLink} />}
          </>
        )}
      </main>
      {panel && <Panel />}
    </div>
  )
}
