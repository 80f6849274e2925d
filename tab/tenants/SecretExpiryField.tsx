import { Field, type FieldProps } from '@fluentui/react-components'
import { DayInput } from '../parts/DayInput.tsx'

/** The last day of a client secret, for where Outpost cannot read it: an app that is registered in another tenant. */
export function SecretExpiryField({ value, onChange, problem }: { value: string | null; onChange: (value: string | null) => void; problem: Pick<FieldProps, 'validationMessage'> }) {
  return (
    <Field label="The secret expires on" hint="Optional: Outpost reads it from Entra where it can, and reminds you before." {...problem}>
      <DayInput value={value} onChange={onChange} />
    </Field>
  )
}
