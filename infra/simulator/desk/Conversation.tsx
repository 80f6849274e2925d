import { useEffect, useRef, useState } from 'react'
import { BotMessage, type CardProps } from './Card.tsx'
import { listenToSimulator, type Activity } from './simulator.ts'

/** Loads with `load` now and whenever something happened in Teams; null until the first answer. */
export function useNews<T>(key: string, load: () => Promise<T>): T | null {
  const [news, setNews] = useState<{ key: string; value: T } | null>(null)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    let gone = false
    const look = () =>
      void latest.current().then(
        (value) => gone || setNews({ key, value }),
        () => undefined,
      )
    look()
    const stop = listenToSimulator(look)
    return () => {
      gone = true
      stop()
    }
  }, [key])
  return news?.key === key ? news.value : null
}

const clock = (at: string) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** What a person typed, without the markup that Teams puts around a mention. */
const typed = (text: string) => text.replace(/<at>([^<]*)<\/at>/g, '@$1')

export interface ConversationProps extends Omit<CardProps, 'activity' | 'say'> {
  label: string
  /** Shown while nothing was said. */
  hint: string
  activities: readonly Activity[]
  /** When the bot last changed what it had posted, by activity id. */
  updated?: ReadonlyMap<string, string>
  /** Sends a text to the bot; rejects with a sentence. */
  send: (text: string) => Promise<void>
}

/** A conversation with the bot: what was said, oldest first, and the box in which one types; Enter or the button sends. */
export function Conversation({ label, hint, activities, updated, send, ...card }: ConversationProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const end = useRef<HTMLDivElement>(null)
  const messages = activities.filter(({ type }) => type === undefined || type === 'message')
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [messages.length])

  const say = (said: string) => {
    setBusy(true)
    setProblem('')
    send(said)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false))
  }

  return (
    <>
      <div className="lines" role="log" aria-label="Messages" tabIndex={0}>
        {messages.length === 0 && <p className="hint">{hint}</p>}
        {messages.map((activity) => (
          <article key={activity.id} className={activity.fromBot ? 'line bot' : 'line person'} aria-label={activity.fromBot ? 'Outpost' : 'Person'}>
            <h3>
              {activity.fromBot ? 'Outpost' : activity.from?.name} {activity.timestamp !== undefined && <small>{clock(activity.timestamp)}</small>}
              {updated?.has(activity.id) === true && <small>{` · updated ${clock(updated.get(activity.id) ?? '')}`}</small>}
            </h3>
            {activity.fromBot ? <BotMessage activity={activity} say={say} {...card} /> : <p className="text">{typed(activity.text ?? '')}</p>}
          </article>
        ))}
        <div ref={end} />
      </div>
      <p role="alert">{problem}</p>
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '' || busy) return
          setText('')
          say(text.trim())
        }}
      >
        <input aria-label={label} placeholder={label} value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
        <button type="submit" className="primary">
          {busy ? 'Sending …' : 'Send'}
        </button>
      </form>
    </>
  )
}
