// Outpost's own REST interface: one request with the sign-in token, in three forms (an answer, a file, a deed), its failures as one class.
import type { Failure } from '../../api/http/model.ts'
import { SignInFailed, signInToken } from '../teams/token.ts'
import { patiently } from './patience.ts'
import { RequestFailed } from './requestFailed.ts'

const UNREACHABLE = 'Outpost cannot be reached. Check your connection and try again.'
const AWAY = 'Outpost does not answer at the moment.'
const SLOWER = 'Very much was asked of Outpost from here in a short time. Try again in a minute.'
const SIGNED_OUT = 'You are not signed in to Outpost. Sign in again.'

/** Of an answer that is none of Outpost's own: what stands before it answers in its own way. */
const wordsOf = (status: number) => (status === 429 ? SLOWER : [502, 503, 504].includes(status) ? AWAY : `Outpost gave an answer that the tab cannot read (${status}).`)

async function failureOf(response: Response): Promise<RequestFailed> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds : null
  try {
    const { error } = (await response.json()) as Failure
    const { problems = [], requestId, states } = error
    return new RequestFailed(response.status, error.code, error.message, { problems, requestId, now: states?.now ?? null, retryAfter })
  } catch {
    return new RequestFailed(response.status, 'noAnswer', wordsOf(response.status), { retryAfter })
  }
}

/** True when the person's own sign-in failed; a tenant's wrong secret also answers 401, but with another code. */
export const isSignedOut = (error: unknown): boolean => error instanceof RequestFailed && error.code === 'unauthenticated'

/** Makes any thrown thing a `RequestFailed`. */
export function asRequestFailed(thrown: unknown): RequestFailed {
  if (thrown instanceof RequestFailed) return thrown
  if (thrown instanceof SignInFailed) return new RequestFailed(401, 'unauthenticated', SIGNED_OUT)
  return new RequestFailed(0, 'unreachable', UNREACHABLE)
}

export interface Options {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
  accept?: string
}

/**
 * Sends a request to `/api/v1{path}` and answers with its response when that is a success; anything else raises. A token
 * that the service refuses is renewed once, because it may have been withdrawn before it expired.
 */
export async function send(path: string, { method = 'GET', body, signal, accept = 'application/json' }: Options = {}): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const headers: Record<string, string> = { accept, authorization: `Bearer ${await signInToken({ fresh: attempt > 0 })}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.ok) return response
    const failure = await failureOf(response)
    if (attempt > 0 || !isSignedOut(failure)) throw failure
  }
}

async function answered<T>(ask: () => Promise<Response>, read: (response: Response) => Promise<T>): Promise<T> {
  try {
    return await read(await ask())
  } catch (thrown) {
    throw asRequestFailed(thrown)
  }
}

/**
 * Asks for an answer. Its type comes from the service's own model; no schema reaches the browser. A question that came too soon is asked
 * again by itself; something that a person does is not, they are told.
 */
export const json = <T>(path: string, options: Options = {}): Promise<T> =>
  answered((options.method ?? 'GET') === 'GET' ? () => patiently(() => send(path, options), options.signal) : () => send(path, options), (response) => response.json() as Promise<T>)

export interface CsvFile {
  file: Blob
  /** How many rows it holds, where it ends before the list does; else null. */
  cutAt: number | null
}

/** A file: fetched, because only a request of our own carries the token. */
export const csv = (path: string): Promise<CsvFile> =>
  answered(() => send(path, { accept: 'text/csv' }), async (response) => {
    const cutAt = response.headers.get('x-outpost-cut-at')
    return { file: await response.blob(), cutAt: cutAt === null ? null : Number(cutAt) }
  })

/** Asks for something to be done, whose answer may be empty. */
export const done = (path: string, options: Options): Promise<void> => answered(() => send(path, options), () => Promise.resolve())

/** Parameters as they stand in an address; what is null or empty is left out. */
export function query(parameters: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** An id as a part of a path. */
export const segment = encodeURIComponent
