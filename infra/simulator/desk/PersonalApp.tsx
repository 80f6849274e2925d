import { useEffect, useRef, useState } from 'react'
import { simulator, type Persona } from './simulator.ts'
import { playHost, tellTheme, type Place, type Theme } from './teamsHost.ts'

export interface PersonalAppProps {
  persona: Persona
  theme: Theme
  place: Place
  openLink: (link: string) => boolean
}

/** Outpost's personal app in its iframe. A new person or place loads it anew, as Teams does; a new theme is told to it. */
export function PersonalApp({ persona, theme, place, openLink }: PersonalAppProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const latest = useRef({ persona, theme, place, openLink })
  latest.current = { persona, theme, place, openLink }
  const [failure, setFailure] = useState<string | null>(null)
  const [ready, setReady] = useState(false)

  useEffect(() => {
    if (frame.current === null) return
    const stop = playHost(frame.current, {
      person: () => latest.current.persona,
      theme: () => latest.current.theme,
      place: () => latest.current.place,
      token: async () => (await simulator.token(latest.current.persona.upn)).token,
      openLink: (link) => latest.current.openLink(link),
      state: (state, reason) => {
        setReady(true)
        setFailure(state === 'failure' ? reason : null)
      },
    })
    // Only now may the tab be loaded: its first word would otherwise be missed.
    frame.current.src = '/tab/'
    return stop
  }, [])

  useEffect(() => {
    if (frame.current !== null) tellTheme(frame.current, theme)
  }, [theme])

  return (
    <div className="app">
      {!ready && <p className="loading">Loading Outpost …</p>}
      {failure !== null && <p role="alert" className="loading">{`Outpost told Teams that it failed: ${failure}`}</p>}
      <iframe ref={frame} title="Outpost app" />
    </div>
  )
}
