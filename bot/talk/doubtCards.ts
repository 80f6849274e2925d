// What is said of words that were not understood: nothing is answered otherwise than asked without saying so.
import type { Card, Said } from '../adapter/port.ts'
import { helpButton } from '../parts/buttons.ts'
import { ask, escaped, harmless, textBlock, title, toCard } from '../parts/card.ts'
import type { Doubt } from '../understand/intent.ts'

const mostWays = 5
const mostListed = 5

function words(doubt: Doubt): readonly [title: string, text: string] {
  if (doubt.kind === 'several') return ['One question at a time', 'That is more than one question. Press what you want to know first.']
  const typed = `“${doubt.typed}”`
  switch (doubt.kind) {
    case 'exclusion':
      return ['I cannot leave anything out', `So I have not answered: ${typed} asks me to. Without it I can.`]
    case 'person':
      return [`I know no ${typed} there`, 'Nobody is called so in the mail that you may see. Write the address, or ask without the name.']
    case 'words':
      return [`I did not understand ${typed}`, 'So I have not answered, it may change what you ask. Without it I can.']
  }
}

export interface DoubtFacts {
  readonly doubt: Doubt
  /** Questions that can be asked instead. */
  readonly ways: readonly string[]
}

/** Asks back instead of an answer to something else. */
export function doubtCard({ doubt, ways }: DoubtFacts): Card {
  const [head, text] = words(doubt)
  return toCard({ summary: head, body: [title(escaped(head)), textBlock(escaped(text))], actions: [...ways.slice(0, mostWays).map((way) => ask(`${way.charAt(0).toUpperCase()}${way.slice(1)}`, way)), helpButton] })
}

/** The answer, and under its title which words it does not regard. @param unused as they were typed */
export function withUnused(said: Said, unused: readonly string[]): Said {
  if (unused.length === 0) return said
  const note = `I did not use ${unused.slice(0, mostListed).map((one) => `“${one}”`).join(', ')} of your question.`
  if (typeof said === 'string') return `${said} ${harmless(note)}`
  const [head, ...body] = said.content.body as readonly object[]
  return { ...said, content: { ...said.content, body: [head, textBlock(escaped(note), { size: 'Small', spacing: 'Small' }), ...body] } }
}
