// One class of error and one table: what each code means to programs (status), to sync (retry) and to people (sentence).

/** `retry`: later = the same request may succeed by itself; person = somebody has to do something first; never = our or their bug. */
interface Meaning {
  readonly status: number
  readonly retry: 'later' | 'person' | 'never'
  readonly sentence: string
  /** Said instead to somebody who waits for the answer: sync tries again by itself, what a person asked for does not. */
  readonly asked?: string
}

const meanings = {
  // the caller
  unauthenticated: { status: 401, retry: 'person', sentence: 'Your sign-in is missing or has expired. Open Outpost again in Teams.' },
  noRole: { status: 403, retry: 'person', sentence: 'You have no role in Outpost. Ask an administrator to assign you the role Admin, Member or Viewer to the Outpost app in Entra admin center → Enterprise applications → Users and groups.' },
  rolesUnknown: { status: 503, retry: 'later', sentence: 'Outpost has not been able to read who may use it in the last 10 minutes, so it answers nobody in chat. An administrator sees the reason in Admin → Integrations.' },
  rolesNeverRead: { status: 503, retry: 'person', sentence: 'Outpost is not ready to answer in chat: it has not read yet who may use it. An administrator opens the Outpost tab and connects your own tenant under Admin → Integrations; a minute later I answer here.' },
  forbidden: { status: 403, retry: 'person', sentence: 'Your role in Outpost does not allow this. Ask an administrator.' },
  notFound: { status: 404, retry: 'never', sentence: 'There is nothing here, or nothing that you may see.' },
  methodNotAllowed: { status: 405, retry: 'never', sentence: 'This address does not take such a request. The header Allow names those that it takes.' },
  tooMany: { status: 429, retry: 'later', sentence: 'That was very much in a short time. Wait a moment, then try again.' },
  privateItem: { status: 403, retry: 'never', sentence: 'This is marked private or confidential, so Outpost does not open it.' },
  invalidInput: { status: 400, retry: 'person', sentence: 'Some of the input cannot be used. Correct the marked fields.' },
  conflict: { status: 409, retry: 'person', sentence: 'This is already there.' },
  outsidersRead: { status: 409, retry: 'person', sentence: 'Guests or people of another organisation read in this channel, and alerts name every customer. Choose a channel in which only your own people read, or make this one for a single customer.' },
  readersUnknown: { status: 409, retry: 'person', sentence: 'Outpost could not read who is a member of this team, and alerts name every customer. Check in Teams that no guest and nobody of another organisation reads here, then confirm.' },
  // the tenant's credentials
  secretInvalid: { status: 401, retry: 'person', sentence: 'The client secret is wrong. Enter the secret’s value (not its ID), as shown once when it was created in Entra admin center → App registrations → Certificates & secrets.' },
  secretExpired: { status: 401, retry: 'person', sentence: 'The client secret has expired. Create a new one in Entra admin center → App registrations → Certificates & secrets and enter its value.' },
  appUnknown: { status: 404, retry: 'person', sentence: 'This application is not known in this tenant. Check the application (client) ID and the tenant ID, and that an administrator of the tenant has consented to the app.' },
  tenantUnknown: { status: 404, retry: 'person', sentence: 'There is no tenant with this ID. Copy the tenant ID from Entra admin center → Overview; a subscription’s or a user’s ID does not work.' },
  appDisabled: { status: 403, retry: 'person', sentence: 'This application is disabled. Enable it in Entra admin center → Enterprise applications → your app → Properties → Enabled for users to sign in.' },
  graphDisabled: { status: 403, retry: 'person', sentence: 'Microsoft Graph is disabled or missing in this tenant. Its administrator enables it in Entra admin center → Enterprise applications → Microsoft applications → Microsoft Graph → Properties.' },
  policyBlocks: { status: 403, retry: 'person', sentence: 'A Conditional Access policy or a security default of this tenant blocks the application. Its administrator finds which one in Entra admin center → Sign-in logs → Service principal sign-ins, and leaves the application out of it.' },
  tenantBlocked: { status: 403, retry: 'person', sentence: 'Microsoft has blocked this tenant, for example because it was not used or a subscription has ended. Its administrator signs in to the Microsoft 365 admin center, which says why and what to do.' },
  signInRefused: { status: 403, retry: 'person', sentence: 'Microsoft refused the sign-in of the application.' },
  consentMissing: { status: 403, retry: 'person', sentence: 'Admin consent is missing. Grant it in Entra admin center → App registrations → API permissions.' },
  notGranted: { status: 403, retry: 'person', sentence: 'An optional permission is not granted.' },
  mailboxesMissing: { status: 400, retry: 'person', sentence: 'Enter at least one technician mailbox.' },
  mailboxUnknown: { status: 404, retry: 'person', sentence: 'There is no mailbox for this user: the address may be misspelt, have no Exchange Online licence, or live on-premises.' },
  mailboxFull: { status: 403, retry: 'person', sentence: 'This mailbox is full, and Microsoft does not list its changes before there is room in it again. Its owner deletes or archives mail, or an administrator raises its quota.', asked: 'This mailbox is full, and Microsoft opens nothing in it before there is room again. Its owner deletes or archives mail, or an administrator raises its quota.' },
  mailboxMoving: { status: 503, retry: 'later', sentence: 'This mailbox is being moved to another place and cannot be read meanwhile. Outpost goes on by itself when the move is over.', asked: 'This mailbox is being moved to another place and cannot be read meanwhile. Try again when the move is over.' },
  // Microsoft
  licenceMissing: { status: 403, retry: 'person', sentence: 'Microsoft answers this only with an Entra ID P1 or P2 licence, which this tenant does not seem to have.' },
  accessDenied: { status: 403, retry: 'person', sentence: 'Microsoft denied access. Check the app’s permissions and any access policy in Exchange that limits it to some mailboxes.' },
  refused: { status: 403, retry: 'later', sentence: 'Microsoft refused this for a reason that Outpost does not know.' },
  graphTokenRefused: { status: 503, retry: 'later', sentence: 'Microsoft refused Outpost’s access token. Outpost asks for a new one and tries again.', asked: 'Microsoft refused Outpost’s access token, and a new one as well. Try again in a few minutes.' },
  gone: { status: 404, retry: 'never', sentence: 'It is no longer there in Microsoft 365: it was moved or deleted.' },
  objectGone: { status: 404, retry: 'later', sentence: 'Microsoft does not find what Outpost reads here. Outpost asks again by itself.', asked: 'Microsoft does not find what Outpost asked for. Try again later.' },
  filterRefused: { status: 503, retry: 'never', sentence: 'Microsoft does not list this folder by time. Please report it with the time; the log says what it was.' },
  bookmarkLost: { status: 503, retry: 'later', sentence: 'Microsoft no longer knows where Outpost stopped reading; Outpost reads this part again from the start.', asked: 'Microsoft no longer knows what Outpost asked for. Try again.' },
  throttled: { status: 503, retry: 'later', sentence: 'Microsoft asks Outpost to slow down. Outpost waits and tries again by itself.', asked: 'Microsoft asks Outpost to slow down. Try again in a minute.' },
  serviceUnavailable: { status: 503, retry: 'later', sentence: 'Microsoft 365 does not answer properly at the moment. Outpost tries again by itself.', asked: 'Microsoft 365 does not answer properly at the moment. Try again in a few minutes.' },
  listDoubted: { status: 503, retry: 'later', sentence: 'Microsoft’s list came back empty or much shorter than before. Outpost keeps what it had until a second reading, ten minutes later, agrees.' },
  listEndless: { status: 503, retry: 'later', sentence: 'Microsoft’s list did not come to an end, so Outpost stopped reading it. It begins again by itself in ten minutes.', asked: 'Microsoft’s answer did not come to an end, so Outpost stopped reading it. Try again later.' },
  partlyRead: { status: 503, retry: 'later', sentence: 'Some of it could not be read; everything else was.' },
  graphUnexpected: { status: 503, retry: 'never', sentence: 'Microsoft answered something that Outpost does not understand. Please report it with the time; the log says what it was.' },
  // ourselves
  clockWrong: { status: 503, retry: 'later', sentence: 'The clock of the machine that runs Outpost is wrong. Let it set its time by itself (NTP); Outpost then goes on by itself.', asked: 'The clock of the machine that runs Outpost is wrong. Let it set its time by itself (NTP), then try again.' },
  databaseUnavailable: { status: 503, retry: 'later', sentence: 'Outpost cannot reach its database. Nothing is lost; it continues as soon as the database answers.', asked: 'Outpost cannot reach its database. Nothing is lost. Try again in a minute.' },
  databaseClosed: { status: 503, retry: 'later', sentence: 'Outpost’s database takes no writes: its disk is full, or it is read-only. What was acknowledged is kept. Whoever runs it makes room or makes it writable again; Outpost then goes on by itself.', asked: 'Outpost’s database takes no writes at the moment: its disk is full, or it is read-only. Nothing was changed. Tell whoever runs Outpost, and try again when it is mended.' },
  masterKeyMissing: { status: 503, retry: 'person', sentence: 'The client secrets of the connected tenants lie under another master key than the one that this copy of Outpost has. Start it with that key as OUTPOST_MASTER_KEY, or as OUTPOST_MASTER_KEY_OLD beside a newer one.' },
  databaseNewer: { status: 503, retry: 'person', sentence: 'This database was written by a newer release of Outpost. Start that release, or restore a backup that this one wrote.' },
  databaseUnmigrated: { status: 503, retry: 'person', sentence: 'Outpost could not bring its database to the shape that it needs.' },
  leaseLost: { status: 503, retry: 'later', sentence: 'Another copy of Outpost has taken over this work.' },
  internal: { status: 500, retry: 'never', sentence: 'Something went wrong in Outpost. Please report it with the time; the log says what it was.' },
} as const satisfies Record<string, Meaning>

