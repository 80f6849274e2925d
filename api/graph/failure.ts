// Graph's errors become Outpost's codes here and nowhere else. Graph: "Microsoft Graph error responses and resource types". The
// same code means different things of different subjects: a 404 about a group is no missing mailbox.
import { GraphError } from '@microsoft/microsoft-graph-client'
import { AppError, type ErrorCode } from '../errors.ts'
import { noteSize } from './page.ts'
import { missingSentence, type NeededFor } from './permission.ts'
import { resourceOf, type Resource } from './resource.ts'
import { waitingError } from './waiting.ts'

/** An answer that is no success. */
export interface Refusal {
  /** What was asked for: path or link. */
  readonly path: string
  readonly status: number
  /** Graph's own word, e.g. `ErrorAccessDenied`; empty when there was none. */
  readonly code: string
  /** Value of Retry-After, when there was one. */
  readonly retryAfter?: string | null | undefined
  readonly cause?: unknown
}

/** Codes that mean "the delta or skip token is no longer known"; they occur in several spellings and with several 4xx. */
const lostBookmark = new Set(['syncstatenotfound', 'resyncrequired', 'syncstateinvalid'])
/** Of a mailbox and its owner. */
const noMailbox = new Set([
  'mailboxnotenabledforrestapi', 'mailboxnotsupportedforrestapi', 'mailboxnotfound', 'resourcenotfound', 'request_resourcenotfound', 'errorinvaliduser',
  'errornonexistentmailbox',
])
/** "A permission is missing" in the words of the directory, of its reports and of PIM. */
const noPermission = new Set([
  'authorization_requestdenied', 'authentication_msgraphpermissionmissing', 'permissionscopenotgranted', 'accessdenied', 'erroraccessdenied', 'insufficientprivileges',
])
const noLicence = new Set(['authentication_requestfromnonpremiumtenantorb2ctenant', 'aadpremiumlicenserequired'])
/** Refusals of one meaning, whatever was asked. */
const known: Readonly<Record<string, ErrorCode>> = {
  errorquotaexceeded: 'mailboxFull',
  errormailboxmoveinprogress: 'mailboxMoving',
  tenantblocked: 'tenantBlocked',
}
/** Exchange will not filter a folder by time: "Use query parameters", and what is said of too many items. */
const noFilter = new Set(['errorinvalidurlquery', 'inefficientfilter', 'errorinvalidrestriction', 'errorinvalidurlqueryfilter'])

const ofMailbox = (resource: Resource) => resource === 'mail' || resource === 'folder' || resource === 'calendar'

/** What an answer of Graph means, by what was asked, its status and its code. @param neededFor the permission that a path needs */
export function toAppErrorFromGraph(refusal: Refusal, neededFor: NeededFor): AppError {
  const { status, cause, retryAfter } = refusal
  const resource = resourceOf(refusal.path)
  const word = refusal.code.toLowerCase()
  if (status === 410 || (status >= 400 && status < 500 && lostBookmark.has(word))) return new AppError('bookmarkLost', { cause })
  if (status === 429) return waitingError('throttled', retryAfter, cause)
  if (status === 401) return new AppError('graphTokenRefused', { cause })
  // The reports and PIM say this with 400 as well.
  if ((status === 400 || status === 403) && noLicence.has(word)) return new AppError('licenceMissing', { cause })
  if (status === 403) return forbidden(refusal, word, neededFor)
  if (status === 404) return notFound(resource, word, cause)
  if (status === 400 && resource === 'folder' && noFilter.has(word)) return new AppError('filterRefused', { cause })
  if ((status >= 500 && status !== 501) || status === 408) return waitingError('serviceUnavailable', retryAfter, cause)
  return new AppError('graphUnexpected', { cause })
}

function forbidden({ path, code, cause }: Refusal, word: string, neededFor: NeededFor): AppError {
  const meaning = known[word]
  if (meaning !== undefined) return new AppError(meaning, { cause })
  // Exchange says the same of a missing permission and of a policy that limits the app to other mailboxes.
  if (ofMailbox(resourceOf(path)) && (word === 'erroraccessdenied' || word === 'accessdenied')) return new AppError('accessDenied', { cause })
  if (!noPermission.has(word)) {
    const fact = `Microsoft refused this for a reason that Outpost does not know (${namedCode(code)}).`
    return new AppError('refused', { cause, sentence: `${fact} Outpost tries again by itself.`, asked: `${fact} Try again later.` })
  }
  const needed = neededFor(path)
  if (needed === null) return new AppError('consentMissing', { cause })
  return needed.optional
    ? new AppError('notGranted', { cause, sentence: `Optional, and not granted: ${needed.permission}. Without it, ${needed.without}.` })
    : new AppError('consentMissing', { cause, sentence: missingSentence([needed.permission]) })
}

function notFound(resource: Resource, word: string, cause: unknown): AppError {
  switch (resource) {
    case 'mail':
    case 'calendar':
      return new AppError(noMailbox.has(word) ? 'mailboxUnknown' : 'gone', { cause })
    case 'folder':
      return noMailbox.has(word) ? new AppError('mailboxUnknown', { cause }) : new AppError('gone', { cause, sentence: 'Microsoft does not find a folder of this mailbox. Outpost looks for it again by itself.' })
    // A single user is asked for as the owner of a listed mailbox.
    case 'user':
      return new AppError('mailboxUnknown', { cause })
    case 'application':
      return new AppError('appUnknown', { cause })
    case 'directory':
      return new AppError('objectGone', { cause, sentence: 'The directory names a group, an application or an account that it no longer knows. That ends when Microsoft has tidied up; Outpost reads the list again by itself.' })
    default:
      return new AppError('objectGone', { cause })
  }
}

/** Graph's word for people: a word of Microsoft's, never free text. */
const namedCode = (code: string): string => (/^[\w.-]{1,60}$/.test(code) ? `code ${code}` : 'it gave no code')

/**
 * The body of an answer. Read here and not by Microsoft's client, which takes any web page for an answer, and forgets the headers,
 * Retry-After among them, of an error without a JSON body.
 */
export async function bodyOf(response: Response, path: string, neededFor: NeededFor): Promise<Record<string, unknown>> {
  const bytes = await response.arrayBuffer()
  const body = objectIn(new TextDecoder().decode(bytes))
  if (body !== null) noteSize(body, bytes.byteLength)
  if (response.ok && body !== null) return body
  if (response.ok) throw new AppError('serviceUnavailable', { cause: new Error('an answer is no JSON object') })
  const code = (body?.error as { code?: unknown } | null | undefined)?.code
  const cause = new GraphError(response.status)
  cause.code = typeof code === 'string' ? code : null
  cause.requestId = response.headers.get('request-id') ?? requestIdIn(body)
  throw toAppErrorFromGraph({ path, status: response.status, code: cause.code ?? '', retryAfter: response.headers.get('Retry-After'), cause }, neededFor)
}

/** In the body of an error, where a proxy has dropped the header. */
function requestIdIn(body: Record<string, unknown> | null): string | null {
  const inner = (body?.error as { innerError?: { 'request-id'?: unknown } } | null | undefined)?.innerError?.['request-id']
  return typeof inner === 'string' ? inner : null
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
