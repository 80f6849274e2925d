import { Button, Field, Text, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Tenant } from '../../api/connections/model.ts'
import { Form, FormButtons } from '../parts/Form.tsx'
import { changeTenant } from './requests.ts'

function Editor({ tenant, done }: { tenant: Tenant; done: (changed: boolean) => void }) {
  const [before] = useState(tenant.mailboxes)
  const [text, setText] = useState(before.join(', '))
  const save = useMutation({ mutationFn: (mailboxes: string) => changeTenant(tenant.id, { mailboxes, mailboxesBefore: before }), onSuccess: () => done(true) })
  const problem = save.error === null ? null : save.error.problems.length === 0 ? save.error.message : save.error.problems.map(({ message }) => message).join(' ')
  return (
    <Form title={`Edit mailboxes of ${tenant.name}`} busy={save.isPending} onSubmit={() => save.mutate(text)}>
      <Field
        label="Technician mailboxes"
        hint="Separated by commas. A mailbox that you take off is never read again, and mail that only it held is deleted."
        {...(problem === null ? {} : { validationState: 'error', validationMessage: problem })}
      >
        <Textarea value={text} resize="vertical" spellCheck={false} onChange={(_, { value }) => setText(value)} />
      </Field>
      <FormButtons busy={save.isPending} submit="Save mailboxes" onCancel={() => done(false)} />
    </Form>
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
