import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { ArrowDownLeftRegular, ArrowUpRightRegular, AttachRegular, LockClosedRegular } from '@fluentui/react-icons'
import type { MessageRow as Row } from '../../api/mail/model.ts'
import { visible } from '../../api/visible.ts'
import { useRowStyles } from '../parts/rowStyles.ts'
import { Time } from '../parts/Time.tsx'
import { recipientWords, writerWords } from './partyWords.ts'
import { subjectWords } from './subjectWords.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'auto minmax(0, 1fr)' },
  icon: { fontSize: '20px', marginTop: '1px', color: tokens.colorNeutralForeground2 },
  top: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, justifyContent: 'space-between' },
  subject: { display: 'flex', columnGap: tokens.spacingHorizontalXS, alignItems: 'baseline', overflowWrap: 'anywhere' },
  preview: { color: tokens.colorNeutralForeground2, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  attachment: { flexShrink: 0, alignSelf: 'center' },
})

/** One mail of the list: direction, sender, time, subject, first words, recipients. A private one shows its time and nothing to open. */
export function MessageRow({ message, open, onOpen }: { message: Row; open: boolean; onOpen: () => void }) {
  const styles = useStyles()
  const rows = useRowStyles()
  if (message.private) {
    return (
      <li className={rows.item}>
        <div className={mergeClasses(rows.row, styles.columns)}>
          <LockClosedRegular className={styles.icon} aria-hidden />
          <div className={styles.top}>
            <span className={rows.strong}>Private</span>
            <Text size={200} className={rows.quiet}>
              <Time at={message.at} />
            </Text>
          </div>
        </div>
      </li>
    )
  }
  const Direction = message.direction === 'in' ? ArrowDownLeftRegular : ArrowUpRightRegular
  return (
    <li className={rows.item}>
      <button type="button" className={mergeClasses(rows.row, styles.columns, rows.clickable, open && rows.open)} aria-pressed={open} onClick={onOpen}>
        <Direction className={styles.icon} aria-hidden />
        <span className={rows.body}>
          <span className={styles.top}>
            <span className={rows.strong}>{writerWords(message)}</span>
            <Text size={200} className={rows.quiet}>
              {message.direction === 'in' ? 'Received ' : 'Sent '}
              <Time at={message.at} />
            </Text>
          </span>
          <span className={styles.subject}>
            {subjectWords(message.subject)}
            {message.hasAttachments && <AttachRegular className={styles.attachment} aria-label="with attachments" />}
          </span>
          {message.preview !== null && message.preview !== '' && <span className={styles.preview}>{visible(message.preview)}</span>}
          <Text size={200} className={rows.quiet}>
            {recipientWords(message)}
          </Text>
        </span>
      </button>
    </li>
  )
}
