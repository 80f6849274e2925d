// The shape of every answer that is not a success, and of what `/readyz` says.
import { z } from 'zod'

export const failureSchema = z.object({
  error: z.object({
    code: z.string().describe('A stable word for programs.'),
    message: z.string().describe('A sentence for people that says what to do.'),
    requestId: z.string().describe('Names this request in the log.'),
    problems: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('Present when the input was refused: every problem at once.'),
    states: z
      .object({ yours: z.looseObject({}), now: z.looseObject({}) })
      .optional()
      .describe('Present when somebody else has changed the same thing since it was read: what you asked for, and what it is now.'),
  }),
})
export type Failure = z.infer<typeof failureSchema>

export interface Trouble {
  readonly code: string
  /** What to do, in words. */
  readonly message: string
}

/** `ready` with troubles: it serves, and something needs a person. */
export interface Readiness {
  readonly status: 'ready' | 'notReady'
  readonly troubles: readonly Trouble[]
}
