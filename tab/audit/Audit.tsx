import { Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AuditAction } from '../../api/access/auditModel.ts'
import { usePages } from '../client/loading.ts'
import { ExportButton } from '../parts/ExportButton.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { columnTime, ownZone } from '../parts/time.ts'
import { auditWords, peopleIn, type Person } from './auditWords.ts'
import { auditCsv, auditLog, type AuditFilter } from './requests.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.3fr) minmax(0, 1.1fr) minmax(0, 1.5fr) minmax(0, 1.7fr) minmax(0, 1.4fr)' },
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalL, marginBlock: tokens.spacingVerticalS },
  choice: { minWidth: 0, flex: '1 1 200px', maxWidth: '320px' },
})

interface FilterProps {
  filter: AuditFilter
  people: readonly Person[]
  onChange: (filter: AuditFilter) => void
}

function Filter({ filter, people, onChange }: FilterProps) {
  const styles = useStyles()
  const form = useFormStyles()
  return (
    <>
      <Field label="Action" className={styles.choice}>
        <Select className={form.choice} select={{ className: form.choice }} value={filter.action ?? ''} onChange={(_, { value }) => onChange({ ...filter, action: value === '' ? null : (value as AuditAction) })}>
          <option value="">Every action</option>
          {Object.entries(auditWords).map(([action, words]) => (
            <option key={action} value={action}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Person" className={styles.choice}>
        <Select className={form.choice} select={{ className: form.choice }} value={filter.userId ?? ''} onChange={(_, { value }) => onChange({ ...filter, userId: value === '' ? null : value })}>
          <option value="">Everybody</option>
          {people.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </>
  )
}

/** Admin → Audit: who did what to what, newest first. The rows hold ids; names are looked up when they are shown. */
export function Audit() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { locale } = useSession()
  const [filter, setFilter] = useState<AuditFilter>({ action: null, userId: null })
  const rows = usePages(auditLog(filter))
  // Whoever was seen once stays to be chosen, also when the filter hides their rows.
  const [seen, setSeen] = useState<Person[]>([])
  const people = peopleIn(seen, rows.items ?? [])
  if (people !== seen) setSeen(people)
  const filtered = filter.action !== null || filter.userId !== null
  return (
    <>
      <h2 className={panel.title}>Audit</h2>
      <Text size={200} className={panel.quiet}>{`Newest first, times in ${ownZone()}.`}</Text>
      <div className={styles.tools}>
        <Filter filter={filter} people={people} onChange={setFilter} />
        <ExportButton what="audit" fetch={() => auditCsv(filter)} />
      </div>
      <LoadState of={rows} label="Loading audit log" />
      {rows.items?.length === 0 && (
        <Empty>{filtered ? 'Nothing is recorded for this choice.' : 'Nothing has been recorded yet. Every opened message and meeting and every change under Admin will stand here.'}</Empty>
      )}
      {rows.items !== null && rows.items.length > 0 && (
        <Table label="Audit log" columns={['When', 'Who', 'Action', 'Target', 'Detail']} className={styles.columns}>
          {rows.items.map((row) => (
            <TableRow key={row.id} className={styles.columns}>
              <TableCell>
                <time dateTime={row.at}>{columnTime(row.at, locale)}</time>
              </TableCell>
              <TableCell label="Who">{row.userName ?? row.userId}</TableCell>
              <TableCell label="Action">{auditWords[row.action]}</TableCell>
              <TableCell label="Target">
                <Text size={200} font="monospace" className={panel.quiet}>
                  {row.target}
                </Text>
              </TableCell>
              <TableCell label={row.detail === null ? undefined : 'Detail'}>{row.detail}</TableCell>
            </TableRow>
          ))}
        </Table>
      )}
      <More next={rows.next} />
    </>
  )
}
