// What the streams of a listed mailbox have in common: one unit a mailbox, and what each has read goes with its mailbox.
import type { Change } from '../changes/model.ts'
import { Changes } from '../changes/rows.ts'
import type { Database, Described } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import type { Touched } from '../people/touched.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import type { UnitDoc } from '../sync/units.ts'
import { mailboxOf, MailboxUnits, type MailboxUnit } from './rows.ts'

export type MailboxRound = Round<MailboxUnit>

/** What the rows of a mailbox answer. */
export interface MailboxRows extends Belongings {
  /** Mailboxes of which there are rows, by the object ids of their users. */
  mailboxIds(tenantId: string): Promise<string[]>
  /** @returns whose rows they were */
  removeOfMailbox(tenantId: string, mailboxId: string): Promise<Touched>
  /** The same of a portion, and how many there were; none: nothing is left. */
  removePortionOfMailbox(tenantId: string, mailboxId: string): Promise<{ found: number; touched: Touched }>
}

export interface MailboxStreamOptions extends Pick<Stream, 'name' | 'words' | 'needs' | 'order'> {
  readonly rows: Described<MailboxRows>
  /** What open tabs are told of when its rows change. */
  readonly kind: Extract<Change['kind'], 'messages' | 'meetings'>
  /** Removes what else is kept of a unit. */
  readonly forgetUnit?: (db: Database, unitId: string) => Promise<void>
  /** @param forget removes what the unit has read, of a user whom it reads no more */
  read(round: MailboxRound, forget: () => Promise<void>): Promise<number>
}

export function mailboxStream(options: MailboxStreamOptions): Stream {
  const { name, words, needs, order, rows, kind } = options
  /** Mailboxes of which there are rows, and that no unit reads. */
  async function strays(db: Database, tenantId: string): Promise<string[]> {
    const present = await db(rows).mailboxIds(tenantId)
    // Asked afterwards: whose rows were there, a unit knew the mailbox before them.
    const listed = new Set((await db(MailboxUnits).ofTenant(tenantId)).map(({ facts }) => facts?.userId))
    return present.filter((id) => !listed.has(id))
  }
  async function forget({ db, unit, now }: MailboxRound): Promise<void> {
    const userId = unit.facts?.userId
    if (userId !== undefined && !(await db(MailboxUnits).isReadByOthers(unit, userId))) {
      await db(Changes).addTouched(now(), kind, await db(rows).removeOfMailbox(unit.tenantId, userId))
    }
    await options.forgetUnit?.(db, unit._id)
  }
  return {
    name, words, needs, order,
    of: 'msp',
    split: ({ mailboxes }) => mailboxes.map((mailbox) => ({ name: mailbox, own: { mailbox, facts: null } })),
    optional: [],
    rows: [rows],
    filtered: true,
    aloneIn: mailboxOf,
    logged: (unit) => ({ mailbox: factsOf(unit)?.userId ?? '-' }),
    read: (round) => options.read(round as MailboxRound, () => forget(round as MailboxRound)),
    ...(options.forgetUnit === undefined ? {} : { forgetUnit: options.forgetUnit }),
    hasStrays: async (db, tenantId) => (await strays(db, tenantId)).length > 0,
    async removeStrays(db, tenantId, now) {
      for (const mailboxId of await strays(db, tenantId)) {
        const { found, touched } = await db(rows).removePortionOfMailbox(tenantId, mailboxId)
        await db(Changes).addTouched(now, kind, touched)
        if (found > 0) return found
      }
      return 0
    },
  }
}

const factsOf = (unit: UnitDoc) => (unit as MailboxUnit).facts
