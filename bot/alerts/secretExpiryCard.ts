// Reminds administrators that a tenant's client secret is about to expire. Personal only; never the secret, never its id.
import type { Card } from '../adapter/port.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, type CardContext } from '../parts/card.ts'

export interface SecretExpiryFacts {
  readonly tenantName: string
  readonly expiresAt: Date
  /** Days until then, one that has begun counted whole: 1 on the last day, none or less when it is over. */
  readonly daysLeft: number
}

/** The date in each reader's own zone; Teams fills it in. It accepts no fractions of seconds. */
const localDate = (time: Date): string => `{{DATE(${time.toISOString().slice(0, 19)}Z, COMPACT)}}`

function when(daysLeft: number): string {
  if (daysLeft <= 0) return 'has expired'
  return daysLeft === 1 ? 'expires within a day' : `expires in ${String(daysLeft)} days`
}

export function secretExpiryCard({ tenantName, expiresAt, daysLeft }: SecretExpiryFacts, { links }: Pick<CardContext, 'links'>): Card {
  const over = daysLeft <= 0
  return toCard({
    summary: `The client secret of ${tenantName} ${when(daysLeft)}`,
    body: [
      title(`The client secret of ${escaped(tenantName)} ${when(daysLeft)}`),
      textBlock(`${over ? 'It expired on' : 'It expires on'} ${localDate(expiresAt)}. ${over ? 'Nothing has been read from this tenant since' : 'After that nothing is read from this tenant'}, and what Outpost shows of it grows old.`),
      textBlock('Create a new one in Entra admin center → App registrations → Certificates & secrets, and enter its value in Outpost under Admin. It is tested before it replaces the old one.'),
      aside('You get this as an administrator, 30, 14, 7 and 1 days before.'),
    ],
    actions: [open('Open in Outpost', links.toTab({ view: 'admin' })), ask('Sync status', 'sync status')],
  })
}
