import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { InfoRegular, WarningRegular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Tenant } from '../../api/connections/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { Time } from '../parts/Time.tsx'
import { StreamState, StreamSummary } from '../sync/StreamState.tsx'
import { failuresOf, streamName, streamsBy, upToDateWords } from './tenantWords.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 0.8fr) minmax(0, 2.4fr)' },
  mailboxes: { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr)' },
  failure: { marginTop: tokens.spacingVerticalXS },
  tables: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, marginTop: tokens.spacingVerticalS },
})

function Tables({ tenant }: { tenant: Tenant }) {
  const styles = useStyles()
  const { own, mailboxes } = streamsBy(tenant)
  return (
    <div className={styles.tables}>
      <Table label={`Streams of ${tenant.name}`} columns={['Stream', 'Last success', 'Items at last sync', 'State']} className={styles.columns}>
        {own.map((stream) => (
          <TableRow key={stream.stream} className={styles.columns}>
            <TableCell>{streamName(stream)}</TableCell>
            <TableCell label="Last success">{stream.lastSuccessAt === null ? 'never' : <Time at={stream.lastSuccessAt} />}</TableCell>
            <TableCell label="Items at last sync">{stream.items ?? 'unknown'}</TableCell>
            <TableCell label="State">
              <StreamState stream={stream} />
            </TableCell>
          </TableRow>
        ))}
      </Table>
      {mailboxes.length > 0 && (
        <Table label={`Mailboxes of ${tenant.name}`} columns={['Mailbox', 'Mail', 'Calendar']} className={styles.mailboxes}>
          {mailboxes.map(({ mailbox, mail, calendar }) => (
            <TableRow key={mailbox} className={styles.mailboxes}>
              <TableCell>{asWritten(mailbox)}</TableCell>
              <TableCell label="Mail">
                <StreamSummary stream={mail} />
              </TableCell>
              <TableCell label="Calendar">
                <StreamSummary stream={calendar} />
              </TableCell>
            </TableRow>
          ))}
        </Table>
      )}
    </div>
  )
}

/** The streams of a tenant and of each of its mailboxes, on demand. What failed at the last try, and what is to be known, always shows. */
export function Streams({ tenant }: { tenant: Tenant }) {
  const styles = useStyles()
  const mark = useMarkStyles()
  const [all, setAll] = useState(false)
  const id = useId()

  return (
    <div>
      <Text>{`${upToDateWords(tenant.streams)} `}</Text>
      <Button size="small" aria-expanded={all} aria-controls={id} aria-label={`${all ? 'Hide' : 'Show'} streams of ${tenant.name}`} onClick={() => setAll(!all)}>
        {all ? 'Hide streams' : 'Show streams'}
      </Button>
      {!all &&
        failuresOf(tenant.streams).map((failure) => (
          <div key={failure.message} className={mergeClasses(mark.line, styles.failure)}>
            <WarningRegular className={mergeClasses(mark.icon, mark.warning)} aria-hidden />
            <span>
              {failure.streams}, <Time at={failure.at} />: {failure.message}
            </span>
          </div>
        ))}
      {tenant.notices.map((notice) => (
        <div key={notice} className={mergeClasses(mark.line, styles.failure)}>
          <InfoRegular className={mark.icon} aria-hidden />
          <span>{notice}</span>
        </div>
      ))}
      <div id={id}>{all && <Tables tenant={tenant} />}</div>
    </div>
  )
}
