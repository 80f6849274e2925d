// Email domains and addresses in one comparable form. Pure.
import { domainToASCII } from 'node:url'

const labels = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+$/

/**
 * A domain in ASCII form (RFC 5890), lower case, without a trailing dot: "Fabrikam-München.example." and its punycode are one.
 * @returns null for anything that is not a domain of at least two labels
 */
export function normalDomain(text: string): string | null {
  const trimmed = text.trim().replace(/\.$/, '')
  // domainToASCII parses a URL's host: what would end or decode a host is no domain
  if (trimmed === '' || /[\s/\\?#%:@[\]<>,;"']/.test(trimmed)) return null
  const ascii = domainToASCII(trimmed).toLowerCase()
  return ascii.length <= 253 && labels.test(ascii) && !/^[\d.]+$/.test(ascii) ? ascii : null
}

/**
 * The domain of an email address, by its last @. X.500 addresses, names without @ and malformed ones have none.
 * @returns the normal form, or null
 */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  return at <= 0 ? null : normalDomain(address.slice(at + 1))
}

/** An address as it is compared and stored: trimmed, lower case, its domain in normal form. */
export function normalAddress(address: string): string | null {
  const domain = domainOf(address.trim())
  return domain === null ? null : `${address.trim().slice(0, address.trim().lastIndexOf('@')).toLowerCase()}@${domain}`
}

/** A domain and its parents, the longest first: eu.contoso.com, contoso.com. The top level alone is left out. */
export function withParents(domain: string): string[] {
  const parts = domain.split('.')
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join('.'))
}
