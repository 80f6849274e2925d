// Customers of whom nothing has been read, and how many of them are said at once. Pure, and apart from the schemas, which stay out of
// the browser.
import type { SecurityRow } from './model.ts'

/** Whether nothing is known of a customer: nothing has been counted, and no finding is open from before. */
export const isUnread = ({ mfa, openFindings }: Pick<SecurityRow, 'mfa' | 'openFindings'>): boolean => mfa === null && (openFindings ?? 0) === 0

/** Customers with the same reason together, in the order in which they come. */
export function byReason(rows: readonly { name: string; reason: string }[]): { reason: string; names: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const { name, reason } of rows) groups.set(reason, [...(groups.get(reason) ?? []), name])
  return [...groups].map(([reason, names]) => ({ reason, names }))
}

/** As many names as are read without counting. */
const mostNames = 5

/** "Contoso, Fabrikam and 3 more". */
export function namesInShort(names: readonly string[]): string {
  const more = names.length - mostNames
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
}
