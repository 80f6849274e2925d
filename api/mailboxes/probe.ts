// Whose listed mailboxes are, and whether they can be read: asked of the mailboxes themselves, because what RBAC for Applications in Exchange allows
// does not show in the token, and what an access policy forbids does not either.
import type { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import type { Answered, Graph } from '../graph/graph.ts'
import { idIn } from '../graph/said.ts'

/** For mail and for meetings: null where it can be read, or why not. */
export interface MailboxProbe {
  readonly mail: AppError | null
  readonly calendar: AppError | null
  /** Object id of the user who has the address; null where the directory does not say. */
  readonly userId: string | null
}

/** @param upns of the mailboxes; answers in their order. Graph: "List calendarView", "Get mailFolder", "Get user" */
export async function probeMailboxes(graph: Graph, upns: readonly string[], now: Date): Promise<MailboxProbe[]> {
  const window = `startDateTime=${now.toISOString()}&endDateTime=${new Date(now.getTime() + 3_600_000).toISOString()}`
  const answers = await askEach(graph, upns.flatMap((upn) => {
    const user = `/users/${encodeURIComponent(upn)}`
    return [{ path: `${user}/mailFolders/inbox?$select=id` }, { path: `${user}/calendarView?${window}&$top=1&$select=start` }, { path: `${user}?$select=id` }]
  }))
  const errors = answers.map((answer) => (answer.ok ? null : answer.error))
  return upns.map((_, index) => ({ mail: errors[3 * index] ?? null, calendar: errors[3 * index + 1] ?? null, userId: userIdIn(answers[3 * index + 2]) }))
}

const userIdIn = (answer: Answered | undefined): string | null => (answer?.ok === true ? idIn(answer.body.id) : null)
