import { Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons'
import type { MeetingDetail, MeetingRow } from '../../api/calendar/model.ts'
import { visible } from '../../api/visible.ts'
import { useLoaded } from '../client/loading.ts'
import { addressWords } from '../mail/partyWords.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Paper } from '../parts/Paper.tsx'
import { Facts, Reader } from '../parts/Reader.tsx'
import { useSession } from '../parts/session.ts'
import { fullTimeWords } from './agenda.ts'
import { joinWords } from './joinWords.ts'
import { meetingSubjectWords } from './meetingWords.ts'
import { oneMeeting } from './requests.ts'

const useStyles = makeStyles({
  join: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  people: { listStyleType: 'none', margin: 0, padding: 0 },
})

const responseWords: Record<MeetingDetail['attendees'][number]['response'], string> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'tentative',
  none: 'no answer',
}

function People({ meeting: { attendees, others } }: { meeting: MeetingDetail }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <ul className={styles.people} aria-label="Attendees">
      {attendees.map((person) => (
        <li key={person.address}>
          {addressWords(person)} <span className={panel.quiet}>({responseWords[person.response]})</span>
        </li>
      ))}
      {others > 0 && <li>{`${others} ${others === 1 ? 'other' : 'others'} outside your customers and your company`}</li>}
      {attendees.length === 0 && others === 0 && <li>Nobody</li>}
    </ul>
  )
}

/** One opened meeting: when, who and who comes, where, how to join, and its text. */
export function OpenMeeting({ row, gone, beside, onClose }: { row: MeetingRow; gone: boolean; beside: boolean; onClose: () => void }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { locale } = useSession()
  const opened = useLoaded(oneMeeting(row.id))
  const meeting = opened.value
  const subject = meetingSubjectWords(meeting?.subject ?? row.subject, row.cancelled)
  const join = joinWords(meeting?.joinUrl ?? null)
  return (
    <Reader noun="meeting" title={`${row.cancelled ? 'Cancelled: ' : ''}${subject}`} opened={opened} gone={gone} beside={beside} onClose={onClose}>
      {meeting !== null && (
        <>
          <Text size={200} className={panel.quiet}>
            {fullTimeWords(meeting, locale)}
          </Text>
          {join !== null && (
            <div>
              <Link className={styles.join} href={join.href} target="_blank" rel="noopener noreferrer">
                <OpenRegular aria-hidden />
                {join.words}
              </Link>
            </div>
          )}
          <Facts
            facts={[
              ['Organizer', meeting.organizer === null ? 'unknown' : addressWords(meeting.organizer)],
              ['Location', visible(meeting.location ?? '')],
              ['Attendees', <People key="people" meeting={meeting} />],
            ]}
          />
          <Paper noun="meeting" {...meeting} />
        </>
      )}
    </Reader>
  )
}
