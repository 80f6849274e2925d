import { Button, Field, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { AuditAction } from '../../api/access/auditModel.ts'
import { actionWords } from '../../api/audit/actionWords.ts'
import { DayInput } from '../parts/DayInput.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import type { Person } from './people.ts'
import type { AuditFilter } from './requests.ts'

const useStyles = makeStyles({
  choice: { minWidth: 0, flex: '1 1 200px', maxWidth: '320px' },
  day: { minWidth: 0, flex: '1 1 160px', maxWidth: '180px' },
})

type Days = Pick<AuditFilter, 'from' | 'to'>

/** While a year is being typed it is 2, 20 and 202. */
const isTyped = (day: string | null) => day === null || day >= '1000'
const isBackwards = ({ from, to }: Days) => from !== null && to !== null && from > to

/** The first and the last day that are wanted. What makes no sense is said, and not asked for. */
function DayFields({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const styles = useStyles()
  const [typed, setTyped] = useState(days)
  const whole = isTyped(typed.from) && isTyped(typed.to)
  const change = (part: Partial<Days>) => {
    const next = { ...typed, ...part }
    setTyped(next)
    if (isTyped(next.from) && isTyped(next.to) && !isBackwards(next)) onChange(next)
  }
  const problem = whole && isBackwards(typed) ? ({ validationState: 'error', validationMessage: 'The last day lies before the first. The list stays as it was.' } as const) : {}
  return (
    <>
      <Field label="First day" className={styles.day}>
        <DayInput value={typed.from} onChange={(from) => change({ from })} />
      </Field>
      <Field label="Last day" className={styles.day} {...problem}>
        <DayInput value={typed.to} onChange={(to) => change({ to })} />
      </Field>
      {/* It stays when there is nothing to clear: the focus would go with it. */}
      <Button appearance="subtle" disabledFocusable={typed.from === null && typed.to === null} onClick={() => change({ from: null, to: null })}>
        Clear days
      </Button>
    </>
  )
}

interface FilterProps {
  filter: AuditFilter
  people: readonly Person[]
  onChange: (filter: AuditFilter) => void
}

/** Which rows of the audit log are wanted: by action, by person, by days. */
export function Filter({ filter, people, onChange }: FilterProps) {
  const styles = useStyles()
  const form = useFormStyles()
  return (
    <>
      <Field label="Action" className={styles.choice}>
        <Select className={form.choice} select={{ className: form.choice }} value={filter.action ?? ''} onChange={(_, { value }) => onChange({ ...filter, action: value === '' ? null : (value as AuditAction) })}>
          <option value="">Every action</option>
          {Object.entries(actionWords).map(([action, words]) => (
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
      <DayFields days={filter} onChange={({ from, to }) => onChange({ ...filter, from, to })} />
    </>
  )
}
