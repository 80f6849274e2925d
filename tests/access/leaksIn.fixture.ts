// Looks through an answer for what the person who got it may not see.
import { normal } from '../house/truth.fixture.ts'
import type { MaySee, Person } from './maySee.fixture.ts'

interface Answer {
  readonly text: string
  readonly may: MaySee
  readonly as: Person
  /** Whether it is a message or a meeting that was opened. */
  readonly isOpening: boolean
  /** What the person wrote: that it is said back tells them nothing. */
  readonly said: string
}

const address = /[\w.+'’-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const words = /[\w-]{8,}/g
/** Addresses that stand in words of the product itself. */
const examples = /@(example|yourcompany)\./

/** @returns what is told too much */
export function leaksIn({ text, may, as, isOpening, said }: Answer): string[] {
  const { listed, opened } = may.of[as]
  const allowed = isOpening ? opened : listed
  const plain = text.replaceAll(/\\[nrt"]|\\u[0-9a-f]{4}/gi, ' ')
  let spoken: string | null = null
  const isSaid = (word: string) => (spoken ??= decoded(said).toLowerCase()).includes(word.toLowerCase())
  const wrong = new Set<string>()
  for (const [word] of plain.matchAll(words)) {
    if (may.kept.has(word)) wrong.add(`${word} is for nobody`)
    if (may.telling.has(word) && !allowed.has(word) && !isSaid(word)) wrong.add(word)
  }
  for (const [found] of plain.matchAll(address)) {
    const one = normal(found)
    if (one !== null && !allowed.has(one) && !examples.test(one) && !isSaid(found)) wrong.add(one)
  }
  // Names of archived customers are several words.
  for (const { name, archivedAt } of may.customers) if (archivedAt !== null && !allowed.has(name) && !isOpening && plain.includes(name) && !isSaid(name)) wrong.add(name)
  return [...wrong]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
