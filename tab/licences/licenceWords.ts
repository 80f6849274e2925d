// Licences in words.
import type { HolderList, LicenceRow } from '../../api/licences/model.ts'

const seats = (count: number, more = '') => `${count} ${more}${count === 1 ? 'seat' : 'seats'}`

/** Everything to know of a licence's seats, what its state says first; "In order" when there is nothing. */
export function licenceWords({ state, free, warning, suspended }: Pick<LicenceRow, 'state' | 'free' | 'warning' | 'suspended'>): string {
  const facts = [
    { of: 'overused', holds: free < 0, words: `Overused: ${seats(-free, 'more ')} assigned than bought` },
    { of: 'suspended', holds: suspended > 0, words: `Suspended: ${seats(suspended)} cannot be used` },
    { of: 'warning', holds: warning > 0, words: `Warning: ${seats(warning)} ${warning === 1 ? 'runs' : 'run'} out unless renewed` },
  ].filter(({ holds }) => holds)
  const ordered = facts.toSorted((a, b) => Number(b.of === state) - Number(a.of === state))
  return ordered.length === 0 ? 'In order' : ordered.map(({ words }) => words).join(' · ')
}

/** How many accounts there are, and how many of them a search has found. */
export const holdersCounted = ({ found, of }: Pick<HolderList, 'found' | 'of'>): string =>
  found === of ? `${of} ${of === 1 ? 'account' : 'accounts'}` : `${found} of ${of} accounts`
