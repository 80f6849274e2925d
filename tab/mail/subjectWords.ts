import { plainText } from '../parts/plainText.ts'

/** A subject as it is shown. One of nothing but blanks and characters without a shape would leave a row without a name. */
export function subjectWords(subject: string | null | undefined): string {
  const visible = (subject ?? '').replaceAll(/[\p{C}\p{Z}\u2800\u3164]/gu, '')
  return visible === '' ? 'No subject' : plainText(subject!)
}
