import type { Problem } from '../client/requestFailed.ts'

/** For Fluent's `Field`: marks it with everything that was refused in it. `mailboxes.2` belongs to the field `mailboxes`. */
export function problemAt(field: string, problems: readonly Problem[] = []) {
  const messages = problems.filter((one) => one.field.split('.')[0] === field).map((one) => one.message)
  return messages.length === 0 ? {} : { validationState: 'error' as const, validationMessage: messages.join(' ') }
}
