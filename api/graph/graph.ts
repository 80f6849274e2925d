// What Outpost asks of Microsoft Graph for one tenant.
import type { AppError } from '../errors.ts'

export interface BatchItem {
  readonly path: string
  readonly prefer?: string
}

export type Answered = { ok: true; body: Record<string, unknown> } | { ok: false; error: AppError }

/** How requests of a client end. */
export interface Ends {
  /** Calls off what is under way, which then throws `leaseLost`: whoever works on takes it up. */
  readonly ending?: AbortSignal
  /** Of one answer, where a list has more than is wanted; what has more throws `listEndless`. */
  readonly mostBytes?: number
}

/** Paths begin behind `/v1.0`; links are Graph's own. */
export interface Graph {
  /** @throws AppError, see errors.ts; `graphUnexpected` for a link that leads away from Graph; `clockWrong` */
  get(pathOrLink: string, prefer?: string, consistency?: 'eventual'): Promise<Record<string, unknown>>
  /** Up to 20 GETs in one request. Answers in the order asked, each with its own error; see batch.ts. */
  batch(items: readonly BatchItem[]): Promise<Answered[]>
}
