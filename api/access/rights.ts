// Who may do and see what, in one place. A role gives rights; what of mail and meetings a person may see follows from taking part in it.
import { AppError } from '../errors.ts'
import type { Actor, Role } from './model.ts'

const everybody: readonly Role[] = ['admin', 'member', 'viewer']

const rights = {
  see: everybody,
  sync: ['admin', 'member'],
  manageCustomers: ['admin'],
  manageTenants: ['admin'],
  manageChannels: ['admin'],
  readAudit: ['admin'],
  /** All matched mail and meetings; without it those in which one takes part. */
  seeAllMail: ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Right = keyof typeof rights

const holders = (right: Right): readonly Role[] => rights[right]

export const may = ({ role }: Pick<Actor, 'role'>, right: Right): boolean => holders(right).includes(role)

/** The roles that have a right, for the description of the API. */
export const rolesWith = (right: Right): readonly Role[] => holders(right)

/** @throws AppError `forbidden` */
export function requireRight(actor: Actor, right: Right): void {
  if (!may(actor, right)) throw new AppError('forbidden')
}

/** Which copies somebody may see: `all`, or those whose audience holds one of these keys. */
export type Audience = 'all' | readonly string[]

/**
 * Who sees which mail: administrators all matched mail; members and viewers mail in which an address of their own takes part, and
 * what lies in their own mailbox (a group or a blind copy brought it there).
 */
export const audienceOf = (actor: Actor): Audience => (may(actor, 'seeAllMail') ? 'all' : [...actor.addresses, actor.userId])

/** The same for a question to the database. */
export const seenBy = (audience: Audience): { audience?: { $in: string[] } } => (audience === 'all' ? {} : { audience: { $in: [...audience] } })

/** Who may know the blind copies of a mail: administrators, and the person in whose mailbox the copy lies that names them. */
export const mayKnowBcc = (actor: Actor, copy: { readonly mailboxId: string }): boolean => may(actor, 'seeAllMail') || actor.userId === copy.mailboxId

/** Of a change that names nobody those hear who may look at what changed. The feed does not compile with a kind that is missing here. */
const rightToHear = {
  messages: 'seeAllMail', meetings: 'seeAllMail', posture: 'see', licences: 'see', customers: 'see', tenants: 'manageTenants', channels: 'manageChannels',
} as const satisfies Record<string, Right>

type Kind = keyof typeof rightToHear

/** What tells of a change, as far as it decides who hears of it. */
export interface Heard {
  readonly kind: Kind
  /** Keys of those who may see what changed, as `audienceOf` gives them, hashed; null: whoever has the right to hear of its kind. */
  readonly audience: readonly string[] | null
}

/**
 * Who hears of a change: of mail and meetings whoever may see them, else the change itself would tell that a customer got some.
 * @param hash of the keys in changes
 */
export function hearingOf(actor: Actor, hash: (key: string) => string): (change: Heard) => boolean {
  const audience = audienceOf(actor)
  if (audience === 'all') return () => true
  const mine = new Set(audience.map(hash))
  // A list, because a copy of a later release may tell of a kind that is not known here.
  const kinds = (Object.keys(rightToHear) as Kind[]).filter((kind) => may(actor, rightToHear[kind]))
  return (change) => (change.audience === null ? kinds.includes(change.kind) : change.audience.some((key) => mine.has(key)))
}
