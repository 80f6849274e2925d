// The one shape of a form that opens inside a page: a heading that takes the focus, fields, what came of it, buttons.
import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RequestFailed } from '../client/requestFailed.ts'
import { FormHeading } from './FormHeading.tsx'
import { useFormStyles } from './formStyles.ts'
import { useUnsaved } from './unsaved.ts'

export interface FormProps {
  title: string
  /** What it is called where its title is a question. */
  label?: string
  /** While it is being sent it cannot be sent once more. */
  busy: boolean
  /** Whether something in it would be lost by leaving it. */
  changed: boolean
  onSubmit: () => void
  children: ReactNode
}

export function Form({ title, label = title, busy, changed, onSubmit, children }: FormProps) {
  useUnsaved(changed)
  return (
    <form
      className={useFormStyles().form}
      aria-label={label}
      // The service judges what was entered; the browser's own bubbles would come before its words.
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onSubmit()
      }}
    >
      <FormHeading>{title}</FormHeading>
      {children}
    </form>
  )
}

export interface FormStateProps {
  /** What goes on, in words; empty when nothing does. */
  doing?: string
  error: RequestFailed | null
  /** What went well, where the form stays open. */
  success?: string | undefined
  /** More to say of the error. */
  more?: string
  intent?: 'error' | 'warning'
}

/** The error's sentence, unless it only says again what stands at the fields. */
const sentenceOf = ({ message, problems }: RequestFailed) =>
  problems.length > 0 && problems.every((problem) => message.includes(problem.message)) ? 'Some of the input cannot be used. Correct the marked fields.' : message

/** What became of sending the form, for screen readers too. */
export function FormState({ doing = '', error, success, more = '', intent = 'error' }: FormStateProps) {
  return (
    <div role="status">
      {doing !== '' && <Text>{doing}</Text>}
      {error !== null && (
        <MessageBar intent={intent} layout="multiline">
          <MessageBarBody>{more === '' ? sentenceOf(error) : `${sentenceOf(error)} ${more}`}</MessageBarBody>
        </MessageBar>
      )}
      {success !== undefined && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{success}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}

export interface FormButtonsProps {
  busy: boolean
  /** Whether something is missing without which it cannot be sent. */
  incomplete?: boolean
  submit: string
  /** In its place while the form is being sent. */
  submitting?: string
  cancel?: string
  /** Why nothing can be sent any more, in words: what the form is about went while it was open. Null while it is there. */
  gone?: string | null
  onCancel: () => void
}

export function FormButtons({ busy, incomplete = false, submit, submitting = submit, cancel = 'Cancel', gone = null, onCancel }: FormButtonsProps) {
  const styles = useFormStyles()
  return (
    <div>
      <div role="status">
        {gone !== null && (
          <MessageBar intent="warning" layout="multiline" className={styles.gone}>
            <MessageBarBody>{gone}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy || incomplete || gone !== null}>
          {busy ? submitting : submit}
        </Button>
        <Button onClick={onCancel}>{gone === null ? cancel : 'Close'}</Button>
      </div>
    </div>
  )
}
