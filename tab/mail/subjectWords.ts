import { visible } from '../../api/visible.ts'

/** A subject as it is shown. One of nothing but blanks and characters without a shape would leave a row without a name. */
export function subjectWords(subject: string | null | undefined): string {
  const shown = visible(subject ?? '')
  return shown.replaceAll(/[\p{C}\p{Z}\u2800]/gu, '') === '' ? 'No subject' : shown
}
