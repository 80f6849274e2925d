// Asks which of several people of one name was meant. Only ever for a private chat: it names people in mail.
import { asWritten } from '../../api/asWritten.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton } from '../parts/buttons.ts'
import { ask, textBlock, title, toCard, verbatim } from '../parts/card.ts'
import { partyText } from '../parts/people.ts'
import type { Person } from '../understand/people.ts'

/** A card has room for six buttons, and help is one of them. */
const mostPeople = 5

export interface WhichPersonFacts {
  readonly people: readonly Person[]
  /** Makes the full question out of one of them. */
  readonly question: (person: Person) => string
}

export function whichPersonCard({ people, question }: WhichPersonFacts): Card {
  const shown = people.slice(0, mostPeople)
  return toCard({
    summary: 'Which of them?',
    body: [
      title('Which of them?'),
      ...shown.map((person) => verbatim(partyText(person), { size: 'Small' })),
      ...(people.length > shown.length ? [textBlock('There are more. Write the address instead of the name.', { size: 'Small' })] : []),
    ],
    actions: [...shown.map((person) => ask(asWritten(person.address), question(person))), helpButton],
  })
}
