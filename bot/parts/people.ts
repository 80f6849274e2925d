// People of a mail or a meeting, and what it is called.
import type { Party, Sender } from '../../api/people/model.ts'
import { harmless } from './card.ts'

export const partyText = ({ name, address }: Party): string => (name === null ? address : `${name} <${address}>`)

export function senderText(from: Sender): string {
  if (from === null) return 'unknown sender'
  return from.side === 'outside' ? `somebody at ${from.domain}` : partyText(from)
}

export const subjectText = ({ subject }: { subject: string | null }): string => (subject === null || harmless(subject) === '' ? '(no subject)' : subject)
