// What people open of one mailbox, one after the other. Exchange serves an app four requests of a mailbox at once ("Throttling
// limits", Outlook): sync sends two for mail and one for the calendar, and this one is the fourth.
import pLimit from 'p-limit'

const queues = new Map<string, ReturnType<typeof pLimit>>()

/** Does some work when everything that was asked for earlier of this mailbox, in this process, is done. */
export async function inTurn<T>(mailboxId: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(mailboxId) ?? pLimit(1)
  queues.set(mailboxId, queue)
  try {
    return await queue(work)
  } finally {
    if (queue.activeCount + queue.pendingCount === 0) queues.delete(mailboxId)
  }
}
