// Questions about who holds roles.
import type { Reading } from '../understand/intent.ts'
import { textOf, type Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'

export const roleSpellings: Spellings = {
  admins: 'admins administrators',
  admin: 'admin administrator administer administers administrate',
  rights: 'rights access privileges permissions',
  roles: 'roles role',
  privileged: 'privileged eligible global high_impact',
}
export const roleHeads = ['admins', 'admin', 'privileged', 'rights', 'roles']

/** "admins at Contoso", "who is admin at Contoso", "who has admin rights", "privileged accounts". Never "admin" alone: it is a name. */
const asked = [
  /\badmins\b/, /\broles\b/, /\badmin (?:rights|accounts|list|report|overview)\b/, /\bwho\b.*\b(?:admin|rights)\b/, /\b(?:is|are)\b.*\ban? (?:\w+ )?admin\b/, /\blist of admin\b/,
  /\bprivileged (?:\w+ )?(?:rights|accounts|admin)\b/, /\b(?:have|has|hold|holds|holding|with) (?:\w+ )?rights\b/,
]

export function readRoles(pieces: readonly Piece[]): Reading | null {
  const text = textOf(pieces)
  return asked.some((pattern) => pattern.test(text)) ? { form: { kind: 'admins' }, rest: pieces, alone: false } : null
}
