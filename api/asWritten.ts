// Domains beyond ASCII travel as punycode (RFC 3492), which nobody reads. Pure.
import punycode from 'punycode/punycode.js'
import { isVisible } from './visible.ts'

/** Letters, digits and signs of their own: nothing that could pass for a dot, a slash or the end of an address. */
const label = /^[\p{L}\p{M}\p{N}\p{So}\p{Join_C}\ufe0f-]+$/u

function decoded(domain: string): string {
  try {
    const text = punycode.toUnicode(domain)
    const honest = text === text.normalize('NFKC').toLowerCase() && isVisible(text) && text.split('.').every((one) => label.test(one))
    return honest && punycode.toASCII(text) === domain ? text : domain
  } catch {
    return domain
  }
}

/**
 * A domain or an address as people write it, with the raw form beside it where that is another one: a letter of another script can look
 * like a Latin one. "müller.example (xn--mller-kva.example)".
 */
export function asWritten(address: string): string {
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  // Written with letters of its own already: some of them look like Latin ones.
  if (/[^\0-\x7f]/.test(domain)) return `${address} (${address.slice(0, at)}${punycode.toASCII(domain.toLowerCase())})`
  if (!/(^|\.)xn--/i.test(domain)) return address
  const text = decoded(domain.toLowerCase())
  return text === domain ? address : `${address.slice(0, at)}${text} (${address})`
}
