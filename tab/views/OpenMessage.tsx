import { Text, makeStyles, tokens } from '@fluentui/react-components'
import { AttachRegular } from '@fluentui/react-icons'
import type { MessageBody } from '../../api/model/message.ts'
import { api } from '../client/api.ts'
import { useOpened } from '../parts/opened.ts'
import { addressWords } from '../parts/partyWords.ts'
import { Facts, Paper, Reader } from '../parts/Reader.tsx'
import { useSession } from '../parts/session.ts'
import { sizeWords } from '../parts/sizeWords.ts'
import { subjectWords } from '../parts/subjectWords.ts'
import { exactTime } from '../parts/time.ts'

const useStyles = makeStyles({
  attachments: { display: 'grid', gap: tokens.spacingVerticalXXS, listStyleType: 'none', margin: 0, padding: 0 },
  attachment: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

function Attachments({ message }: { message: MessageBody }) {
  const styles = useStyles()
  if (message.attachments.length === 0) return null
  return (
    <ul className={styles.attachments} aria-label="Attachments">
      {message.attachments.map((attachment, index) => (
        <li key={index} className={styles.attachment}>
          <AttachRegular aria-hidden />
          <span>{attachment.size === null ? attachment.name : `${attachment.name} (${sizeWords(attachment.size)})`}</span>
        </li>
      ))}
    </ul>
  )
}

/** One opened mail: full addresses, its text, names of attachments. */
export function OpenMessage({ messageId, beside, onClose }: { messageId: string; beside: boolean; onClose: () => void }) {
  const styles = useStyles()
  const { locale } = useSession()
  const opened = useOpened(messageId, api.body)
  const message = opened.content
  const title = message === null ? 'Opening message' : subjectWords(message.subject)
  return (
    <Reader noun="message" title={title} opened={opened} beside={beside} onClose={onClose}>
      {message !== null && (
        <>
          <Text size={200} className={styles.quiet}>
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
          <Paper title="Text of the message" html={message.html} />
        </>
      )}
    </Reader>
  )
}
