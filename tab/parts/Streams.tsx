import { Button, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { StreamStatus } from '../../api/model/stream.ts'
import type { Tenant } from '../../api/model/tenant.ts'
import { useTableStyles } from './tableStyles.ts'
import { failuresOf, streamName } from './tenantWords.ts'
import { Time } from './Time.tsx'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 0.6fr) minmax(0, 2.4fr)' },
  error: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS },
  failure: { marginTop: tokens.spacingVerticalXS },
  icon: { flexShrink: 0, marginTop: '3px', color: tokens.colorStatusWarningForeground1 },
})

function Now({ stream }: { stream: StreamStatus }) {
  const styles = useStyles()
  if (stream.running) return <>{stream.progress === null ? 'Being read' : `Being read, ${stream.progress.done} of ${stream.progress.of} steps done`}</>
  if (stream.lastError === null) return <>{stream.lastSuccessAt === null ? 'Not read yet' : 'Up to date'}</>
  return (
    <span className={styles.error}>
      <WarningRegular className={styles.icon} aria-hidden />
      <span>
        <Time at={stream.lastError.at} />: {stream.lastError.message}
      </span>
    </span>
  )
}

/** The streams of a tenant, on demand, because a mailbox is a stream each. What failed at the last try always shows. */
export function Streams({ tenant }: { tenant: Tenant }) {
  const styles = useStyles()
  const table = useTableStyles()
  const [all, setAll] = useState(false)
  const id = useId()
  const current = tenant.streams.filter((stream) => stream.lastError === null && stream.lastSuccessAt !== null).length

  return (
    <div>
      <Text>{`${current} of ${tenant.streams.length} streams up to date. `}</Text>
      <Button size="small" aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}>
        {all ? 'Hide streams' : 'Show streams'}
      </Button>
      {!all &&
        failuresOf(tenant.streams).map((failure) => (
          <div key={failure.message} className={mergeClasses(styles.error, styles.failure)}>
            <WarningRegular className={styles.icon} aria-hidden />
            <span>
              {failure.streams}, <Time at={failure.at} />: {failure.message}
            </span>
          </div>
        ))}
      <div id={id}>
        {all && (
          <div role="table" aria-label={`Streams of ${tenant.name}`}>
            <div role="row" className={mergeClasses(table.head, styles.columns)}>
              {['Stream', 'Last success', 'Items', 'State'].map((label) => (
                <div role="columnheader" key={label}>
                  {label}
                </div>
              ))}
            </div>
            {tenant.streams.map((stream) => (
              <div role="row" key={`${stream.stream}/${stream.mailbox ?? ''}`} className={mergeClasses(table.row, styles.columns)}>
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
                  <Now stream={stream} />
                </div>
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
