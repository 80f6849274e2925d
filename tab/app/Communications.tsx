import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import { Agenda } from '../calendar/Agenda.tsx'
import { OpenMeeting } from '../calendar/OpenMeeting.tsx'
import { meetingsWith } from '../calendar/requests.ts'
import { standingMeeting } from '../calendar/standing.ts'
import { useLoaded, usePages } from '../client/loading.ts'
import { MailList } from '../mail/MailList.tsx'
import { OpenMessage } from '../mail/OpenMessage.tsx'
import { mailWith } from '../mail/requests.ts'
import { standingMail } from '../mail/standing.ts'
import { useWide } from './wide.ts'

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingHorizontalXXL, alignItems: 'start', gridTemplateColumns: 'minmax(0, 1fr)' },
  jump: { marginBottom: tokens.spacingVerticalM },
  // The list keeps its width whatever stands beside it, so that opening something moves nothing.
  beside: { gridTemplateColumns: 'minmax(280px, 9fr) minmax(0, 10fr)' },
})

type Open = { kind: 'message'; row: MessageRow } | { kind: 'meeting'; row: MeetingRow }

/**
 * Mail and meetings with one customer. On a wide screen the agenda stands beside the list, and what is opened takes the
 * agenda's place until it is closed; on a narrow one it opens above both.
 */
export function Communications({ customerId }: { customerId: string }) {
  const styles = useStyles()
  const wide = useWide(840)
  const [open, setOpen] = useState<Open | null>(null)
  const page = useRef<HTMLDivElement>(null)
  const mail = usePages(mailWith(customerId))
  const meetings = useLoaded(meetingsWith(customerId))
  const message = open?.kind !== 'message' ? null : mail.items === null ? open.row : standingMail(open.row, mail.items, mail.next.more === null)
  const meeting = open?.kind !== 'meeting' ? null : meetings.value === null ? open.row : standingMeeting(open.row, meetings.value.items)

  const close = () => {
    const opener = page.current?.querySelector<HTMLElement>('button[aria-pressed=true]') ?? page.current?.querySelector<HTMLElement>(open?.kind === 'meeting' ? '#meetings-title' : '#mail-title')
    // The agenda must be back in view before one of its rows can take the focus.
    flushSync(() => setOpen(null))
    opener?.focus()
  }

  const list = (
    <div key="list">
      {!wide && (
        <Button className={styles.jump} size="small" onClick={() => document.getElementById('meetings-title')?.focus()}>
          Go to meetings
        </Button>
      )}
      <MailList mail={mail} open={message?.id ?? null} onOpen={(row) => setOpen({ kind: 'message', row })} />
    </div>
  )
  // Hidden, not gone: it keeps what the person had unfolded.
  const agenda = (
    <div key="agenda" hidden={wide && open !== null}>
      <Agenda loaded={meetings} open={meeting?.id ?? null} onOpen={(row) => setOpen({ kind: 'meeting', row })} />
    </div>
  )
  const reader =
    open === null ? null : open.kind === 'message' ? (
      <OpenMessage key={`message ${open.row.id}`} row={open.row} gone={message === null} beside={wide} onClose={close} />
    ) : (
      <OpenMeeting key={`meeting ${open.row.id}`} row={open.row} gone={meeting === null} beside={wide} onClose={close} />
    )

  return (
    <div ref={page} className={mergeClasses(styles.page, wide && styles.beside)}>
      {wide ? [list, agenda, reader] : [reader, list, agenda]}
    </div>
  )
}
