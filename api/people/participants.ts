// Who takes part in a message or a meeting, and whose they are. Pure.
import { createHash } from 'node:crypto'
import type { Recipient } from '@microsoft/microsoft-graph-types'
import { domainOf, normalAddress, withParents } from './address.ts'
import type { Party, Sender } from './model.ts'

/** Which domains are whose. Keys in normal form. */
export interface DomainBook {
  /** domain → customer id */
  readonly customers: ReadonlyMap<string, string>
  readonly own: ReadonlySet<string>
  /** Changes with the contents: what was read with another version must be read again. */
  readonly version: string
}

/** To be raised when the filter judges otherwise than before: then what an older one dropped is read again. */
const rules = 2

/** @param customers living customers; @param own verified domains of the MSP's own tenants */
export function makeDomainBook(
  customers: readonly { _id: string; domains: readonly string[]; filterRevision: number }[],
  own: readonly string[],
): DomainBook {
  const pairs = customers.flatMap(({ _id, domains }) => domains.map((domain) => [domain, _id] as const))
  const ownDomains = [...new Set(own)].sort()
  const contents = [rules, customers.map(({ _id, domains, filterRevision }) => [_id, domains, filterRevision]).sort(), ownDomains]
  const version = createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 16)
  return { customers: new Map(pairs), own: new Set(ownDomains), version }
}

const domainIn = (address: string): string | null => {
  const normal = normalAddress(address)
  return normal === null ? null : domainOf(normal)
}

/** The customer at whose domain, or below it, an address lies. */
export function customerOf(address: string, book: DomainBook): { customerId: string; domain: string } | null {
  const domain = domainIn(address)
  if (domain === null) return null
  for (const candidate of withParents(domain)) {
    const customerId = book.customers.get(candidate)
    if (customerId !== undefined) return { customerId, domain: candidate }
  }
  return null
}

/** Whether an address lies at one of the MSP's own domains. */
export const isOwn = (address: string, book: DomainBook): boolean => {
  const domain = domainIn(address)
  return domain !== null && withParents(domain).some((candidate) => book.own.has(candidate))
}

/** Somebody with a usable address in normal form. */
export interface Addressed {
  readonly name: string | null
  readonly address: string
}

/** The recipients in an answer of Graph. Exchange has been seen to send null in their place, and null among them. */
export const recipientsIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Those of some recipients with a usable address. A display name that holds an @ is no name but somebody's address, so it is not kept. */
export function addressesOf(recipients: unknown): Addressed[] {
  return recipientsIn(recipients).flatMap((recipient) => {
    const { address: given, name: called } = ((recipient as Recipient | null)?.emailAddress ?? {}) as { address?: unknown; name?: unknown }
    const address = normalAddress(given)
    if (address === null) return []
    const name = typeof called === 'string' ? called.trim() : ''
    return [{ name: name === '' || name.includes('@') ? null : name.slice(0, 200), address }]
  })
}

/** Somebody at a customer or at the MSP; null for a stranger. */
export function partyOf({ name, address }: Addressed, book: DomainBook): Party | null {
  const side = customerOf(address, book) !== null ? 'customer' : isOwn(address, book) ? 'msp' : null
  return side === null ? null : { name, address, side }
}

/** Who sent or organises: a party, or of a stranger the domain; null when there is none. */
export function senderOf(one: Addressed | undefined, book: DomainBook): Sender {
  if (one === undefined) return null
  const domain = domainOf(one.address)
  return partyOf(one, book) ?? (domain === null ? null : { domain, side: 'outside' })
}

/** The customers that take part, with their domains that matched. */
export function touchedCustomers(everyone: readonly Addressed[], book: DomainBook): Map<string, string[]> {
  const touched = new Map<string, Set<string>>()
  for (const { address } of everyone) {
    const match = customerOf(address, book)
    if (match !== null) touched.set(match.customerId, (touched.get(match.customerId) ?? new Set()).add(match.domain))
  }
  return new Map([...touched].map(([customerId, domains]) => [customerId, [...domains].sort()]))
}

/** Who but administrators may see it: people of the MSP who take part, and the mailbox's own user. */
export function audienceKeys(everyone: readonly Addressed[], mailboxId: string, book: DomainBook): string[] {
  return [...new Set([...everyone.filter(({ address }) => isOwn(address, book)).map(({ address }) => address), mailboxId])]
}
