// Questions about how fresh everything is.
import type { Reading } from '../understand/intent.ts'
import { textOf, type Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'

export const syncSpellings: Spellings = {
  sync: 'sync resync syncs synced syncing synchronisation synchronization synchronised synchronized refresh refreshed freshness up_to_date',
  data: 'data',
  age: 'old fresh stale updated current recent outdated',
  state: 'status state health working running',
}
export const syncHeads = ['sync', 'data']

const aboutData = /\bage\b.*\bdata\b|\bdata\b.*\b(?:age|recent)\b/
const waits = /\b(?:at|by|for|from|of|to|with)$/

export function readSync(pieces: readonly Piece[]): Reading | null {
  const text = textOf(pieces)
  return /\bsync\b/.test(text) || aboutData.test(text) ? { form: { kind: 'syncStatus' }, rest: pieces, alone: !waits.test(text) } : null
}
