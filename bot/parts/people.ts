// People of a mail or a meeting, and what it is called.
import { asWritten } from '../../api/asWritten.ts'
import type { Party, Sender } from '../../api/people/model.ts'
import { harmless } from './card.ts'

export const partyText = ({ name, address }: Pick<Party, 'name' | 'address'>): string => (name === null ? asWritten(address) : `${name} <${asWritten(address)}>`)

export function senderText(from: Sender): string {
  if (from === null) return 'unknown sender'
  return from.side === 'outside' ? `somebody at ${asWritten(from.domain)}` : partyText(from)
}

export const subjectText = ({ subject }: { subject: string | null }): string => (subject === null || harmless(subject) === '' ? '(no subject)' : subject)
