// Graph's errors become Outpost's codes here and nowhere else. Graph: "Microsoft Graph error responses and resource types".
import { GraphError } from '@microsoft/microsoft-graph-client'
import { AppError } from '../errors.ts'
import { noteSize } from './page.ts'

/** Codes that mean "the delta or skip token is no longer known"; they occur in several spellings and with several 4xx. */
const lostBookmark = new Set(['syncstatenotfound', 'resyncrequired', 'syncstateinvalid'])
const noMailbox = new Set(['mailboxnotenabledforrestapi', 'resourcenotfound', 'request_resourcenotfound', 'errorinvaliduser'])

/**
 * Seconds that a Retry-After header asks for: whole or fractional seconds or an HTTP date. Capped at ten minutes.
 * @returns undefined when there is no usable header
 */
export function retryAfterSeconds(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === '') return undefined
  const asNumber = Number(header)
  const value = Number.isFinite(asNumber) ? asNumber : (Date.parse(header) - now) / 1000
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), 600) : undefined
}

/** @param header value of Retry-After, when there was one */
export function toAppErrorFromGraph(status: number, code: string, header: string | null | undefined, cause: unknown): AppError {
  const word = code.toLowerCase()
  if (status === 410 || (status >= 400 && status < 500 && lostBookmark.has(word))) return new AppError('bookmarkLost', { cause })
  if (status === 429 || status === 503 || status === 509) {
    const seconds = retryAfterSeconds(header, Date.now())
    const code = status === 429 ? 'throttled' : 'serviceUnavailable'
    return new AppError(code, { cause, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) })
  }
  if (status === 401) return new AppError('graphTokenRefused', { cause })
  if (status === 403) {
    if (word === 'authentication_requestfromnonpremiumtenantorb2ctenant') return new AppError('licenceMissing', { cause })
    if (word === 'authorization_requestdenied') return new AppError('consentMissing', { cause })
    return new AppError('accessDenied', { cause })
  }
  if (status === 404) return new AppError(noMailbox.has(word) ? 'mailboxUnknown' : 'gone', { cause })
  if ((status >= 500 && status !== 501) || status === 408) return new AppError('serviceUnavailable', { cause })
  return new AppError('graphUnexpected', { cause })
}

/**
 * The body of an answer. Read here and not by Microsoft's client, which takes any web page for an answer, and forgets the headers,
 * Retry-After among them, of an error without a JSON body.
 */
export async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const text = await textOf(response)
  const body = objectIn(text)
  if (body !== null) noteSize(body, text.length)
  if (response.ok && body !== null) return body
  if (response.ok) throw new AppError('serviceUnavailable', { cause: new Error('an answer is no JSON object') })
  const code = (body?.error as { code?: unknown } | null | undefined)?.code
  const cause = new GraphError(response.status)
  cause.code = typeof code === 'string' ? code : null
  throw toAppErrorFromGraph(response.status, cause.code ?? '', response.headers.get('Retry-After'), cause)
}

/** A page of mail has two megabytes at most; an answer that has no end would fill the memory. */
const mostBytes = 64 * 2 ** 20

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new AppError('listEndless', { cause: new Error('an answer is too large') })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Anything else that comes of a request: failures of the connection. */
export const fromGraphClient = (error: unknown): AppError => (error instanceof AppError ? error : new AppError('serviceUnavailable', { cause: error }))
