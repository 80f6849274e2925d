// The last question of a person, for the next one that leaves something out. Only in a private chat.
import type { Log } from '../../api/log.ts'
import type { Person } from '../adapter/port.ts'
import type { Grammar } from '../understand/grammar.ts'
import type { Ask } from '../understand/intent.ts'
import { talkOf, type Talk } from '../understand/talk.ts'

type Who = Pick<Person, 'tenantId' | 'aadObjectId'>

/** Where it is kept; shared by all copies of the process, forgotten after ten minutes. */
export interface TalkStore {
  last(tenantId: string, userId: string, now: Date): Promise<Talk | null>
  /** @param customerId null keeps the one that is known */
  remember(tenantId: string, userId: string, talk: Talk, now: Date): Promise<void>
}

export interface TalkPorts {
  readonly store: TalkStore
  readonly grammar: Grammar
  readonly log: Log
  readonly now: () => Date
}

export interface Talks {
  /** Null where nothing is known. Without it a question is answered as if it were the first: it must never cost an answer. */
  last(who: Who): Promise<Talk | null>
  /** Keeps what was asked, also where it was asked back which customer is meant. */
  remember(who: Who, ask: Ask): Promise<void>
}

export function openTalks({ store, grammar, log, now }: TalkPorts): Talks {
  return {
    async last({ tenantId, aadObjectId }) {
      try {
        return await store.last(tenantId, aadObjectId, now())
      } catch (error) {
        log.error('bot.talk.failed', error)
        return null
      }
    },
    async remember({ tenantId, aadObjectId }, ask) {
      const talk = talkOf(grammar, ask)
      if (talk === null) return
      try {
        await store.remember(tenantId, aadObjectId, talk, now())
      } catch (error) {
        log.error('bot.talk.failed', error)
      }
    },
  }
}
