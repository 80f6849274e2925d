// Whether listed mailboxes can be read: asked of the mailboxes themselves, because what RBAC for Applications in Exchange allows
// does not show in the token, and what an access policy forbids does not either.
import type { AppError } from '../errors.ts'
import type { Graph } from '../graph/client.ts'

/** For mail and for meetings: null where it can be read, or why not. */
export interface MailboxProbe {
  readonly mail: AppError | null
  readonly calendar: AppError | null
}

/** Two requests a mailbox, in batches of at most 20. Graph: "List calendarView", "Get mailFolder". */
const mailboxesAtOnce = 10

/** @param upns of the mailboxes; answers in their order */
export async function probeMailboxes(graph: Graph, upns: readonly string[], now: Date): Promise<MailboxProbe[]> {
  const found: MailboxProbe[] = []
  const window = `startDateTime=${now.toISOString()}&endDateTime=${new Date(now.getTime() + 3_600_000).toISOString()}`
  for (let start = 0; start < upns.length; start += mailboxesAtOnce) {
    const some = upns.slice(start, start + mailboxesAtOnce)
    const answers = await graph.batch(
      some.flatMap((upn) => {
        const user = `/users/${encodeURIComponent(upn)}`
        return [{ path: `${user}/mailFolders/inbox?$select=id` }, { path: `${user}/calendarView?${window}&$top=1&$select=start` }]
      }),
    )
    const errors = answers.map((answer) => (answer.ok ? null : answer.error))
    found.push(...some.map((_, index) => ({ mail: errors[2 * index] ?? null, calendar: errors[2 * index + 1] ?? null })))
  }
  return found
}
