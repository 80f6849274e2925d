// What is kept of a person's last question: which customer and what kind of question. Never its words.
import type { Form } from './intent.ts'

export interface Talk {
  /** Null when no question named one. */
  readonly customerId: string | null
  /** A kind of question, with its direction: `emails.in`, `mfa`. */
  readonly topic: string
}

export function topicOf(form: Form): string {
  return 'side' in form ? `${form.kind}.${form.side}` : form.kind
}

/** The question of a topic, without times and words; null for what is no topic. */
export function formOf(topic: string): Form | null {
  const [kind = '', side = ''] = topic.split('.')
  const way = side === 'in' || side === 'out' ? side : 'any'
  switch (kind) {
    case 'lastEmail':
      return { kind, side: way }
    case 'emails':
      return { kind, side: way, words: [], range: null }
    case 'whoEmailed':
      return { kind, side: way === 'in' ? 'in' : 'out' }
    case 'meetings':
      return { kind, range: null }
    case 'nextMeeting':
    case 'mfa':
    case 'noMfa':
    case 'admins':
    case 'licences':
    case 'posture':
      return { kind }
    default:
      return null
  }
}
