// How a tenant is doing, in words.
import type { StreamStatus } from '../../api/model/stream.ts'
import type { Tenant } from '../../api/model/tenant.ts'
import { streamWords } from './freshnessWords.ts'

export const statusWords: Record<Tenant['status'], string> = {
  connected: 'Connected',
  authenticationError: 'Sign-in to this tenant fails',
  permissionError: 'A permission is missing',
  serviceError: 'Microsoft 365 answers with errors',
  throttled: 'Slowed down by Microsoft 365',
  waiting: 'Waiting for the first sync',
}

/** A stream's name, for mail with its mailbox. */
export const streamName = ({ stream, mailbox }: StreamStatus): string => (mailbox === null ? streamWords(stream) : `${streamWords(stream)} of ${mailbox}`)

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
