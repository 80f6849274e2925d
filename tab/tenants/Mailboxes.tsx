import { Button, Field, Text, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'
import { asRequestFailed } from '../client/request.ts'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'

function Editor({ tenant, done }: { tenant: Tenant; done: (changed: boolean) => void }) {
  const styles = useFormStyles()
  const [before] = useState(tenant.mailboxes)
  const [text, setText] = useState(before.join(', '))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const save = () => {
    setBusy(true)
    setProblem(null)
    api.changeTenant(tenant.id, { mailboxes: text, mailboxesBefore: before }).then(
      () => done(true),
      (thrown: unknown) => {
        const { message, problems } = asRequestFailed(thrown)
        setProblem(problems.length === 0 ? message : problems.map((one) => one.message).join(' '))
        setBusy(false)
      },
    )
  }

  return (
    <form
      className={styles.form}
      aria-label={`Edit mailboxes of ${tenant.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) save()
      }}
    >
      <FormHeading>{`Edit mailboxes of ${tenant.name}`}</FormHeading>
      <Field
        label="Technician mailboxes"
        hint="Separated by commas. A mailbox that you take off is never read again, and mail that only it held is deleted."
        {...(problem === null ? {} : { validationState: 'error', validationMessage: problem })}
      >
        <Textarea value={text} resize="vertical" spellCheck={false} onChange={(_, { value }) => setText(value)} />
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          Save mailboxes
        </Button>
        <Button onClick={() => done(false)}>Cancel</Button>
      </div>
    </form>
  )
}

export interface MailboxesProps {
  tenant: Tenant
  editing: boolean
  onEdit: (editing: boolean) => void
  onChanged: () => void
}

/** The mailboxes that Outpost reads in this tenant, and the way to change the list. */
export function Mailboxes({ tenant, editing, onEdit, onChanged }: MailboxesProps) {
  const count = tenant.mailboxes.length
  // Of many, all stand in the table of the streams.
  const named = count > 5 ? `${tenant.mailboxes.slice(0, 3).join(', ')} and ${count - 3} more` : tenant.mailboxes.join(', ')
  return (
    <div>
      <Text>{count === 0 ? 'No mailbox is read here. ' : `${count} ${count === 1 ? 'mailbox' : 'mailboxes'}: ${named} `}</Text>
      <Button size="small" aria-expanded={editing} onClick={() => onEdit(true)} aria-label={`Edit mailboxes of ${tenant.name}`}>
        Edit mailboxes
      </Button>
      {editing && (
        <Editor
          tenant={tenant}
          done={(changed) => {
            onEdit(false)
            if (changed) onChanged()
          }}
        />
      )}
    </div>
  )
}
