// Whether a message is marked private, and what is kept of one that is. What Graph leaves out is not "not private".
import type { Message } from '@microsoft/microsoft-graph-types'
import type { Mark } from '../mailboxes/mark.ts'

// Graph's message has no sensitivity; Exchange keeps it as PidTagSensitivity [MS-OXCMSG 2.2.1.14]: 1 personal, 2 private,
// 3 company confidential. The internet header of that name is missing in Sent Items, so the property itself is asked for.
// A message to which nobody gave a sensitivity may have no such property, and a delta can leave extended properties out. To tell the
// one from the other PidTagMessageClass is asked for with it, which every message has ("Get singleValueLegacyExtendedProperty").
const sensitivity = 'integer 0x36'
const messageClass = 'string 0x1a'

/** What to add to a request for messages, so that `markOf` can tell. */
export const withMark = "$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x36' or id eq 'String 0x001A')"

/** Graph writes `String 0x1A` for `String 0x001A`. */
const plainId = (id: unknown): string => (typeof id === 'string' ? id.toLowerCase().replace(/0x0+/, '0x') : '')

/** How the sender marked a message that was asked for with `withMark`. */
export function markOf(message: Message): Mark {
  const properties = Array.isArray(message.singleValueExtendedProperties) ? message.singleValueExtendedProperties : []
  const valueOf = (wanted: string) => properties.find((property) => plainId((property as { id?: unknown } | null)?.id) === wanted)?.value
  const value = valueOf(sensitivity)
  if (value !== undefined && value !== null) return value === '0' || value === '1' ? 'open' : 'private'
  return valueOf(messageClass) === undefined ? 'unknown' : 'open'
}

/** What is kept of a private message beside its times. */
export const nothingButTimes = {
  private: true, direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, blindOthers: 0, hasAttachments: false,
}
