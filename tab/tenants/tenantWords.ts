// How a tenant is doing, in words.
import { asWritten } from '../../api/asWritten.ts'
import type { Disconnection, Tenant } from '../../api/connections/model.ts'
import type { StreamStatus } from '../../api/sync/model.ts'
import { dateLocale } from '../parts/time.ts'

export const statusWords: Record<Tenant['status'], string> = {
  connected: 'Connected',
  authenticationError: 'Sign-in to this tenant fails',
  permissionError: 'A permission is missing',
  configurationError: 'Something in the setup has to be put right',
  outpostError: 'Outpost itself has a problem',
  serviceError: 'Microsoft 365 answers with errors',
  throttled: 'Slowed down by Microsoft 365',
  stale: 'Stale: not read for too long',
  waiting: 'Waiting for the first sync',
}

/** To somebody who has a form of a tenant open that was disconnected. */
export const goneWords = (name: string): string =>
  `Somebody else has disconnected ${name} meanwhile, so nothing can be saved here. To read it again, close this form and connect it anew with “Connect a tenant”.`

/** A stream's name, for mail and calendar with its mailbox. */
export const streamName = (stream: StreamStatus): string => (stream.mailbox === null ? stream.words.title : `${stream.words.title} of ${asWritten(stream.mailbox)}`)

/** All running streams as one progress: how far, and how many are still running; null when none runs. */
export function progressOf(streams: readonly StreamStatus[]): { share: number | null; words: string } | null {
  const running = streams.filter((stream) => stream.running)
  if (running.length === 0) return null
  const known = running.flatMap(({ progress }) => (progress === null ? [] : [progress]))
  const done = known.reduce((sum, progress) => sum + progress.done, 0)
  const of = known.reduce((sum, progress) => sum + progress.of, 0)
  const left = `${running.length} of ${streams.length} streams are being read`
  return of === 0 ? { share: null, words: left } : { share: done / of, words: `${left}, ${done} of ${of} steps done` }
}

/** How many streams of a tenant are as they should be. */
export function upToDateWords(streams: readonly StreamStatus[]): string {
  const lacking = streams.filter(({ notGranted }) => notGranted !== undefined).length
  const current = streams.filter(({ lastError, lastSuccessAt, notGranted }) => lastError === null && lastSuccessAt !== null && notGranted === undefined).length
  return `${current} of ${streams.length} streams up to date${lacking === 0 ? '' : `, ${lacking} optional ${lacking === 1 ? 'one' : 'ones'} not granted`}.`
}

/** What failed at the last try, each message once with the newest time and the streams that it stopped. */
export function failuresOf(streams: readonly StreamStatus[]): { message: string; at: string; streams: string }[] {
  const groups = new Map<string, { at: string; names: string[] }>()
  for (const stream of streams) {
    if (stream.lastError === null) continue
    const { message, at } = stream.lastError
    const group = groups.get(message) ?? { at, names: [] }
    groups.set(message, { at: at > group.at ? at : group.at, names: [...group.names, streamName(stream)] })
  }
  return [...groups].map(([message, { at, names }]) => {
    const rest = names.length - 3
    return { message, at, streams: rest > 1 ? `${names.slice(0, 3).join(', ')} and ${rest} more` : names.join(', ') }
  })
}

const DAY = 86_400_000
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

/** What to know of a client secret's end: `soon` from 30 days before it, `urgent` from 7 days before it. */
export function secretWords(expiresAt: string | null, now: number, locale: string, zone?: string): { level: 'good' | 'soon' | 'urgent' | 'unknown'; words: string } {
  if (expiresAt === null) return { level: 'unknown', words: 'When the client secret expires is unknown. Enter the date when you next update the credentials, to be reminded.' }
  const left = Date.parse(expiresAt) - now
  const date = new Intl.DateTimeFormat(dateLocale(locale), { day: 'numeric', month: 'long', year: 'numeric', ...(zone === undefined ? {} : { timeZone: zone }) }).format(new Date(expiresAt))
  if (left <= 0) return { level: 'urgent', words: `The client secret expired on ${date}. Replace it: until then nothing is read.` }
  if (left < DAY) return { level: 'urgent', words: `The client secret expires in less than a day, on ${date}. Replace it now.` }
  const count = Math.floor(left / DAY)
  if (count <= 7) return { level: 'urgent', words: `The client secret expires in ${days(count)}, on ${date}. Replace it now.` }
  if (count <= 30) return { level: 'soon', words: `The client secret expires in ${days(count)}, on ${date}. Replace it before then.` }
  return { level: 'good', words: `The client secret is valid until ${date}.` }
}

/** "Contoso was disconnected. Deleted: 120 messages, 1 meeting and 42 accounts." */
export function disconnectedWords(name: string, { deleted }: Disconnection): string {
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`
  return `${name} was disconnected. Being deleted: ${count(deleted.messages, 'message')}, ${count(deleted.meetings, 'meeting')} and ${count(deleted.accounts, 'account')}.`
}

/** The streams of the tenant itself, and those of each of its mailboxes; a mailbox that was not read yet has none. */
export function streamsBy({ mailboxes, streams }: Pick<Tenant, 'mailboxes' | 'streams'>): { own: StreamStatus[]; mailboxes: { mailbox: string; mail: StreamStatus | null; calendar: StreamStatus | null }[] } {
  const of = (mailbox: string, name: StreamStatus['stream']) => streams.find((stream) => stream.mailbox === mailbox && stream.stream === name) ?? null
  return {
    own: streams.filter((stream) => stream.mailbox === null),
    mailboxes: mailboxes.map((mailbox) => ({ mailbox, mail: of(mailbox, 'mail'), calendar: of(mailbox, 'calendar') })),
  }
}
