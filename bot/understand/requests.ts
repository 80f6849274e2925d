// Tells a request to do something from a question, and where that can be done. Outpost only reads, so it is answered as what it is.
import type { Place } from './intent.ts'
import { acts, actsOn, list } from './lexicon.ts'
import type { Piece } from './sentence.ts'

const objects = list('a an the my our all this that these those new P C up off on to')
/** "Send me the licences" asks to see them, unless they are to come again, or on paper. */
const shown = list('me us')
const seen = list('mail mails meeting meetings licence mfa posture')
const again = list('every daily weekly monthly pdf csv excel spreadsheet')
const courtesy = list(
  'please pls plz can could would will you u we i need want to lets go ahead and kindly just hi hello hey ok okay so now should must have id like your help me with bot outpost dear good morning afternoon evening thanks also then for us quickly asap',
)

const keyOf = (piece: Piece | undefined): string => (piece === undefined ? '' : piece.customers.length > 0 ? 'C' : piece.people.length > 0 ? 'P' : (piece.words[0]?.key ?? ''))

/** "Tell me the licences" asks to see them; whoever else is told something is written to. */
const told = list('all everyone everybody customers clients them him her their P C X')

/** @param pieces of one part of a sentence */
function isRequest(pieces: readonly Piece[]): boolean {
  const at = pieces.findIndex((piece) => piece.customers.length > 0 || !courtesy.has(keyOf(piece)))
  const [verb, object, next] = [keyOf(pieces[at]), keyOf(pieces[at + 1]), keyOf(pieces[at + 2])]
  const asked = pieces.slice(0, at).some((piece) => ['i', 'we'].includes(keyOf(piece))) && !pieces.slice(0, at).some((piece) => ['need', 'want', 'to', 'should', 'must', 'like'].includes(keyOf(piece)))
  if (at === -1 || asked) return false
  // "confirm that MFA is on" asks, too.
  if (verb === 'confirm') return pieces.some(({ sign }) => sign === 'meeting' || sign === 'meetings')
  // "Share the licences with me" asks to see them.
  if (verb === 'share' && !pieces.some(({ sign }, index) => sign === 'with' && !shown.has(keyOf(pieces[index + 1])))) return false
  if (acts.has(verb)) return !['emails', 'mails', 'mail', 'email', 'meetings'].includes(object) || ['delete', 'archive', 'forward', 'export', 'mark', 'remove', 'move', 'print', 'download'].includes(verb)
  if (!actsOn.has(verb)) return false
  // "Open the last email" asks to see it, "open a ticket" does not.
  if (verb === 'open' && pieces.some(({ sign }) => seen.has(sign))) return false
  if (shown.has(object)) return (verb === 'send' || verb === 'make') && pieces.some((piece) => again.has(keyOf(piece)))
  if (verb === 'call' && (object === 'C' || object === 'P' || pieces[at + 1]?.sign === 'X')) return true
  if (['tell', 'inform', 'let', 'ask', 'warn'].includes(verb)) return pieces[at + 1]?.border === false && (told.has(object) || pieces[at + 1]?.sign === 'X')
  if ((verb === 'run' || verb === 'kick' || verb === 'start') && (object === 'off' ? next : object).startsWith('sync')) return true
  // "message Contoso": nothing but whom. "Email Contoso" asks for the mail, as "mfa Contoso" asks for MFA.
  if (verb === 'message' && pieces.length === at + 2 && (object === 'C' || object === 'P') && pieces[at]!.words[0]?.key === verb) return true
  const written = ['email', 'mail', 'message', 'call', 'sync'].includes(verb)
  if (written) return object !== '' && pieces.slice(at + 1).some((piece) => ['that', 'saying', 'now'].includes(keyOf(piece)))
  if (verb === 'write' || verb === 'reply' || verb === 'respond' || verb === 'answer') return ['to', 'C', 'P', 'a', 'an', 'back'].includes(object)
  if (verb === 'make') return (objects.has(object) || pieces[at + 1]?.sign === 'X') && !['list', 'overview', 'summary'].includes(next)
  if (verb === 'give' || verb === 'send') return true
  return objects.has(object) || (verb === 'invite' && pieces[at + 1]?.sign === 'X')
}

const exporting = list('export download print csv excel spreadsheet pdf')
/** What is only done to accounts, roles and licences. */
const ofAccounts = list('assign unassign reassign grant revoke reset unlock promote demote offboard onboard')

/** Where something is done: by the words beside it, the first that say it. */
const places: readonly (readonly [place: Place, signs: ReadonlySet<string>])[] = [
  ['sync', list('sync')],
  ['tenant', list('mfa factor licence admin admins roles rights privileged posture secure accounts')],
  ['calendar', list('meeting meetings')],
  ['mail', list('mail mails reply wrote')],
]
const writing = list('email mail message write reply respond answer send forward tell inform let ask warn notify remind nudge ping chase call dial')

/** @param parts of a sentence, as borders part them; @returns where the request can be fulfilled; null for no request */
export function requestIn(parts: readonly (readonly Piece[])[]): Place | null {
  const request = parts.find(isRequest)
  if (request === undefined) return null
  if (request.some((piece) => exporting.has(keyOf(piece)))) return 'export'
  if (request.some((piece) => ofAccounts.has(keyOf(piece)))) return 'tenant'
  if (request.some((piece) => writing.has(keyOf(piece))) && !request.some(({ sign }) => sign === 'meeting' || sign === 'sync')) return 'mail'
  return places.find(([, signs]) => request.some(({ sign }) => signs.has(sign)))?.[0] ?? 'elsewhere'
}
