// Licences in words, and who holds what.
import { asWritten } from '../../api/asWritten.ts'
import type { LicenceRow, Licences } from '../../api/licences/model.ts'

type Holder = Licences['accounts'][number]

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

/** Accounts whose name, address or licences hold every word of `search`. */
export function holdersFound(accounts: readonly Holder[], search: string): Holder[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return accounts.filter((account) => {
    const text = [account.displayName, asWritten(account.userPrincipalName), ...account.licences].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
