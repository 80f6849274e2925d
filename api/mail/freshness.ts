// How old the mail that is shown can be.
import type { Asking } from '../context.ts'
import { MailboxUnits } from '../mailboxes/rows.ts'
import { freshnessOf } from '../sync/freshness.ts'
import type { Freshness } from '../sync/model.ts'
import { Tenants } from '../tenants/rows.ts'
import { mail } from './stream.ts'

/** Units of the MSP's own tenants, from which all mail comes. */
export async function mailUnits({ db }: Pick<Asking, 'db'>) {
  const own = await db(Tenants).own()
  return db(MailboxUnits).ofStream(own.map(({ _id }) => _id), mail.name)
}

export const mailFreshness = async (on: Pick<Asking, 'db'>): Promise<Freshness> => freshnessOf(mail, await mailUnits(on))
