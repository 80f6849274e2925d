// Teams asks bots to answer within two seconds or to show that they are at it, and never to show it after the answer.
import type { Log } from '../../api/log.ts'
import type { Reply } from '../adapter/port.ts'

/** Runs the work; when it takes longer than `afterMs`, shows that the bot is typing. Ends after both. */
export async function withTyping<T>(reply: Reply, log: Log, work: () => Promise<T>, afterMs = 1500): Promise<T> {
  let typing: Promise<void> = Promise.resolve()
  const timer = setTimeout(() => {
    typing = reply.typing().catch((error: unknown) => log.error('bot.typing.failed', error))
  }, afterMs)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
    await typing
  }
}
