// Removes the mail and meetings of a customer that is archived, and those of domains that it no longer has. A job, so it goes on behind the
// answer, in portions, and again after any end; nobody sees meanwhile what is to go (shown.ts).
import type { Database, Described } from '../database/collection.ts'
import type { CustomerBelongings } from '../database/readings.ts'
import type { Job } from '../sync/job.ts'
import { Units } from '../sync/units.ts'
import { Customers, type CustomerDoc } from './rows.ts'

/** @param filtered names of the streams that keep what the customer filter lets through */
export const purging = (belongings: readonly Described<CustomerBelongings>[], filtered: readonly string[]): Job => ({
  name: 'purging',
  about: 'purged',
  once: true,
  async run(db, customerId, { keepLease }) {
    for (;;) {
      const customer = await db(Customers).get(customerId)
      if (customer === null || (customer.archivedAt === null && customer.purging.length === 0)) return
      const found = await purgePortion(db, belongings, customer)
      if (found === 0) return db(Customers).purged(customer)
      // A domain that came back meanwhile, or a customer that was restored: what was read again may have gone with the rest.
      if (await db(Customers).readAnewUnless(customer)) await db(Units).wishStreams(filtered)
      await keepLease()
    }
  },
})

async function purgePortion(db: Database, belongings: readonly Described<CustomerBelongings>[], { _id, archivedAt, purging, domains }: CustomerDoc): Promise<number> {
  for (const one of belongings) {
    const found = await db(one).removeOfCustomer(_id, archivedAt === null ? { gone: purging, kept: domains } : null)
    if (found > 0) return found
  }
  return 0
}
