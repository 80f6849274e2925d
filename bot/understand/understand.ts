// From words to intent. Pure: the same words and customers always give the same intent.
import type { Intent, Meant } from './intent.ts'
import { asksForHelp, readCommands, readSmallTalk, withoutFillers, type Reading } from './read.ts'
import { openResolver, type Candidate, type Likeness, type Resolution } from './resolve.ts'
import { toWords, type Word } from './words.ts'

const ranks: readonly Likeness[] = ['exact', 'short', 'beginning', 'word', 'typo', 'inside']
const rankOf = (resolution: Resolution): number => (resolution.kind === 'none' ? ranks.length : ranks.indexOf(resolution.likeness))

/** What was typed as the customer's name, for repeating it to the person who typed it. */
function typedIn(readings: readonly (readonly Word[])[]): string {
  const text = (readings.at(-1) ?? []).map(({ raw }) => raw).join(' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function meantBy(reading: Reading, resolution: Resolution): Meant {
  if (resolution.kind === 'found') return { kind: 'found', customer: resolution.customer }
  if (resolution.kind === 'choose') return { kind: 'choose', choices: resolution.choices }
  const typed = typedIn(reading.rest)
  return typed === '' ? { kind: 'missing' } : { kind: 'none', typed }
}

function intentOf(reading: Reading, resolution: Resolution): Intent {
  if (reading.kind === 'hint') return { kind: 'unknown', customer: resolution.kind === 'found' ? resolution.customer : null }
  const customer = meantBy(reading, resolution)
  return reading.kind === 'lastEmail' ? { kind: 'lastEmail', side: reading.side, customer } : { kind: 'mfa', customer }
}

/**
 * Intents for which nobody needs a role: help and greetings. Null for everything else.
 * @param plain a question as `toPlain` gives it
 */
export function understandSmallTalk(plain: string): Intent | null {
  const words = toWords(plain)
  const kind = readSmallTalk(words)
  if (kind !== null) return { kind }
  return readCommands(words).length === 0 && asksForHelp(words) ? { kind: 'help' } : null
}

/**
 * @param plain a question as `toPlain` gives it
 * @param customers those that the asking person may see. No other can be resolved, offered or told apart from one that does
 *   not exist
 */
export function understand(plain: string, customers: readonly Candidate[]): Intent {
  const smallTalk = understandSmallTalk(plain)
  if (smallTalk !== null) return smallTalk
  const words = toWords(plain)
  const resolver = openResolver(customers)
  const whole = resolver.resolve(withoutFillers(words))
  const readings = readCommands(words).map((reading) => ({ reading, resolution: resolver.resolve(reading.rest) }))
  // A customer may be called like a command ("MFA Ltd"), so every reading is tried and the one whose customer is recognised
  // best is taken; the first command word decides between equals.
  const [best] = readings.toSorted((a, b) => rankOf(a.resolution) - rankOf(b.resolution))
  const bare: Intent = { kind: 'unknown', customer: whole.kind === 'found' ? whole.customer : null }
  if (best === undefined) return bare
  const nameAlone = whole.kind === 'found' && whole.likeness === 'exact' && rankOf(best.resolution) > 0
  return nameAlone ? bare : intentOf(best.reading, best.resolution)
}
