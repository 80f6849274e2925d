import { Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { CustomerRow } from '../../api/overview/model.ts'
import { useFormStyles } from '../parts/formStyles.ts'

type Choice = Pick<CustomerRow, 'id' | 'name'>

export interface CustomerSelectProps {
  /** The id of the chosen customer; empty for none. */
  value: string
  /** What it is called that no customer is chosen. */
  none: string
  /** Those that are not archived; null while nobody knows. */
  customers: readonly CustomerRow[] | null
  /** The one that was chosen before the form was opened, which may be archived by now. */
  before?: Choice | null
  onChange: (customerId: string) => void
}

/** Chooses a customer. One that is archived while it is chosen stays to be seen: what is shown is what is sent. */
export function CustomerSelect({ value, none, customers, before = null, onChange }: CustomerSelectProps) {
  const styles = useFormStyles()
  const [chosen, setChosen] = useState(before)
  const listed = customers ?? []
  const named = [chosen, before].find((one) => one?.id === value)?.name ?? 'One customer'
  const missing = value === '' || listed.some(({ id }) => id === value) ? [] : [{ id: value, name: `${named}${customers === null ? '' : ' (archived)'}` }]
  return (
    <Select
      className={styles.choice}
      select={{ className: styles.choice }}
      value={value}
      onChange={(_, { value: to }) => {
        setChosen(listed.find(({ id }) => id === to) ?? null)
        onChange(to)
      }}
    >
      <option value="">{none}</option>
      {[...missing, ...listed].map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
