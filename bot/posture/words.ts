// Questions about MFA and about protection as a whole.
import type { Reading } from '../understand/intent.ts'
import { everybody, list, namesAll, namesNobody, withoutFillers } from '../understand/lexicon.ts'
import type { Word } from '../understand/words.ts'

const factors = list('mfa 2fa multifactor twofactor')
const aboutMfa = list(
  'auth authentication status posture coverage state report check registration registered capability capable readiness numbers details overview protection',
)
const lacking = list('no without lack lacks lacking missing not hasnt havent doesnt dont isnt arent never')
const betweenNoAndMfa = list('have has had got set up registered for using use capable of yet any enabled an a been')
const anybody = list('everyone everybody anyone anybody')
const people = list('account accounts user users people person anyone anybody everyone member members staff admin admins those still')
const posture = list('posture security')
const aboutPosture = list('posture security overview report state summary')

function factorAt(words: readonly Word[], at: number): number | null {
  const [key = '', next = ''] = [words[at]?.key, words[at + 1]?.key]
  if (['multi', 'two', '2'].includes(key) && next === 'factor') return at + 2
  return factors.has(key) ? at + 1 : null
}

const forAll = (rest: readonly Word[]): boolean => namesAll(rest) && namesNobody(rest, everybody)

function noMfa(words: readonly Word[], at: number, to: number): Reading[] {
  let from = at
  while (from > 0 && at - from < 4 && betweenNoAndMfa.has(words[from - 1]?.key ?? '')) from -= 1
  if (!lacking.has(words[from - 1]?.key ?? '')) return []
  const rest = words.toSpliced(from - 1, to - from + 1)
  return [{ form: { kind: 'noMfa' }, rest: withoutFillers(rest, people), alone: forAll(rest) }]
}

export function mfaAt(words: readonly Word[], at: number): Reading[] {
  const factor = factorAt(words, at)
  if (factor === null) return []
  let [from, to] = [at, factor]
  while (aboutMfa.has(words[to]?.key ?? '')) to += 1
  const without = noMfa(words, at, to)
  while (from > 0 && aboutMfa.has(words[from - 1]?.key ?? '')) from -= 1
  const rest = words.toSpliced(from, to - from)
  while (aboutMfa.has(rest.at(-1)?.key ?? '')) rest.pop()
  // What is said about MFA may as well begin or end a name.
  const whole: Reading = { form: { kind: 'mfa' }, rest: withoutFillers(words.toSpliced(at, factor - at)), surely: true }
  return [...without, { form: { kind: 'mfa' }, rest: withoutFillers(rest, anybody), alone: forAll(rest) }, ...(rest.length === words.length - (factor - at) ? [] : [whole])]
}

export function postureAt(words: readonly Word[], at: number): Reading[] {
  if (!posture.has(words[at]?.key ?? '') || factors.has(words[at - 1]?.key ?? '') || words[at - 1]?.key === 'factor') return []
  let to = at + 1
  while (aboutPosture.has(words[to]?.key ?? '')) to += 1
  const rest = words.toSpliced(at, to - at)
  return [{ form: { kind: 'posture' }, rest: withoutFillers(rest, everybody), alone: namesNobody(rest, everybody) }]
}

