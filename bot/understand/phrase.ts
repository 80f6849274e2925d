// A question in words again, with another name for the customer: what a button asks.
import type { Form } from './intent.ts'

const way = { in: 'from', out: 'to', any: 'with' } as const

/** The grammar understands every one of them as the form that it came from. @param name nothing for all customers */
export function phrase(form: Form, name: string): string {
  const words = (...parts: (string | null | undefined)[]) => parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ')
  switch (form.kind) {
    case 'lastEmail':
      return words('last email', way[form.side], name)
    case 'emails':
      return words('emails', form.words.length === 0 ? null : `about ${form.words.join(' ')}`, way[form.side], name, form.range?.text)
    case 'whoEmailed':
      return form.side === 'in' ? words('who emailed last at', name) : words('who emailed', name, 'last')
    case 'nextMeeting':
      return words('next meeting with', name)
    case 'meetings':
      return words('meetings', name === '' ? null : `with ${name}`, form.range?.text)
    case 'mfa':
      return words('mfa', name)
    case 'noMfa':
      return words('who has no mfa at', name)
    case 'admins':
      return words('admins at', name)
    case 'licences':
      return words('licences', name)
    case 'posture':
      return words('posture', name === '' ? null : `of ${name}`)
    case 'syncStatus':
      return 'sync status'
  }
}
