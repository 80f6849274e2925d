// Changes as server-sent events.
import type { Response } from 'restify'
import type { Actor } from '../access/model.ts'
import type { ChangeFeed } from '../changes/feed.ts'

const keepAliveMilliseconds = 20_000

/**
 * A line a change, and a comment now and then so that nothing on the way closes the connection.
 * @param streams how to end each one that is open
 */
export function streamChanges(feed: ChangeFeed, actor: Actor, res: Response, streams: Set<() => void>): void {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', Connection: 'keep-alive', 'X-Accel-Buffering': 'no' })
  res.write(': open\n\n')
  const stop = feed.listen(actor, (change) => res.write(`data: ${JSON.stringify(change)}\n\n`))
  const alive = setInterval(() => res.write(': alive\n\n'), keepAliveMilliseconds)
  const end = () => {
    clearInterval(alive)
    stop()
    streams.delete(end)
    res.end()
  }
  streams.add(end)
  res.on('close', end)
}
