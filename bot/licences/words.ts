// Questions about licences.
import type { Reading } from '../understand/intent.ts'
import { list, withoutFillers } from '../understand/lexicon.ts'
import type { Word } from '../understand/words.ts'

const licence = list('licence licences license licenses licensing seats sku skus')
const aboutLicences = list('free unused used assigned bought available spare left many much overview report usage count state seats number licence licences license licenses subscription')

export function licencesAt(words: readonly Word[], at: number): Reading[] {
  if (!licence.has(words[at]?.key ?? '')) return []
  return [{ form: { kind: 'licences' }, rest: withoutFillers(words.toSpliced(at, 1), aboutLicences) }]
}
