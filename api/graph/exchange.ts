// How Exchange serves an app: what every request for a mailbox says, and how many at once.

/** Ids that stay when something is moved. Graph: "Get immutable identifiers for Outlook resources". */
export const immutable = 'IdType="ImmutableId"'

/**
 * Requests in a batch that concern one mailbox. Exchange serves an app four at once, those of a batch included ("Throttling
 * limits", Outlook): two are left to the calendar and to a person who opens something.
 */
export const mailboxBatch = 2
