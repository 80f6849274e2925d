// Live changes: the service says which kind of thing may be newer, and whoever shows it asks again.
import { useSyncExternalStore } from 'react'
import { createParser } from 'eventsource-parser'
import type { News } from '../../api/changes/model.ts'
import { send } from './request.ts'

type Listener = (news: News) => void
/** Hears of changes until the returned function is called. */
export type Listen = (listener: Listener) => () => void
const listeners = new Set<Listener>()

/** Hears of every change until the returned function is called; `everything` after a gap in which changes may have been lost. */
export const listenToChanges: Listen = (listener) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const everything: News = { kind: 'everything', customerId: null }
const tell = (news: News) => listeners.forEach((listener) => listener(news))

function parsed(data: string): News | null {
  try {
    return JSON.parse(data) as News
  } catch {
    return null
  }
}

// The service says something every 20 seconds. A connection can also end without a word: in a sleep, or behind a proxy.
const SILENCE_MS = 60_000

/**
 * Hears what a stream of server-sent events says, to its end. `told` gets the data of each event once it is complete, `heard` is called
 * whenever anything came, a comment too.
 */
export async function hearEvents(bytes: ReadableStream<Uint8Array<ArrayBuffer>>, { heard, told }: { heard: () => void; told: (data: string) => void }): Promise<void> {
  const parser = createParser({ onEvent: ({ data }) => told(data) })
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    heard()
    parser.feed(value)
  }
}

/** Reads one connection to its end, or until it has been silent for too long. EventSource cannot send a token, so the stream is read from a fetch. */
async function readOnce(opened: () => void): Promise<void> {
  const control = new AbortController()
  let silence: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => control.abort(), SILENCE_MS)
  }
  heard()
  try {
    const response = await send('/changes', { accept: 'text/event-stream', signal: control.signal })
    if (response.body === null) return
    opened()
    await hearEvents(response.body, {
      heard,
      told: (data) => {
        const news = parsed(data)
        if (news !== null) tell(news)
      },
    })
  } finally {
    clearTimeout(silence)
  }
}

// A connection that is back in a moment was never missed.
const PATIENCE_MS = 5000
let lostAt: number | null = null
let patience: ReturnType<typeof setTimeout> | undefined
const watchers = new Set<() => void>()

function setLost(at: number | null): void {
  lostAt = at
  watchers.forEach((watcher) => watcher())
}
function lost(): void {
  const since = Date.now()
  patience ??= setTimeout(() => setLost(since), PATIENCE_MS)
}
function back(): void {
  clearTimeout(patience)
  patience = undefined
  setLost(null)
}
function watchLost(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** Since when no changes are heard of, in milliseconds; null while they are, and in the first seconds without them. */
export const useLostAt = (): number | null => useSyncExternalStore(watchLost, () => lostAt)

let following = false
let endPause = () => {}

// A connection that is lost sooner than this was no success: the service may be ending it, for a tab of the same person that came later.
const HELD_MS = 30_000

/** Follows the changes for as long as the page lives; a lost connection comes back after 1, 2, 4, 8, 10 seconds. */
export async function followChanges(): Promise<void> {
  if (following) return
  following = true
  let pause = 1000
  for (let again = false; ; again = true) {
    let openedAt = Infinity
    await readOnce(() => {
      openedAt = Date.now()
      back()
      if (again) tell(everything)
    }).catch(() => undefined)
    if (Date.now() - openedAt > HELD_MS) pause = 1000
    lost()
    await new Promise<void>((resolve) => {
      endPause = resolve
      setTimeout(resolve, pause)
    })
    pause = Math.min(pause * 2, 10_000)
  }
}

/** Does not wait any longer for the next try to hear of changes, and has all that is in view asked for anew. */
export function refresh(): void {
  endPause()
  tell(everything)
}
