import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { LockClosedRegular } from '@fluentui/react-icons'
import type { MeetingRow as Row } from '../../api/calendar/model.ts'
import { useRowStyles } from '../parts/rowStyles.ts'
import { useSession } from '../parts/session.ts'
import { isNow, timeWords } from './agenda.ts'
import { meetingPeople, meetingSubjectWords } from './meetingWords.ts'

const useStyles = makeStyles({
  // Wide enough for "10:30 AM – 12:30 PM", unless that would leave no room for the subject.
  columns: { gridTemplateColumns: '10em minmax(0, 1fr)', '@media (max-width: 640px)': { gridTemplateColumns: '92px minmax(0, 1fr)' } },
  private: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
})

/** One meeting of the agenda: time, subject, people. A private one shows its time and nothing to open. */
export function MeetingRow({ meeting, now, open, onOpen }: { meeting: Row; now: number; open: boolean; onOpen: () => void }) {
  const styles = useStyles()
  const rows = useRowStyles()
  const { locale } = useSession()
  const time = timeWords(meeting, locale)
  if (meeting.private) {
    return (
      <li className={rows.item}>
        <div className={mergeClasses(rows.row, styles.columns)}>
          <span>{time}</span>
          <span className={mergeClasses(rows.strong, styles.private)}>
            <LockClosedRegular aria-hidden />
            Private
          </span>
        </div>
      </li>
    )
  }
  const subject = meetingSubjectWords(meeting.subject, meeting.cancelled)
  const marks = [...(isNow(meeting, now) && !meeting.cancelled ? ['Going on now'] : []), ...(meeting.online ? ['Online'] : []), ...(meeting.series ? ['One of a series'] : [])]
  return (
    <li className={rows.item}>
      <button type="button" className={mergeClasses(rows.row, styles.columns, rows.clickable, open && rows.open)} aria-pressed={open} onClick={onOpen}>
        <span>{meeting.cancelled ? <s>{time}</s> : time}</span>
        <span className={rows.body}>
          {meeting.cancelled ? (
            <span className={rows.strong}>
              Cancelled: <s>{subject}</s>
            </span>
          ) : (
            <span className={rows.strong}>{subject}</span>
          )}
          <Text size={200} className={rows.quiet}>
            {meetingPeople(meeting)}
          </Text>
          {marks.length > 0 && (
            <Text size={200} className={rows.quiet}>
              {marks.join(' · ')}
            </Text>
          )}
        </span>
      </button>
    </li>
  )
}
