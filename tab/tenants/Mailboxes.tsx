import { Button, Field, Text, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Tenant } from '../../api/connections/model.ts'
import { useChange } from '../client/change.ts'
import { Form, FormButtons } from '../parts/Form.tsx'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { changeTenant } from './requests.ts'

function Editor({ tenant, done }: { tenant: Tenant; done: (changed: boolean) => void }) {
  const [text, setText] = useState(tenant.mailboxes.join(', '))
  const { save, known, meanwhile } = useChange({
    of: tenant,
    send: (mailboxes: string, { revision }) => changeTenant(tenant.id, { mailboxes, revision }),
    onSuccess: () => done(true),
  })
  const problem = save.error === null || meanwhile !== null ? null : save.error.problems.length === 0 ? save.error.message : save.error.problems.map(({ message }) => message).join(' ')
  return (
    <Form title={`Edit mailboxes of ${tenant.name}`} busy={save.isPending} changed={text !== known.mailboxes.join(', ')} onSubmit={() => save.mutate(text)}>
      <Field
        label="Technician mailboxes"
        hint="Separated by commas. A mailbox that you take off is never read again, and mail that only it held is deleted."
        {...(problem === null ? {} : { validationState: 'error', validationMessage: problem })}
      >
        <Textarea value={text} resize="vertical" spellCheck={false} onChange={(_, { value }) => setText(value)} />
      </Field>
      {meanwhile !== null && (
        <Meanwhile
          noun="tenant"
          facts={[['Mailboxes', meanwhile.mailboxes.map(asWritten).join(', ')], ['Application (client) ID', meanwhile.clientId]]}
          onTake={() => {
            setText(meanwhile.mailboxes.join(', '))
            save.reset()
          }}
        />
      )}
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
  const named = tenant.mailboxes.slice(0, count > 5 ? 3 : 5).map(asWritten).join(', ') + (count > 5 ? ` and ${count - 3} more` : '')
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
