// Reminds every administrator, personally, that a tenant's client secret is about to expire: once a person, tenant and threshold.
import type { InstallationDoc, Installations } from '../../api/channels/rows.ts'
import { id, type Log } from '../../api/log.ts'
import type { Outbound } from '../adapter/port.ts'
import type { Links } from '../parts/links.ts'
import { postOnce } from './post.ts'
import { cardIdOf, type CardKey, type Cards, type ReminderKey } from './rows.ts'
import { secretExpiryCard } from './secretExpiryCard.ts'

/** A connected tenant, as far as this needs it. */
export interface ExpiringTenant {
  readonly _id: string
  readonly name: string
  /** Null or missing: nobody knows. */
  readonly secretExpiresAt?: Date | null
}

export interface ReminderStore {
  readonly tenants: { all(): Promise<readonly ExpiringTenant[]> }
  readonly cards: Cards
  readonly installations: Pick<Installations, 'personal' | 'markDead'>
}

export interface ReminderPorts {
  readonly store: ReminderStore
  readonly outbound: Pick<Outbound, 'post'>
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
  /** Whether this person is an administrator of Outpost now. False as well when that cannot be told at the moment. */
  readonly isAdmin: (tenantId: string, userId: string) => Promise<boolean>
}

const dayMs = 86_400_000
/** Days before, the nearest first. */
const thresholds = [1, 7, 14, 30]

interface Due {
  readonly tenant: ExpiringTenant
  readonly expiresAt: Date
  readonly daysLeft: number
  readonly check: ReminderKey
}

/** Only the nearest threshold that is reached: who connects a tenant a week before it ends is not told of 30 days. */
function dueOf(tenant: ExpiringTenant, now: Date): Due[] {
  const expiresAt = tenant.secretExpiresAt ?? null
  if (expiresAt === null) return []
  const daysLeft = Math.ceil((expiresAt.getTime() - now.getTime()) / dayMs)
  const threshold = thresholds.find((days) => daysLeft <= days)
  return threshold === undefined ? [] : [{ tenant, expiresAt, daysLeft, check: `secretExpiry|${expiresAt.toISOString().slice(0, 10)}|${threshold}` }]
}

/** One pass over all tenants and administrators. Several copies of the process may do this at once. */
export async function runReminders(ports: ReminderPorts): Promise<void> {
  const { store, now } = ports
  const due = (await store.tenants.all()).flatMap((tenant) => dueOf(tenant, now()))
  if (due.length === 0) return
  for (const person of await store.installations.personal()) await remind(ports, person, due)
}

async function remind(ports: ReminderPorts, person: InstallationDoc & { userId: string }, due: readonly Due[]): Promise<void> {
  const { store, log, now } = ports
  const cards = new Map((await store.cards.ofTarget(person._id)).map((card) => [card._id, card]))
  const open = due.filter(({ tenant, check }) => {
    const card = cards.get(cardIdOf({ targetId: person._id, customerId: tenant._id, check }))
    return card === undefined || card.state === 'sending' || (card.state === 'refused' && card.notBefore <= now())
  })
  if (open.length === 0 || !(await ports.isAdmin(person.tenantId, person.userId))) return
  for (const { tenant, expiresAt, daysLeft, check } of open) {
    const key: CardKey = { targetId: person._id, customerId: tenant._id, check }
    const known = cards.get(cardIdOf(key))
    const subject = { tenantId: id(tenant._id) }
    if (known?.state === 'sending') {
      if (await store.cards.expire(known._id)) log.warn('reminder.unknown', { ...subject, reason: id('interrupted') })
      continue
    }
    const card = secretExpiryCard({ tenantName: tenant.name, expiresAt, daysLeft }, ports)
    const step = await postOnce(ports, { key, known, place: person, card, contentHash: check, told: null, event: 'reminder', subject })
    if (typeof step === 'object') {
      await store.installations.markDead(person._id, now())
      log.warn('reminder.chat.dead', {})
      return
    }
  }
}
