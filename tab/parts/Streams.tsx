import { Button, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { Tenant } from '../../api/model/tenant.ts'
import { StreamState, StreamSummary } from './StreamState.tsx'
import { useTableStyles } from './tableStyles.ts'
import { failuresOf, streamName, streamsBy } from './tenantWords.ts'
import { Time } from './Time.tsx'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 0.6fr) minmax(0, 2.4fr)' },
  mailboxes: { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr)' },
  failure: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS, marginTop: tokens.spacingVerticalXS },
  icon: { flexShrink: 0, marginTop: '3px', color: tokens.colorStatusWarningForeground1 },
  tables: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, marginTop: tokens.spacingVerticalS },
})

function Head({ columns, className }: { columns: readonly string[]; className: string }) {
  const table = useTableStyles()
  return (
    <div role="row" className={mergeClasses(table.head, className)}>
      {columns.map((label) => (
        <div role="columnheader" key={label}>
          {label}
        </div>
      ))}
    </div>
  )
}

function Tables({ tenant }: { tenant: Tenant }) {
  const styles = useStyles()
  const table = useTableStyles()
  const { own, mailboxes } = streamsBy(tenant)
  return (
    <div className={styles.tables}>
      <div role="table" aria-label={`Streams of ${tenant.name}`}>
        <Head columns={['Stream', 'Last success', 'Items', 'State']} className={styles.columns} />
        {own.map((stream) => (
          <div role="row" key={stream.stream} className={mergeClasses(table.row, styles.columns)}>
            <div role="cell" className={table.cell}>
              {streamName(stream)}
            </div>
            <div role="cell" className={table.cell} data-label="Last success">
              {stream.lastSuccessAt === null ? 'never' : <Time at={stream.lastSuccessAt} />}
            </div>
            <div role="cell" className={table.cell} data-label="Items">
              {stream.items ?? 'unknown'}
            </div>
            <div role="cell" className={table.cell} data-label="State">
              <StreamState stream={stream} />
            </div>
          </div>
        ))}
      </div>
      {mailboxes.length > 0 && (
        <div role="table" aria-label={`Mailboxes of ${tenant.name}`}>
          <Head columns={['Mailbox', 'Mail', 'Calendar']} className={styles.mailboxes} />
          {mailboxes.map(({ mailbox, mail, calendar }) => (
            <div role="row" key={mailbox} className={mergeClasses(table.row, styles.mailboxes)}>
              <div role="cell" className={table.cell}>
                {mailbox}
              </div>
              <div role="cell" className={table.cell} data-label="Mail">
                <StreamSummary stream={mail} />
              </div>
              <div role="cell" className={table.cell} data-label="Calendar">
                <StreamSummary stream={calendar} />
              </div>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** The streams of a tenant and of each of its mailboxes, on demand. What failed at the last try always shows. */
export function Streams({ tenant }: { tenant: Tenant }) {
  const styles = useStyles()
  const [all, setAll] = useState(false)
  const id = useId()
  const current = tenant.streams.filter((stream) => stream.lastError === null && stream.lastSuccessAt !== null).length

  return (
    <div>
      <Text>{`${current} of ${tenant.streams.length} streams up to date. `}</Text>
      <Button size="small" aria-expanded={all} aria-controls={id} aria-label={`${all ? 'Hide' : 'Show'} streams of ${tenant.name}`} onClick={() => setAll(!all)}>
        {all ? 'Hide streams' : 'Show streams'}
      </Button>
      {!all &&
        failuresOf(tenant.streams).map((failure) => (
          <div key={failure.message} className={styles.failure}>
            <WarningRegular className={styles.icon} aria-hidden />
            <span>
              {failure.streams}, <Time at={failure.at} />: {failure.message}
            </span>
          </div>
        ))}
      <div id={id}>{all && <Tables tenant={tenant} />}</div>
    </div>
  )
}
