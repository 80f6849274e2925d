import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useCallback } from 'react'
import type { AuditAction, AuditList, AuditRow } from '../../api/model/audit.ts'
import { api } from '../client/api.ts'
import { usePages } from '../parts/loading.ts'
import { Empty, Failed, Loading, More } from '../parts/States.tsx'
import { useTableStyles } from '../parts/tableStyles.ts'
import { Time } from '../parts/Time.tsx'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 1.3fr) minmax(0, 1.7fr) minmax(0, 1.7fr) minmax(0, 1.2fr)' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { marginTop: tokens.spacingVerticalM },
})

const words: Record<AuditAction, string> = {
  'message.open': 'Opened a message',
  'tenant.connect': 'Connected a tenant',
  'tenant.update': 'Changed a tenant',
  'tenant.sync': 'Asked for a sync',
  'mailbox.remove': 'Took a mailbox off the list',
  'customer.create': 'Added a customer',
  'customer.update': 'Changed a customer',
  'domain.add': 'Added a domain',
  'domain.remove': 'Removed a domain',
}

/** Admin → Audit: who did what to what, newest first. The rows hold ids; names are looked up when they are shown. */
export function Audit() {
  const styles = useStyles()
  const table = useTableStyles()
  const rows = usePages<AuditRow, AuditList>('audit', useCallback((after) => api.audit(after), []))
  return (
    <>
      <h2 className={styles.title}>Audit</h2>
      {rows.error !== null && <Failed error={rows.error} retry={rows.reload} />}
      {rows.items === null && rows.error === null && <Loading label="Loading audit log" />}
      {rows.items?.length === 0 && <Empty>Nothing has been recorded yet. Every opened message and every change under Admin will stand here.</Empty>}
      {rows.items !== null && rows.items.length > 0 && (
        <div role="table" aria-label="Audit log">
          <div role="row" className={mergeClasses(table.head, styles.columns)}>
            {['When', 'Who', 'Action', 'Target', 'Detail'].map((label) => (
              <div role="columnheader" key={label}>
                {label}
              </div>
            ))}
          </div>
          {rows.items.map((row) => (
            <div role="row" key={row.id} className={mergeClasses(table.row, styles.columns)}>
              <div role="cell" className={table.cell}>
                <Time at={row.at} />
              </div>
              <div role="cell" className={table.cell} data-label="Who">
                {row.userName ?? row.userId}
              </div>
              <div role="cell" className={table.cell} data-label="Action">
                {words[row.action]}
              </div>
              <div role="cell" className={table.cell} data-label="Target">
                <Text size={200} font="monospace" className={styles.quiet}>
                  {row.target}
                </Text>
              </div>
              <div role="cell" className={table.cell} data-label="Detail">
                {row.detail ?? ''}
              </div>
            </div>
          ))}
        </div>
      )}
      <div className={styles.more}>
        <More pages={rows} />
      </div>
    </>
  )
}
