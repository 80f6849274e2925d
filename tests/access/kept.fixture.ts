// What Outpost has stored, held against what it was made from.
import { expect } from 'vitest'
import { everyoneIn, normal, type TruthMeeting, type TruthMessage } from '../house/truth.fixture.ts'
import { docs, everythingStored, tenantNamed, truth, type Doc } from './planted.fixture.ts'

export const ids = ['_id', 'audience', 'customerId', 'domains', 'mailboxId', 'reading', 'tenantId']
export const messageIds = [...ids, 'folderId', 'mailKey', 'immutableId']
export const meetingIds = [...ids, 'eventId', 'meetingKey']
export const box = (mailboxId: unknown) => {
  const { users, mailboxes } = tenantNamed('Proseware')
  return mailboxes.find(({ upn }) => upn === users.find(({ id }) => id === mailboxId)!.userPrincipalName)!
}
/** Stored rows with what they were made from. */
export const messages = async (hidden: boolean): Promise<[Doc, TruthMessage][]> =>
  (await docs('messages', { private: hidden })).map((doc) => [doc, box(doc.mailboxId).messages.find(({ id }) => id === doc.immutableId)!])
export const meetings = async (hidden: boolean): Promise<[Doc, TruthMeeting][]> =>
  (await docs('meetings', { private: hidden })).map((doc) => [doc, box(doc.mailboxId).meetings.find(({ id }) => id === doc.eventId)!])
export const touches = (item: TruthMessage | TruthMeeting) => everyoneIn(item).some((address) => truth.sideOf(address) === 'customer')
export const every = () => tenantNamed('Proseware').mailboxes.flatMap((one) => [...one.messages, ...one.meetings])
export const known = (addresses: (string | null)[]) => addresses.filter((address) => truth.sideOf(address) !== null).map(normal)
export const addressesIn = (parties: unknown) => (parties as { address: string }[]).map(({ address }) => address)
/** As the page says it of a sender or an organiser. */
export const shown = (address: string | null) => {
  const [one, side] = [normal(address), truth.sideOf(address)]
  if (one === null) return null
  return side === null ? { domain: one.split('@')[1], side: 'outside' } : { address: one, side }
}
export const canariesOf = (items: (TruthMessage | TruthMeeting)[], kind = /./) =>
  items.flatMap(({ canaries }) => canaries).filter((canary) => kind.test(canary))
export const expectNone = async (canaries: string[], atLeast: number) => {
  const stored = await everythingStored()
  expect(canaries.length).toBeGreaterThan(atLeast)
  expect(canaries.filter((canary) => stored.includes(canary))).toEqual([])
  expect(stored).not.toContain('canary')
}
