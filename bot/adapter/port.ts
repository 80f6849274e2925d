// The bot's side of the seam: what comes in from Teams and what goes out, in our own words. No type of botbuilder passes here,
// so that its successor is one folder's work.

/** The person who wrote, proven by the connector's signature. */
export interface Person {
  /** Object id in Microsoft Entra. */
  readonly aadObjectId: string
  readonly tenantId: string
  /** The id under which Teams knows this person to this bot; addresses a private chat. */
  readonly mri: string
  readonly name: string
}

export interface Conversation {
  readonly scope: 'personal' | 'channel' | 'groupChat'
  /** Of a channel: the thread that the activity stands in, `<channel>;messageid=<root>`. */
  readonly conversationId: string
  readonly rootMessageId?: string
  readonly teamId?: string
  readonly channelId?: string
  /** As Teams calls them; it tells them with some activities only. */
  readonly teamName?: string
  readonly channelName?: string
  /** Apps are added to a private or shared channel by itself, and its readers are not those of the team. */
  readonly apart?: true
  readonly tenantId: string
  readonly serviceUrl: string
}

interface Inbound {
  readonly id: string
  readonly place: Conversation
}

export interface Question extends Inbound {
  readonly kind: 'message'
  readonly user: Person
  /** As typed, with mentions as Teams writes them: `<at>Outpost</at> mfa Contoso`. Empty when there is none. */
  readonly text: string
  /** The spans of `text` that mention this bot. */
  readonly ownMentions: readonly string[]
  /** BCP 47, and IANA; null when the client does not tell. */
  readonly locale: string | null
  readonly timezone: string | null
}

export interface Installed extends Inbound {
  readonly kind: 'installed'
  /** Object id of the person who did it; null when Teams does not say. */
  readonly userId: string | null
  /** True for `add`; false for `add-upgrade`, which tells of a new version of what is installed already. */
  readonly fresh: boolean
}

export interface Removed extends Inbound {
  readonly kind: 'removed'
}

/** Something became of a team or of a channel in it. */
export interface TeamNews extends Inbound {
  readonly kind: 'team'
  /** renamed: or brought back. members: somebody came or went. ended: archived or deleted, the whole team or one channel. */
  readonly news: 'renamed' | 'members' | 'teamEnded' | 'channelEnded'
}

/** Anything else that Teams tells of. It proves that the conversation is alive, and nothing more. */
export interface Other extends Inbound {
  readonly kind: 'other'
}

export type Turn = Question | Installed | Removed | TeamNews | Other

/** An Adaptive Card with what Teams shows of it in a toast. */
export interface Card {
  readonly content: Readonly<Record<string, unknown>>
  readonly summary: string
}

/** A card, or a sentence that is shown exactly as it is (no markdown). */
export type Said = Card | string

/** Names an activity that was sent, so that it can be replaced later. */
export interface ActivityRef {
  readonly serviceUrl: string
  readonly conversationId: string
  readonly activityId: string
}

export type Posted = Pick<ActivityRef, 'conversationId' | 'activityId'>

/** Where a new post goes: a channel starts a new thread, a chat just gets the next message. */
export type Addressee = Pick<Conversation, 'scope' | 'conversationId' | 'channelId' | 'tenantId' | 'serviceUrl'>

/** One of those who read in a conversation: of our organisation, or a guest, or of another one; null when Teams does not tell. */
export type Membership = 'own' | 'outsider' | null

/** All methods throw DeliveryError, and none of them repeats a request by itself. */
export interface Outbound {
  post(place: Addressee, said: Said): Promise<Posted>
  update(ref: ActivityRef, card: Card): Promise<void>
  /** Writes into the thread of a card. */
  replyTo(thread: Pick<ActivityRef, 'serviceUrl' | 'conversationId'>, said: Said): Promise<Posted>
  /** Who reads in a team or channel; never their names. Reads all pages, but no more than 20,000 people. */
  membersOf(conversation: Pick<Conversation, 'serviceUrl' | 'conversationId' | 'tenantId'>): Promise<Membership[]>
  /** The name of a team, and of its standard channels by id. The General channel has no name, and the id of its team. */
  namesIn(team: { readonly serviceUrl: string; readonly teamId: string }): Promise<{ team: string | null; channels: ReadonlyMap<string, string | null> }>
  /** Opens, or finds, the private chat with a person and writes there. */
  writePrivately(person: Pick<Person, 'mri' | 'tenantId'>, serviceUrl: string, said: Said): Promise<Posted>
}

/** What a turn may say into the conversation that it came from. Throws DeliveryError. */
export interface Reply {
  say(said: Said): Promise<void>
  typing(): Promise<void>
}

/**
 * What is known of a send that did not succeed.
 * - refused: Teams answered no (4xx), so nothing was shown
 * - unreached: the request never left, for want of a connection or of a token
 * - unknown: it left and no answer says what became of it (time-out, lost connection, 5xx)
 */
export type Outcome = 'refused' | 'unreached' | 'unknown'

/** A send or an update that failed. Carries no text of the other side: it may contain names. */
export class DeliveryError extends Error {
  readonly outcome: Outcome
  readonly statusCode: number | undefined
  /** The connector's own word for the reason, if it is a plain word. */
  readonly code: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(outcome: Outcome, more: { statusCode?: number; code?: string; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(`delivery ${outcome}`, { cause: more.cause })
    this.name = 'DeliveryError'
    this.outcome = outcome
    this.statusCode = more.statusCode
    this.code = more.code
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}
