// People as a message or a meeting names them, for who opens it.
import type { Recipient } from '@microsoft/microsoft-graph-types'
import { textIn } from '../graph/said.ts'

interface Person {
  readonly name: string | null
  readonly address: string
}

/** Names and addresses as they were written, null and nonsense left out. */
export function addressesIn(recipients: unknown): Person[] {
  return (Array.isArray(recipients) ? (recipients as unknown[]) : []).flatMap((recipient) => personIn(recipient) ?? [])
}

export function personIn(recipient: unknown): Person | null {
  const { name, address } = ((recipient as Recipient | null | undefined)?.emailAddress ?? {}) as { name?: unknown; address?: unknown }
  if (typeof name !== 'string' && typeof address !== 'string') return null
  return { name: textIn(name), address: textIn(address) ?? '' }
}
