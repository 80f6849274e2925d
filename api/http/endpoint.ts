// What an endpoint of the REST API is: what comes in, what goes out, who is answered. Each subject has a table of its own; the
// description of the API is made from them.
import { z } from 'zod'
import type { Actor } from '../access/model.ts'
import type { Right } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import type { Cost } from './limits.ts'

/** What a handler gets, already checked. */
interface Input<Q, B> {
  readonly actor: Actor
  readonly id: string
  readonly query: Q
  readonly body: B
}

/** The answer of an endpoint for spreadsheets. */
export interface CsvFile {
  readonly text: string
  /** How many rows it holds, where it ends before the list does; else null. */
  readonly cutAt: number | null
}

export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch' | 'del'
  /** Below /api/v1. */
  readonly path: string
  readonly summary: string
  /** Who is let in at all; checked before the input, so that nobody learns the shape of what they may not do. */
  readonly right: Right
  /** What it costs beside an answer from the database, which has a limit of its own; null: nothing. */
  readonly cost: Cost | null
  readonly query: z.ZodType | null
  readonly body: z.ZodType | null
  readonly status: number
  /** Null: text/csv, as a `CsvFile`. */
  readonly answer: z.ZodType | null
  handle(input: Input<unknown, unknown>, on: Acting): Promise<unknown>
}

/** What a handler answers with: what its schema takes, no field more or less. */
type Answer<A extends z.ZodType | null> = A extends z.ZodType ? z.input<A> : CsvFile

export function endpoint<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType | null>(options: {
  method: Endpoint['method']
  path: string
  summary: string
  right?: Right
  cost?: Cost
  query?: Q
  body?: B
  status?: number
  answer: A
  handle: (input: Input<z.output<Q>, z.output<B>>, on: Acting) => Promise<Answer<A>>
}): Endpoint {
  return {
    ...options,
    right: options.right ?? 'see',
    cost: options.cost ?? null,
    query: options.query ?? null,
    body: options.body ?? null,
    status: options.status ?? 200,
    handle: (input, on) => options.handle(input as Input<z.output<Q>, z.output<B>>, on),
  }
}

/** Of lists that come page by page. */
export const after = z.string().max(1_000).optional().describe('The `next` of the page before.')
export const sizedPage = z.object({ after, limit: z.coerce.number().int().min(1).max(100).optional() })

/** Without the keys that were not given: absent and undefined are different things here. */
export const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
