import { Text } from '@fluentui/react-components'
import type { MessageList, MessageRow as Row } from '../../api/mail/model.ts'
import type { Pages } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Freshness } from '../sync/Freshness.tsx'
import { MessageRow } from './MessageRow.tsx'

/** The mail of the last days with one customer, newest first; `open` is the id of the one that is being read. */
export function MailList({ mail, open, onOpen }: { mail: Pages<MessageList>; open: string | null; onOpen: (message: Row) => void }) {
  const panel = usePanelStyles()
  return (
    <section aria-labelledby="mail-title">
      <h2 className={panel.title} id="mail-title" tabIndex={-1}>
        Emails
      </h2>
      {mail.first !== null && (
        <div className={panel.about}>
          <Text size={200} className={panel.quiet}>
            {`Last ${mail.first.windowDays} days, newest first.`}
            {mail.first.scope === 'own' && ' You see only mail in which you take part.'}
          </Text>
          <Freshness of={mail.first.freshness} />
        </div>
      )}
      <LoadState of={mail} label="Loading messages" />
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
        <ul className={panel.list} aria-label="Messages">
          {mail.items.map((message) => (
            <MessageRow key={message.id} message={message} open={message.id === open} onOpen={() => onOpen(message)} />
          ))}
        </ul>
      )}
      <More next={mail.next} />
    </section>
  )
}
