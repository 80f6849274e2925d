// Which domains a customer may have. Every problem of a list at once, in words.
import sharedMailDomains from 'email-providers'
import { parse } from 'tldts'
import { asWritten } from '../asWritten.ts'
import type { Database } from '../database/collection.ts'
import { AppError, type Problem } from '../errors.ts'
import { normalDomain, withParents } from '../people/address.ts'
import { Tenants } from '../tenants/rows.ts'
import { visible } from '../visible.ts'
import { Customers } from './rows.ts'

const shared = new Set([...sharedMailDomains, 'onmicrosoft.com'])

/**
 * Domains in normal form, without doubles.
 * @param customerId the customer that they are for; null for a new one
 * @throws AppError `invalidInput` with one problem a refused domain
 */
export async function checkedDomains(db: Database, domains: readonly string[], customerId: string | null): Promise<string[]> {
  const [customers, own] = await Promise.all([db(Customers).holdersOfDomains(domains.flatMap((domain) => normalDomain(domain) ?? [])), db(Tenants).own()])
  const taken = new Map(customers.filter(({ _id }) => _id !== customerId).flatMap((one) => one.domains.map((domain) => [domain, one.name] as const)))
  const ownDomains = own.flatMap((tenant) => tenant.verifiedDomains)
  const problems: Problem[] = []
  const accepted = new Set<string>()
  for (const given of domains) {
    const reason = refusal(given)
    if (reason === null) accepted.add(normalDomain(given)!)
    else problems.push({ field: 'domains', message: reason })
  }
  if (problems.length > 0) {
    throw new AppError('invalidInput', { problems, sentence: problems.map(({ message }) => message).join(' ') })
  }
  return [...accepted].sort()

  function refusal(given: string): string | null {
    const domain = normalDomain(given)
    if (domain === null) return `“${visible(given)}” is not a domain. Enter it like contoso.com, without @ or https://.`
    const shown = asWritten(domain)
    if (shared.has(domain)) return `${shown} is a mail service that anybody can use: it would match strangers’ mail. Enter only domains that the customer owns.`
    const known = parse(domain, { allowPrivateDomains: true })
    if (known.domain === null) return `${shown} is a public suffix under which anybody can register: enter the customer’s own domain below it.`
    const clash = ownDomains.find((one) => withParents(one).includes(domain) || withParents(domain).includes(one))
    if (clash !== undefined) return `${shown} belongs to your own tenant (${asWritten(clash)}), so every mail of yours would match.`
    const holder = taken.get(domain)
    return holder === undefined ? null : `${shown} already belongs to ${holder}.`
  }
}
