// The log. Dotted event names and flat fields that are ids, numbers, codes or booleans. Texts that could carry an address,
// a subject or a token have no way in: a field that is not of these kinds does not type-check, and error messages of others
// are reduced to their name, code and place in our code.
import pino from 'pino'
import { AppError } from './errors.ts'
import { withoutRepeats } from './repeats.ts'

type Field = number | boolean | null | undefined | Identifier
/** A string that names a thing: GUIDs, codes, event and stream names, hashes. Made by `id()` only. */
declare const identifier: unique symbol
export type Identifier = string & { readonly [identifier]: true }

const identifierPattern = /^[\w.:|/()-]{1,200}$/

/** Lets a string into the log if it is an identifier (no space, no @, no more than 200 characters); else `redacted`. */
export function id(text: string): Identifier {
  return (identifierPattern.test(text) ? text : 'redacted') as Identifier
}

export interface Log {
  info(event: string, fields?: Record<string, Field>): void
  warn(event: string, fields?: Record<string, Field>): void
  error(event: string, error: unknown, fields?: Record<string, Field>): void
}

function describe(error: unknown, depth = 0): Record<string, Field> {
  if (!(error instanceof Error)) return { errorName: id(typeof error) }
  const code = (error as { code?: unknown }).code
  const status = (error as { statusCode?: unknown }).statusCode
  // Of Microsoft's client: what their support asks for.
  const request = (error as { requestId?: unknown }).requestId
  const at = /\n\s+at [^\n]*?([\w.-]+\.(?:ts|js|mjs|cjs):\d+:\d+)/.exec(error.stack ?? '')?.[1]
  const prefix = depth === 0 ? 'error' : 'cause'
  return {
    [`${prefix}Name`]: id(error.name),
    ...(typeof code === 'string' || typeof code === 'number' ? { [`${prefix}Code`]: id(String(code)) } : {}),
    ...(typeof status === 'number' ? { [`${prefix}Status`]: status } : {}),
    ...(typeof request === 'string' ? { graphRequest: id(request) } : {}),
    ...(at === undefined ? {} : { [`${prefix}At`]: id(at) }),
    ...(depth === 0 && error.cause !== undefined ? describe(error.cause, 1) : {}),
  }
}

/** Opens the log on stdout, one JSON object a line. */
export function openLog(): Log {
  const out = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' })
  const warn = withoutRepeats((event, fields) => out.warn(fields, event))
  const fail = withoutRepeats((event, fields) => out.error(fields, event))
  return {
    info: (event, fields = {}) => out.info(fields, event),
    warn: (event, fields = {}) => warn(event, fields),
    error: (event, error, fields = {}) => {
      const expected = error instanceof AppError && error.retry !== 'never'
      const tell = expected ? warn : fail
      tell(event, { ...fields, ...describe(error) })
    },
  }
}
