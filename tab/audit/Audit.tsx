import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AuditRow } from '../../api/access/auditModel.ts'
import { actionWords, deletedCustomer, nobodyKnown } from '../../api/audit/actionWords.ts'
import { usePages } from '../client/loading.ts'
import { ExportButton } from '../parts/ExportButton.tsx'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { columnTime, ownZone } from '../parts/time.ts'
import { Filter } from './Filter.tsx'
import { peopleIn, type Person } from './people.ts'
import { auditCsv, auditLog, type AuditFilter } from './requests.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.2fr) minmax(0, 1fr) minmax(0, 1.2fr) minmax(0, 1.6fr) minmax(0, 1fr) minmax(0, 1.2fr)' },
  // From above: an error under one field must not move the others.
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalL, marginBlock: tokens.spacingVerticalS, '& > button': { marginTop: '26px' } },
  // Beside fields that stand under their labels.
  export: { marginTop: '26px' },
})

/** The id under a name: what the log itself holds. */
function Id({ children }: { children: string }) {
  return (
    <Text size={200} block font="monospace" className={usePanelStyles().quiet}>
      {children}
    </Text>
  )
}

function Row({ row }: { row: AuditRow }) {
  const styles = useStyles()
  const { locale } = useSession()
  return (
    <TableRow className={styles.columns}>
      <TableCell>
        <time dateTime={row.at}>{columnTime(row.at, locale)}</time>
      </TableCell>
      <TableCell label="Who">
        {row.userName ?? nobodyKnown}
        {row.userName === null && <Id>{row.userId}</Id>}
      </TableCell>
      <TableCell label="Action">{actionWords[row.action]}</TableCell>
      <TableCell label="Target">
        {row.targetName}
        {/* A domain is its own name. */}
        {!row.targetName.includes(row.target) && <Id>{row.target}</Id>}
      </TableCell>
      <TableCell label={row.customerName === null ? undefined : 'Customer'}>
        {row.customerName}
        {row.customerId !== null && row.customerName === deletedCustomer && <Id>{row.customerId}</Id>}
      </TableCell>
      <TableCell label={row.detail === null ? undefined : 'Detail'}>{row.detail}</TableCell>
    </TableRow>
  )
}

const everything: AuditFilter = { action: null, userId: null, from: null, to: null }

/** Admin → Audit: who did what to what, newest first. The rows hold ids; names are looked up when they are shown. */
export function Audit() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const [filter, setFilter] = useState(everything)
  const rows = usePages(auditLog(filter))
  // Whoever was seen once stays to be chosen, also when the filter hides their rows.
  const [seen, setSeen] = useState<Person[]>([])
  const people = peopleIn(seen, rows.items ?? [])
  if (people !== seen) setSeen(people)
  const filtered = Object.values(filter).some((chosen) => chosen !== null)
  return (
    <>
      <h2 className={panel.title}>Audit</h2>
      <Text size={200} className={panel.quiet}>{`Newest first. Times and days are those of ${ownZone()}; both days are included.`}</Text>
      <div className={styles.tools}>
        <Filter filter={filter} people={people} onChange={setFilter} />
        <ExportButton what="audit" rest="Choose days to export them." className={styles.export} fetch={() => auditCsv(filter)} />
      </div>
      <LoadState of={rows} label="Loading audit log" />
      {rows.items?.length === 0 && (
        <Empty>{filtered ? 'Nothing is recorded for this choice.' : 'Nothing has been recorded yet. Every opened message and meeting and every change under Admin will stand here.'}</Empty>
      )}
      {rows.items !== null && rows.items.length > 0 && (
        <Table label="Audit log" columns={['When', 'Who', 'Action', 'Target', 'Customer', 'Detail']} className={styles.columns}>
          {rows.items.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </Table>
      )}
      <More next={rows.next} />
    </>
  )
}
