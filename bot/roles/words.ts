// Questions about who holds roles.
import type { Reading } from '../understand/intent.ts'
import { keysOf, list, withoutFillers } from '../understand/lexicon.ts'
import type { Word } from '../understand/words.ts'

const administrators = list('admins administrators')
const administrator = list('admin administrator')
const rights = list('rights roles role accounts account users access privileges permissions')
const beforeAdmins = list('global privileged high impact eligible')
const aboutAdmins = new Set([...rights, ...list('list eligible global privileged')])

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
