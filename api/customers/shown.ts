// What of a customer's mail and meetings is still to be seen: what it no longer matches is being removed, which can take a while.
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import { Customers, type CustomerDoc } from './rows.ts'

/** Only what touches one of these is to be seen; of an archived one nothing is. */
export const shownDomains = ({ archivedAt, domains }: Pick<CustomerDoc, 'archivedAt' | 'domains'>): readonly string[] => (archivedAt === null ? domains : [])

/** @param row of mail or meetings. @throws AppError `notFound` */
export async function requireShown(db: Database, row: { readonly customerId: string; readonly domains: readonly string[] }): Promise<void> {
  const customer = await db(Customers).get(row.customerId)
  if (customer === null || !shownDomains(customer).some((domain) => row.domains.includes(domain))) throw new AppError('notFound')
}
