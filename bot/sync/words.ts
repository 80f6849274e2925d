// Questions about how fresh everything is.
import type { Reading } from '../understand/intent.ts'
import { everybody, list, namesNobody } from '../understand/lexicon.ts'
import type { Word } from '../understand/words.ts'

const sync = list('sync synchronisation synchronization syncing synced')
const aboutSync = list('status state health working running ok okay up date everything fresh freshness data')

export function syncAt(words: readonly Word[], at: number): Reading[] {
  if (!sync.has(words[at]?.key ?? '')) return []
  const rest = words.toSpliced(at, 1)
  return [{ form: { kind: 'syncStatus' }, rest: [], alone: rest.every(({ key }) => aboutSync.has(key) || everybody.has(key)) || namesNobody(rest, aboutSync) }]
}
