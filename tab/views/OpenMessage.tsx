import { Button, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular, AttachRegular, DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { MessageBody } from '../../api/model/message.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { addressWords } from '../parts/partyWords.ts'
import { mailDocument } from '../parts/mailDocument.ts'
import { sizeWords } from '../parts/sizeWords.ts'
import { Failed, Loading } from '../parts/States.tsx'
import { useSession } from '../parts/session.ts'
import { exactTime } from '../parts/time.ts'

const useStyles = makeStyles({
  reader: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    minWidth: 0,
  },
  beside: { position: 'sticky', top: tokens.spacingVerticalM },
  top: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, overflowWrap: 'anywhere', outlineStyle: 'none', minWidth: 0 },
  people: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, margin: 0 },
  word: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  // Mail is written for white paper; dark themes would make its own colours unreadable.
  paper: { width: '100%', height: 'min(60vh, 640px)', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusSmall, backgroundColor: '#ffffff' },
  attachments: { display: 'grid', gap: tokens.spacingVerticalXXS, listStyleType: 'none', margin: 0, padding: 0 },
  attachment: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

type Opened = { at: 'loading' } | { at: 'failed'; error: RequestFailed } | { at: 'open'; message: MessageBody }

/** Fetches the text when shown and forgets it when closed; a request that is left early is given up. */
function useOpened(messageId: string): [Opened, () => void] {
  const [opened, setOpened] = useState<Opened>({ at: 'loading' })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const control = new AbortController()
    setOpened({ at: 'loading' })
    api.body(messageId, control.signal).then(
      (message) => setOpened({ at: 'open', message }),
      (thrown: unknown) => {
        if (!control.signal.aborted) setOpened({ at: 'failed', error: asRequestFailed(thrown) })
      },
    )
    return () => control.abort()
  }, [messageId, tries])
  return [opened, () => setTries((count) => count + 1)]
}

function People({ message }: { message: MessageBody }) {
  const styles = useStyles()
  const lines: [string, string][] = [
    ['From', message.from === null ? 'unknown sender' : addressWords(message.from)],
    ['To', message.to.map(addressWords).join(', ')],
    ['Cc', message.cc.map(addressWords).join(', ')],
    ['Bcc', message.bcc.map(addressWords).join(', ')],
  ]
  return (
    <dl className={styles.people}>
      {lines.map(([word, value]) =>
        value === '' ? null : (
          <div key={word} style={{ display: 'contents' }}>
            <dt className={styles.word}>{word}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

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

/**
 * One opened mail: full addresses, text in a frame that can neither run nor load anything, names of attachments. `beside`
 * the list it can be closed; above it, on a narrow screen, it has a way back.
 */
export function OpenMessage({ messageId, beside, onClose }: { messageId: string; beside: boolean; onClose: () => void }) {
  const styles = useStyles()
  const { locale } = useSession()
  const [opened, retry] = useOpened(messageId)
  const heading = useRef<HTMLHeadingElement>(null)
  const message = opened.at === 'open' ? opened.message : null
  useEffect(() => heading.current?.focus(), [])

  return (
    <section
      className={mergeClasses(styles.reader, beside && styles.beside)}
      aria-label="Opened message"
      aria-busy={opened.at === 'loading'}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      {!beside && (
        <div>
          <Button icon={<ArrowLeftRegular />} appearance="subtle" onClick={onClose}>
            Back to the list
          </Button>
        </div>
      )}
      <div className={styles.top}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {message === null ? 'Opening message' : message.subject.trim() === '' ? 'No subject' : message.subject}
        </h2>
        {beside && <Button icon={<DismissRegular />} appearance="subtle" aria-label="Close message" onClick={onClose} />}
      </div>
      {opened.at === 'loading' && <Loading label="Fetching the text" />}
      {opened.at === 'failed' && <Failed error={opened.error} retry={retry} />}
      {message !== null && (
        <>
          <Text size={200} className={styles.quiet}>
            {exactTime(message.at, locale)}
          </Text>
          <People message={message} />
          <Attachments message={message} />
          <iframe className={styles.paper} title="Text of the message" sandbox="" referrerPolicy="no-referrer" srcDoc={mailDocument(message.html)} />
        </>
      )}
      <Text size={200} className={styles.quiet}>
        Opening is recorded in the audit log. The text is not stored.
      </Text>
    </section>
  )
}
