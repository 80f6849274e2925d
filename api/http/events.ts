// Changes as server-sent events. A connection ends with the token that opened it, or with the role of its person; a person has a few;
// and who does not read what is sent is cut off, because what waits for them waits in our memory.
import type { Response } from 'restify'
import { hasLostRole, type ActorOptions } from '../access/actor.ts'
import type { Actor } from '../access/model.ts'
import type { ChangeFeed } from '../changes/feed.ts'
import type { News } from '../changes/model.ts'

const keepAliveMilliseconds = 20_000
/** What a reader may leave unread, beside what the system's own buffers hold. A change is 60 bytes. */
const mostUnreadBytes = 16 * 1024
/** How long the end of a connection may take, until it is cut. */
const endMilliseconds = 5_000

export interface StreamsOptions extends ActorOptions {
  readonly feed: ChangeFeed
  /** How many connections one person may have. */
  readonly perPerson: number
}

/** Who listens, and what the token says of when it was made and ends. */
export interface Listening {
  readonly actor: Actor
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface Streams {
  /** Sends a line a change, and a comment now and then so that nothing on the way closes the connection. */
  open(listening: Listening, res: Response): void
  endAll(): void
}

// The same change goes to many: it is written once.
const written = new WeakMap<News, string>()
function lineOf(news: News): string {
  const line = written.get(news) ?? `data: ${JSON.stringify(news)}\n\n`
  written.set(news, line)
  return line
}

export function openStreams(options: StreamsOptions): Streams {
  const { feed, perPerson, now } = options
  /** How to end each one that is open, by person, the oldest first. */
  const ends = new Map<string, Set<() => void>>()

  /** Whoever opens one too many has most likely left the oldest behind: a laptop that slept, a window that is gone. */
  function add(userId: string, end: () => void): void {
    const mine = ends.get(userId) ?? new Set()
    ends.set(userId, mine.add(end))
    for (const oldest of [...mine].slice(0, Math.max(0, mine.size - perPerson))) oldest()
  }
  function remove(userId: string, end: () => void): void {
    const mine = ends.get(userId)
    mine?.delete(end)
    if (mine?.size === 0) ends.delete(userId)
  }

  return {
    open({ actor, issuedAt, expiresAt }, res) {
      res.writeHead(200, { 'Content-Type': 'text/event-stream', Connection: 'keep-alive', 'X-Accel-Buffering': 'no' })
      const write = (text: string) => {
        res.write(text)
        if (res.writableLength > mostUnreadBytes) res.destroy()
      }
      const endIfLost = async () => {
        // The database is away: nobody's role can be looked up, and nothing is told either.
        if (await hasLostRole(options, actor, issuedAt).catch(() => false)) end()
      }
      write(': open\n\n')
      const stop = feed.listen(actor, (news) => write(lineOf(news)))
      const alive = setInterval(() => {
        write(': alive\n\n')
        void endIfLost()
      }, keepAliveMilliseconds)
      const expiry = setTimeout(() => end(), Math.min(expiresAt.getTime() - now().getTime(), 2 ** 31 - 1))
      const end = () => {
        clearInterval(alive)
        clearTimeout(expiry)
        stop()
        remove(actor.userId, end)
        res.end()
        setTimeout(() => res.destroy(), endMilliseconds).unref()
      }
      add(actor.userId, end)
      res.on('close', end)
    },
    endAll() {
      for (const mine of [...ends.values()]) for (const end of [...mine]) end()
    },
  }
}
