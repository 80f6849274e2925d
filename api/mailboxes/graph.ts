// Whose a mailbox is.
import { AppError } from '../errors.ts'
import type { Graph } from '../graph/graph.ts'
import { idIn } from '../graph/said.ts'

/** Object id of the user who has an address now. @throws AppError `mailboxUnknown` when nobody has it; `serviceUnavailable` for an answer that does not say */
export async function readUserId(graph: Graph, upn: string): Promise<string> {
  const id = idIn((await graph.get(`/users/${encodeURIComponent(upn)}?$select=id`)).id)
  if (id === null) throw new AppError('serviceUnavailable', { cause: new Error('a user without an id') })
  return id
}
