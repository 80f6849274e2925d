// Requests to Microsoft: each ends, however it is answered, and goes where it was sent and nowhere else.
import { AppError } from './errors.ts'

export interface Limits {
  /** From the first byte that is sent to the last one of the answer. */
  readonly milliseconds: number
  /** Of the answer, unpacked. */
  readonly bytes: number
}

/** Of a list that is too long to be one. */
const pauseSeconds = 600

/**
 * A whole answer, whatever its status.
 * @param init as for fetch; its signal calls the request off, and what is thrown then is the signal's reason
 * @throws AppError `listEndless` for an answer with too many bytes; `serviceUnavailable` for a redirect, which would carry what was
 *   sent to somebody else; what fetch throws; an error where the time is over
 */
export async function askOutside(url: string | URL, { signal, ...init }: RequestInit, limits: Limits): Promise<Response> {
  // A timer of our own, that holds what it calls off: what AbortSignal.any makes of AbortSignal.timeout can be collected before its
  // time, and then nothing ends (nodejs/node#57736).
  const calling = new AbortController()
  const late = setTimeout(() => calling.abort(new Error('an answer took too long')), limits.milliseconds)
  const callOff = () => calling.abort(signal?.reason)
  signal?.addEventListener('abort', callOff)
  if (signal?.aborted === true) callOff()
  try {
    // Raced as well, because fetch holds a signal loosely once it has begun to answer.
    return await Promise.race([abortedBy(calling.signal), answerOf(url, { ...init, redirect: 'manual', signal: calling.signal }, limits.bytes)])
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', callOff)
  }
}

async function abortedBy(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((aborted) => signal.addEventListener('abort', aborted))
  throw signal.reason
}

async function answerOf(url: string | URL, init: RequestInit & { readonly signal: AbortSignal }, most: number): Promise<Response> {
  const response = await fetch(url, init)
  const reader = response.body?.getReader()
  const giveUp = () => void reader?.cancel().catch(() => undefined)
  init.signal.addEventListener('abort', giveUp)
  if (response.status >= 300 && response.status < 400) {
    giveUp()
    throw new AppError('serviceUnavailable', { cause: new Error('an answer leads elsewhere') })
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true as const, value: undefined }
    if (done) break
    bytes += value.byteLength
    if (bytes > most) {
      giveUp()
      throw new AppError('listEndless', { retryAfterSeconds: pauseSeconds, cause: new Error('an answer is too large') })
    }
    chunks.push(value)
  }
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status: response.status, headers: response.headers })
}
