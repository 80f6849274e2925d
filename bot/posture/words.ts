// Questions about protection, licences and sync.
import type { Form } from './intent.ts'
import { everybody, keysOf, list, namesAll, namesNobody, withoutFillers } from './lexicon.ts'
import type { Reading } from './read.ts'
import type { Word } from './words.ts'

const factors = list('mfa 2fa multifactor twofactor')
const aboutMfa = list(
  'auth authentication status posture coverage state report check registration registered capability capable readiness numbers details overview protection',
)
const lacking = list('no without lack lacks lacking missing not hasnt havent doesnt dont isnt arent never')
const betweenNoAndMfa = list('have has had got set up registered for using use capable of yet any enabled an a been')
const anybody = list('everyone everybody anyone anybody')
const people = list('account accounts user users people person anyone anybody everyone member members staff admin admins those still')
const administrators = list('admins administrators')
const administrator = list('admin administrator')
const rights = list('rights roles role accounts account users access privileges permissions')
const beforeAdmins = list('global privileged high impact eligible')
const aboutAdmins = new Set([...rights, ...list('list eligible global privileged')])
const licence = list('licence licences license licenses licensing seats sku skus')
const aboutLicences = list('free unused used assigned bought available spare left many much overview report usage count state seats number licence licences license licenses subscription')
const posture = list('posture security')
const aboutPosture = list('posture security overview report state summary')
const sync = list('sync synchronisation synchronization syncing synced')
const aboutSync = list('status state health working running ok okay up date everything fresh freshness data')

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

/** "admins at Contoso", "who is admin at Contoso", "who has admin rights", "privileged accounts". Never "admin" alone: it is a name. */
export function adminsAt(words: readonly Word[], at: number): Reading[] {
  const [key = '', next = ''] = [words[at]?.key, words[at + 1]?.key]
  const asked = keysOf(words.slice(Math.max(0, at - 4), at))
  const who = asked.includes('who') || asked.includes('whos')
  const known = administrators.has(key) || (administrator.has(key) && (rights.has(next) || who)) || (key === 'privileged' && rights.has(next))
  if (!known) return []
  let [from, to] = [at, at + 1]
  while (from > 0 && beforeAdmins.has(words[from - 1]?.key ?? '')) from -= 1
  while (aboutAdmins.has(words[to]?.key ?? '')) to += 1
  return [{ form: { kind: 'admins' }, rest: withoutFillers(words.toSpliced(from, to - from), list('whos list')) }]
}

export function licencesAt(words: readonly Word[], at: number): Reading[] {
  if (!licence.has(words[at]?.key ?? '')) return []
  return [{ form: { kind: 'licences' }, rest: withoutFillers(words.toSpliced(at, 1), aboutLicences) }]
}

export function postureAt(words: readonly Word[], at: number): Reading[] {
  if (!posture.has(words[at]?.key ?? '') || factors.has(words[at - 1]?.key ?? '') || words[at - 1]?.key === 'factor') return []
  let to = at + 1
  while (aboutPosture.has(words[to]?.key ?? '')) to += 1
  const rest = words.toSpliced(at, to - at)
  return [{ form: { kind: 'posture' }, rest: withoutFillers(rest, everybody), alone: namesNobody(rest, everybody) }]
}

export function syncAt(words: readonly Word[], at: number): Reading[] {
  if (!sync.has(words[at]?.key ?? '')) return []
  const rest = words.toSpliced(at, 1)
  const form: Form = { kind: 'syncStatus' }
  return [{ form, rest: [], alone: rest.every(({ key }) => aboutSync.has(key) || everybody.has(key)) || namesNobody(rest, aboutSync) }]
}