export type ErrorCode = keyof typeof meanings

export interface Problem {
  readonly field: string
  readonly message: string
}

/** Of a thing that two people have changed at once: what was asked for, and what it is by now. Never a secret. */
export interface States {
  readonly yours: Record<string, unknown>
  readonly now: Record<string, unknown>
}

/** Every error that Outpost raises on purpose. `message` is the sentence for people; the cause stays in the log. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** The sentence for somebody who waits for the answer. */
  readonly asked: string
  readonly retryAfterSeconds: number | undefined
  readonly problems: readonly Problem[] | undefined
  readonly states: States | undefined

  /**
   * @param code what happened
   * @param options sentence: replaces the table's sentence when it can say more (never with an address in it, except one
   *   that the asking person has just typed); asked: the same for somebody who waits for the answer; cause: the original error; retryAfterSeconds: what the other side asked for;
   *   states: of a conflict about one thing
   */
  constructor(
    code: ErrorCode,
    options: { sentence?: string; asked?: string; cause?: unknown; retryAfterSeconds?: number; problems?: readonly Problem[]; states?: States } = {},
  ) {
    const meaning: Meaning = meanings[code]
    super(options.sentence ?? meaning.sentence, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.asked = options.asked ?? options.sentence ?? meaning.asked ?? meaning.sentence
    this.retryAfterSeconds = options.retryAfterSeconds
    this.problems = options.problems
    this.states = options.states
  }

  get status(): number {
    return meanings[this.code].status
  }

  get retry(): Meaning['retry'] {
    return meanings[this.code].retry
  }
}

// What the MongoDB driver throws when the server is away, by name: this file knows no package.
const databaseAway = /^Mongo(Network|ServerSelection|Pool|NotConnected|Topology|ServerClosed|OperationTimeout)/
/** Codes of the server (MongoDB's error_codes.yml): no disk space; not allowed to write; not, or no longer, the primary. */
const closedCodes = [14031, 13, 10107, 13435, 13436, 11602, 189]
/** It ends, it was too slow, or it asks for patience: the driver does not count these as away. 16500: Azure Cosmos DB. */
const busyCodes = [91, 11600, 50, 262, 16500]

function databaseCode(error: Error): 'databaseUnavailable' | 'databaseClosed' | null {
  if (!error.name.startsWith('Mongo')) return null
  const { code } = error as { code?: unknown }
  if (closedCodes.includes(code as number)) return 'databaseClosed'
  return databaseAway.test(error.name) || busyCodes.includes(code as number) ? 'databaseUnavailable' : null
}

/** Anything thrown, as an AppError: itself, what is the matter with the database, or `internal`, with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError((error instanceof Error ? databaseCode(error) : null) ?? 'internal', { cause: error })
}
