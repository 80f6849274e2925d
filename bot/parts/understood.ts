// What was understood of a question, on each answer, and what was taken from the question before.
import { asWritten } from '../../api/asWritten.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, escaped, type Element } from './card.ts'

/** Whose mail it is, as a part of what was understood. */
export const personText = (side: 'in' | 'out' | 'any', address: string): string => `${side === 'any' ? 'with' : 'only'} ${asWritten(address)}`

/** @param name of the customer; null for an answer about all of them */
export function understood(name: string | null, parts: readonly string[], assumed: Assumed): Element {
  const subject = `${name ?? 'All customers'}${assumed === 'customer' ? ', from your last question' : ''}`
  return aside(escaped([subject, ...parts, ...(assumed === 'question' ? ['as in your last question'] : [])].join(' · ')))
}
