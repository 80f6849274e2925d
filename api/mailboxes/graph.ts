// Whose a mailbox is.
import type { Graph } from '../graph/graph.ts'

/** Object id of the user who has an address now. @throws AppError `mailboxUnknown` when nobody has it */
export async function readUserId(graph: Graph, upn: string): Promise<string> {
  return String((await graph.get(`/users/${encodeURIComponent(upn)}?$select=id`)).id)
}
