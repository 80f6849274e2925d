import { plainText } from '../parts/plainText.ts'

/** A subject as it is shown. One of nothing but blanks and characters without a shape would leave a row without a name. */
export function subjectWords(subject: string | null | undefined): string {
  const visible = (subject ?? '').replaceAll(/[\p{C}\p{Z}\u2800\u3164]/gu, '')
  return visible === '' ? 'No subject' : plainText(subject!)
}

/** A meeting's subject. Outlook writes "Canceled: " before that of one called off, which is said beside it already. */
export const meetingSubjectWords = (subject: string | null, cancelled: boolean): string =>
  subjectWords(cancelled ? subject?.replace(/^\s*cancell?ed:/i, '').trimStart() : subject)
