// The last question of a person, for the next one that leaves something out. Only in a private chat.
import type { Log } from '../../api/log.ts'
import type { Person } from '../adapter/port.ts'
import type { Ask } from '../understand/intent.ts'
import { formOf, topicOf, type Talk } from '../understand/talk.ts'

type Who = Pick<Person, 'tenantId' | 'aadObjectId'>

/** Where it is kept; shared by all copies of the process, forgotten after ten minutes. */
export interface TalkStore {
  last(tenantId: string, userId: string, now: Date): Promise<Talk | null>
  /** @param customerId null keeps the one that is known */
  remember(tenantId: string, userId: string, talk: Talk, now: Date): Promise<void>
}

/** Without it a question is answered as if it were the first: it must never cost an answer. */
export async function lastTalk(store: TalkStore, log: Log, { tenantId, aadObjectId }: Who, now: Date): Promise<Talk | null> {
  try {
    return await store.last(tenantId, aadObjectId, now)
  } catch (error) {
    log.error('bot.talk.failed', error)
    return null
  }
}

/** Keeps what was asked, when it was about a customer or about all. */
export async function rememberTalk(store: TalkStore, log: Log, { tenantId, aadObjectId }: Who, ask: Ask, now: Date): Promise<void> {
  const topic = topicOf(ask)
  if (formOf(topic) === null || (ask.customer.kind !== 'found' && ask.customer.kind !== 'all')) return
  const customerId = ask.customer.kind === 'found' ? ask.customer.customer.id : null
  try {
    await store.remember(tenantId, aadObjectId, { customerId, topic }, now)
  } catch (error) {
    log.error('bot.talk.failed', error)
  }
}
