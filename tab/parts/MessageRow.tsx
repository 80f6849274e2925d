import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowDownLeftRegular, ArrowUpRightRegular, AttachRegular, LockClosedRegular } from '@fluentui/react-icons'
import type { MessageRow as Row } from '../../api/model/message.ts'
import { recipientWords, senderWords } from './partyWords.ts'
import { Time } from './Time.tsx'

const useStyles = makeStyles({
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    width: '100%',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalS}`,
    borderTopStyle: 'none',
    borderBottomStyle: 'none',
    borderInlineEndStyle: 'none',
    borderInlineStartStyle: 'solid',
    borderInlineStartWidth: '3px',
    borderInlineStartColor: 'transparent',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    textAlign: 'start',
  },
  clickable: {
    cursor: 'pointer',
    // Contrast themes turn the colours round, so quiet words may not keep theirs.
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover, '& *': { color: 'inherit' } },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  open: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    borderInlineStartColor: tokens.colorCompoundBrandStroke,
    '& *': { color: 'inherit' },
  },
  icon: { fontSize: '20px', marginTop: '1px', color: tokens.colorNeutralForeground2 },
  body: { display: 'grid', minWidth: 0 },
  top: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, justifyContent: 'space-between' },
  sender: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  subject: { display: 'flex', columnGap: tokens.spacingHorizontalXS, alignItems: 'baseline', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  preview: { color: tokens.colorNeutralForeground2, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  attachment: { flexShrink: 0, alignSelf: 'center' },
})

/** One mail of the list: direction, sender, time, subject, first words, recipients. A private one shows its time and nothing to open. */
export function MessageRow({ message, open, onOpen }: { message: Row; open: boolean; onOpen: () => void }) {
  const styles = useStyles()
  if (message.private) {
    return (
      <li className={styles.item}>
        <div className={styles.row}>
          <LockClosedRegular className={styles.icon} aria-hidden />
          <div className={styles.top}>
            <span className={styles.sender}>Private</span>
            <Text size={200} className={styles.quiet}>
              <Time at={message.at} />
            </Text>
          </div>
        </div>
      </li>
    )
  }
  const Direction = message.direction === 'in' ? ArrowDownLeftRegular : ArrowUpRightRegular
  return (
    <li className={styles.item}>
      <button type="button" className={mergeClasses(styles.row, styles.clickable, open && styles.open)} aria-pressed={open} onClick={onOpen}>
        <Direction className={styles.icon} aria-hidden />
        <span className={styles.body}>
          <span className={styles.top}>
            <span className={styles.sender}>{senderWords(message.from)}</span>
            <Text size={200} className={styles.quiet}>
              {message.direction === 'in' ? 'Received ' : 'Sent '}
              <Time at={message.at} />
            </Text>
          </span>
          <span className={styles.subject}>
            {message.subject === null || message.subject.trim() === '' ? 'No subject' : message.subject}
            {message.hasAttachments && <AttachRegular className={styles.attachment} aria-label="with attachments" />}
          </span>
          {message.preview !== null && message.preview !== '' && <span className={styles.preview}>{message.preview}</span>}
          <Text size={200} className={styles.quiet}>
            {recipientWords(message)}
          </Text>
        </span>
      </button>
    </li>
  )
}
