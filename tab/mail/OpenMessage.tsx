import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { AttachRegular } from '@fluentui/react-icons'
import type { MessageBody, MessageRow } from '../../api/mail/model.ts'
import { visible } from '../../api/visible.ts'
import { useLoaded } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Paper } from '../parts/Paper.tsx'
import { Facts, Reader } from '../parts/Reader.tsx'
import { useSession } from '../parts/session.ts'
import { exactTime } from '../parts/time.ts'
import { addressWords } from './partyWords.ts'
import { messageText } from './requests.ts'
import { sizeWords } from './sizeWords.ts'
import { subjectWords } from './subjectWords.ts'

const useStyles = makeStyles({
  attachments: { display: 'grid', gap: tokens.spacingVerticalXXS, listStyleType: 'none', margin: 0, padding: 0 },
  attachment: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center', overflowWrap: 'anywhere' },
})

function Attachments({ message }: { message: MessageBody }) {
  const styles = useStyles()
  if (message.attachments.length === 0) return null
  return (
    <ul className={styles.attachments} aria-label="Attachments">
      {message.attachments.map((attachment, index) => (
        <li key={index} className={styles.attachment}>
          <AttachRegular aria-hidden />
          <span>{visible(attachment.name)}
            {attachment.size !== null && ` (${sizeWords(attachment.size)})`}</span>
        </li>
      ))}
    </ul>
  )
}

/** One opened mail: full addresses, its text, names of attachments. */
export function OpenMessage({ row, gone, beside, onClose }: { row: MessageRow; gone: boolean; beside: boolean; onClose: () => void }) {
  const panel = usePanelStyles()
  const { locale } = useSession()
  const opened = useLoaded(messageText(row.id))
  const message = opened.value
  return (
    <Reader noun="message" title={subjectWords(message?.subject ?? row.subject)} opened={opened} gone={gone} beside={beside} onClose={onClose}>
      {message !== null && (
        <>
          <Text size={200} className={panel.quiet}>
            {exactTime(message.at, locale)}
          </Text>
          <Facts
            facts={[
              ['From', message.from === null ? 'unknown sender' : addressWords(message.from)],
              ['To', message.to.map(addressWords).join(', ')],
              ['Cc', message.cc.map(addressWords).join(', ')],
              ['Bcc', message.bcc.map(addressWords).join(', ')],
            ]}
          />
          <Attachments message={message} />
          <Paper noun="message" {...message} />
        </>
      )}
    </Reader>
  )
}
