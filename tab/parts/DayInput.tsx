import { Input } from '@fluentui/react-components'
import { useSession } from './session.ts'

export interface DayInputProps {
  /** YYYY-MM-DD; null while there is none. */
  value: string | null
  onChange: (value: string | null) => void
}

/** A day, typed or picked: the browser's own field, which knows keyboard, language and how to be cleared. Its icon follows the theme. */
export function DayInput({ value, onChange, ...field }: DayInputProps) {
  const { colours } = useSession()
  return <Input {...field} type="date" value={value ?? ''} input={{ style: { minWidth: 0, colorScheme: colours.scheme } }} onChange={(_, { value: day }) => onChange(day === '' ? null : day)} />
}
