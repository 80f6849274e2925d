import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useCallback, useRef, useState } from 'react'
import type { Communications as CommunicationsOf, MessageRow as Row } from '../../api/model/message.ts'
import { api } from '../client/api.ts'
import { Freshness } from '../parts/Freshness.tsx'
import { usePages } from '../parts/loading.ts'
import { MessageRow } from '../parts/MessageRow.tsx'
import { Empty, Failed, Loading, More } from '../parts/States.tsx'
import { useWide } from '../parts/wide.ts'
import { OpenMessage } from './OpenMessage.tsx'

const useStyles = makeStyles({
  about: { display: 'grid', gap: tokens.spacingVerticalXXS, marginBottom: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  page: { display: 'grid', gap: tokens.spacingHorizontalXL, alignItems: 'start', gridTemplateColumns: 'minmax(0, 1fr)' },
  beside: { gridTemplateColumns: 'minmax(280px, 2fr) minmax(0, 3fr)' },
  list: { listStyleType: 'none', margin: 0, padding: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  more: { marginTop: tokens.spacingVerticalM },
})

/** The mail of the last days with one customer, newest first; a click opens the text beside the list, or above it on a narrow screen. */
export function Communications({ customerId }: { customerId: string }) {
  const styles = useStyles()
  const wide = useWide(840)
  const load = useCallback((after: string | null) => api.communications(customerId, after), [customerId])
  const mail = usePages<Row, CommunicationsOf>(customerId, load, { kinds: ['communications'], customerId })
  const [open, setOpen] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)

  const close = () => {
    // The focus goes back to the row that was left, not to the top of the page.
    list.current?.querySelector<HTMLButtonElement>('button[aria-pressed=true]')?.focus()
    setOpen(null)
  }

  const about = mail.first !== null && (
    <div className={styles.about}>
      <Text size={200} className={styles.quiet}>
        {`Last ${mail.first.windowDays} days, newest first.`}
        {mail.first.scope === 'own' && ' You see only mail in which you take part.'}
      </Text>
      <Freshness of={mail.first.freshness} />
    </div>
  )

  const rows = (
    <div key="list">
      <ul className={styles.list} ref={list} aria-label="Messages">
        {mail.items?.map((message) => (
          <MessageRow key={message.id} message={message} open={message.id === open} onOpen={() => setOpen(message.id)} />
        ))}
      </ul>
      <div className={styles.more}>
        <More pages={mail} />
      </div>
    </div>
  )
  const reader = open !== null && <OpenMessage key={`open-${open}`} messageId={open} beside={wide} onClose={close} />

  return (
    <>
      {about}
      {mail.error !== null && <Failed error={mail.error} retry={mail.reload} />}
      {mail.items === null && mail.error === null && <Loading label="Loading messages" />}
      {mail.items?.length === 0 && (
        <Empty>
          {mail.first?.scope === 'own'
            ? 'There is no mail with this customer in which you take part.'
            : mail.first?.freshness.of === 0
              ? 'No mailbox is connected yet. An administrator connects the MSP’s tenant under Admin, Integrations.'
              : 'There was no mail with this customer in this time.'}
        </Empty>
      )}
      {mail.items !== null && mail.items.length > 0 && (
        <div className={mergeClasses(styles.page, wide && open !== null && styles.beside)}>{wide ? [rows, reader] : [reader, rows]}</div>
      )}
    </>
  )
}
