import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { MeetingRow as Row, MeetingList } from '../../api/calendar/model.ts'
import type { Loaded } from '../client/loading.ts'
import { useNow } from '../parts/now.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Empty, LoadState } from '../parts/States.tsx'
import { dayOf, ownZone } from '../parts/time.ts'
import { Freshness } from '../sync/Freshness.tsx'
import { agendaOf, dayWords, type AgendaDay } from './agenda.ts'
import { MeetingRow } from './MeetingRow.tsx'

const useStyles = makeStyles({
  day: { margin: `0 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  group: { marginBottom: tokens.spacingVerticalL },
  earlier: { marginBottom: tokens.spacingVerticalM },
})

interface DaysProps {
  days: readonly AgendaDay[]
  now: number
  open: string | null
  onOpen: (meeting: Row) => void
}

function Days({ days, now, open, onOpen }: DaysProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { locale } = useSession()
  return days.map(({ day, meetings }) => {
    const words = dayWords(day, dayOf(now), locale)
    return (
      <div key={day} className={styles.group}>
        <h3 className={styles.day}>{words}</h3>
        <ul className={panel.list} aria-label={`Meetings, ${words}`}>
          {meetings.map((meeting) => (
            <MeetingRow key={meeting.id} meeting={meeting} now={now} open={meeting.id === open} onOpen={() => onOpen(meeting)} />
          ))}
        </ul>
      </div>
    )
  })
}

function emptyWords({ scope, freshness }: MeetingList): string {
  if (freshness.of === 0) return 'No mailbox is connected yet. An administrator connects the MSP’s tenant under Admin, Integrations.'
  return scope === 'own' ? 'There is no meeting with this customer ahead in which you take part.' : 'There is no meeting with this customer in the next 14 days.'
}

/** The meetings with one customer by day, today first; those that have ended on demand. `open` is the id of the one being read. */
export function Agenda({ loaded, open, onOpen }: { loaded: Loaded<MeetingList>; open: string | null; onOpen: (meeting: Row) => void }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { locale } = useSession()
  const now = useNow()
  const [past, setPast] = useState(false)
  const meetings = loaded.value
  const today = dayOf(now)
  const { upcoming, earlier } = agendaOf(meetings?.items ?? [], now)
  const count = earlier.reduce((sum, day) => sum + day.meetings.length, 0)
  return (
    <section aria-labelledby="meetings-title">
      <h2 className={panel.title} id="meetings-title" tabIndex={-1}>
        Meetings
      </h2>
      {meetings !== null && (
        <div className={panel.about}>
          <Text size={200} className={panel.quiet}>
            {`Next 14 days, times in ${ownZone()}.`}
            {meetings.scope === 'own' && ' You see only meetings in which you take part.'}
          </Text>
          <Freshness of={meetings.freshness} />
        </div>
      )}
      <LoadState of={loaded} label="Loading meetings" />
      {meetings !== null && (
        <>
          {upcoming.length === 0 && <Empty>{emptyWords(meetings)}</Empty>}
          {upcoming.length > 0 && upcoming[0]?.day !== today && (
            <div className={styles.group}>
              <h3 className={styles.day}>{dayWords(today, today, locale)}</h3>
              <Text className={panel.quiet}>{earlier[0]?.day === today ? 'No more meetings today' : 'No meeting today'}</Text>
            </div>
          )}
          <Days days={upcoming} now={now} open={open} onOpen={onOpen} />
          {count > 0 && (
            <Button className={styles.earlier} size="small" aria-expanded={past} onClick={() => setPast(!past)}>
              {past ? 'Hide earlier meetings' : `Earlier (${count})`}
            </Button>
          )}
          {past && <Days days={earlier} now={now} open={open} onOpen={onOpen} />}
        </>
      )}
    </section>
  )
}
