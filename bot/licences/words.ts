// Questions about licences.
import type { Reading } from '../understand/intent.ts'
import type { Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'

export const licenceSpellings: Spellings = {
  licence: 'licence licences license licenses licensing seat seats sku skus subscription subscriptions',
  free: 'free unused used assigned bought available spare left expiring usage count',
}
export const licenceHeads = ['licence']

export function readLicences(pieces: readonly Piece[]): Reading | null {
  return pieces.some(({ sign }) => sign === 'licence') ? { form: { kind: 'licences' }, rest: pieces, alone: false } : null
}
