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

const longestAddress = 1_000
/** What nobody sees: zero-width characters, marks of direction, soft hyphens, control characters. */
const invisible = /[\p{Cf}\p{Cc}]/gu
/** Quotes, brackets and separators that programs put around an address; double quotes can be a part of it. */
const before = /^[\s<>‹›«»＜＞()[\]'`´‘’‚‛“”„‟;,]+/u
const behind = /[\s<>‹›«»＜＞()[\]'`´‘’‚‛“”„‟";,.]+$/u
const comment = /\s*\([^()@]*\)\s*$/
const mailScheme = /^(?:mailto|smtp|sip):/i
const quotedLocal = /^"(?:[^"\\]|\\.)*"@/
/** Addresses of X.500, X.400 and of Exchange's own directory: an @ in them means nothing. */
const otherKind = /^(?:\/|(?:x500|x400|ex):)/i

/**
 * "Kim Kettle <kim@contoso.com>": what stands in the last brackets, closed or not. Without a pattern: a stranger writes this text, and
 * one that tries every place of every @ would take a second for a single address.
 */
function inLastBrackets(text: string): string {
  const open = Math.max(...['<', '‹', '＜'].map((bracket) => text.lastIndexOf(bracket)))
  const [inside = '', ...behindIt] = text.slice(open + 1).split(/[>›＞]/u)
  return open >= 0 && inside.includes('@') && behindIt.every((rest) => rest.trim() === '') ? inside : text
}

function undecorated(text: string): string {
  let at = text.replace(invisible, '').replaceAll('＠', '@')
  for (let last = ''; last !== at; ) {
    last = at
    at = inLastBrackets(at).replace(comment, '').replace(before, '').replace(behind, '')
    if (at.startsWith('"') && !quotedLocal.test(at)) at = at.slice(1)
    if (mailScheme.test(at)) at = linked(at.replace(mailScheme, ''))
  }
  return at
}

/** The address in a link (RFC 6068), which can be encoded and carry more behind a question mark. */
function linked(text: string): string {
  const [address = ''] = text.split('?')
  try {
    return decodeURIComponent(address).replace(invisible, '')
  } catch {
    return address
  }
}

/** What Exchange packs into an address of another system ("IMCEA encapsulation", MS-OXCMAIL): kim+40contoso+2Ecom. */
function unpacked(address: string): string {
  const [, packed] = /^imceasmtp-([^@]+)@[^@]+$/i.exec(address) ?? []
  return packed === undefined ? address : packed.replace(/\+([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))).replace(invisible, '')
}

/**
 * An address as it is compared and stored: without what programs put around it, lower case, its domain in normal form. The one
 * place that says what an address is, whoever wrote it: Exchange, a directory, a person.
 * @param value anything that an answer holds in the place of an address
 * @returns null for what is none: a name, an X.500 name, no text
 */
export function normalAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > longestAddress) return null
  const address = unpacked(undecorated(value))
  if (otherKind.test(address)) return null
  const domain = domainOf(address)
  if (domain === null) return null
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase()
  if (/[<>]/.test(local)) return null
  return `${/^"[\p{L}\p{N}._+-]+"$/u.test(local) ? local.slice(1, -1) : local}@${domain}`
}

/** A domain and its parents, the longest first: eu.contoso.com, contoso.com. The top level alone is left out. */
export function withParents(domain: string): string[] {
  const parts = domain.split('.')
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join('.'))
}
