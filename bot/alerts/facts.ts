// What a card in a channel shows of a customer's result, and what of it is news.
import { createHash } from 'node:crypto'
import type { ChannelDoc } from '../../api/channels/rows.ts'
import { id } from '../../api/log.ts'
import type { ResultDoc } from '../../api/posture/resultRows.ts'
import type { AlertFacts } from './alertCard.ts'
import type { News, Told } from './rows.ts'

export interface AlertCustomer {
  readonly name: string
  readonly archived: boolean
}

/** Whether a channel is told of a customer: of the one that it is for, or of all where only our own team reads. */
export function isTold({ role, outsiders }: Pick<ChannelDoc, 'role' | 'outsiders'>, customerId: string): boolean {
  if (role === null) return false
  return role.kind === 'customer' ? role.customerId === customerId : outsiders !== 'some'
}

export function factsOf(channel: ChannelDoc, result: ResultDoc & Told, customer: AlertCustomer): AlertFacts {
  const state = !isTold(channel, result.customerId) ? 'withdrawn' : customer.archived ? 'archived' : result.state
  return { ...result, state, customerName: customer.name }
}

export const hashOf = ({ state, failing, of, unknown, customerName }: AlertFacts): string =>
  createHash('sha256').update(JSON.stringify(state === 'withdrawn' ? [state] : [state, failing, of, unknown, customerName])).digest('hex').slice(0, 32)

/** For the log. */
export const subjectOf = ({ customerId, check }: Pick<ResultDoc, 'customerId' | 'check'>) => ({ customerId: id(customerId), check: id(check) })

/** What people know when they have seen a card. A card that shows less than before leaves what they were told before. */
export const toldBy = ({ state, failing }: AlertFacts, before: Told | null): Told | null =>
  state === 'open' || state === 'resolved' ? { state, failing } : before

/**
 * What an edited card would hide, because it stands where it was posted and nobody is notified: that a finding is open again, or
 * that more accounts fail than people were told. Anything better, and an archived customer, is an edit and no more.
 */
export function newsIn({ state, failing }: AlertFacts, before: Told | null): News | null {
  if (state !== 'open' || before === null) return null
  if (before.state === 'resolved') return 'again'
  return failing > before.failing ? 'worse' : null
}
