// What a person opens of a mailbox, asked of Graph at this moment.
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import type { Graph } from '../graph/graph.ts'
import { mostBytesOfText } from '../graph/text.ts'
import type { ConnectedTenants } from '../sync/round.ts'
import { inTurn } from './inTurn.ts'
import { isListed } from './rows.ts'

/**
 * Asks about an item, when what was asked for earlier of its mailbox has been answered.
 * @param stream name of the stream that has read it
 * @throws AppError `gone` when that no longer reads the mailbox, whatever rows are still there; and Graph's
 */
export async function inMailbox<T>(
  { db, tenants }: { db: Database; tenants: ConnectedTenants }, stream: string, item: { tenantId: string; mailboxId: string }, ask: (graph: Graph) => Promise<T>,
): Promise<T> {
  const opened = (await isListed(db, stream, item)) ? await tenants.open(item.tenantId, { mostBytes: mostBytesOfText }) : null
  if (opened === null) throw new AppError('gone', { sentence: 'Outpost no longer reads the mailbox in which this lies.' })
  return inTurn(item.mailboxId, () => ask(opened.graph).catch((error: unknown) => {
    throw goneWithMailbox(error) ?? error
  }))
}

/** What is asked for by its id is no reading that could begin anew, and its mailbox was there when it was listed. */
function goneWithMailbox(error: unknown): AppError | null {
  if (!(error instanceof AppError)) return null
  if (error.code === 'bookmarkLost') return new AppError('gone', { cause: error })
  if (error.code !== 'mailboxUnknown') return null
  return new AppError('gone', { cause: error, sentence: 'The mailbox in which this lies is no longer there, or has no Exchange Online licence any more.' })
}
