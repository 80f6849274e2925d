import { Button, Field, Text, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Tenant } from '../../api/connections/model.ts'
import { useChange } from '../client/change.ts'
import { Form, FormButtons } from '../parts/Form.tsx'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { changeTenant } from './requests.ts'
import { goneWords } from './tenantWords.ts'

function Editor({ tenant, gone, done }: { tenant: Tenant; gone: boolean; done: (changed: boolean) => void }) {
  const [text, setText] = useState(tenant.mailboxes.join(', '))
  const { save, known, meanwhile, error } = useChange({
    of: tenant,
    send: (mailboxes: string, { revision }) => changeTenant(tenant.id, { mailboxes, revision }),
    onSuccess: () => done(true),
    gone,
  })
  const problem = error === null ? null : error.problems.length === 0 ? error.message : error.problems.map(({ message }) => message).join(' ')
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
          onSave={() => save.mutate(text)}
          onTake={() => {
            setText(meanwhile.mailboxes.join(', '))
            save.reset()
          }}
        />
      )}
      <FormButtons busy={save.isPending} incomplete={meanwhile !== null} submit="Save mailboxes" gone={gone ? goneWords(tenant.name) : null} onCancel={() => done(false)} />
    </Form>
  )
}

export interface MailboxesProps {
  tenant: Tenant
  /** Whether it is not connected any more: then nothing is left but what is being typed. */
  gone: boolean
  editing: boolean
  onEdit: (editing: boolean) => void
  onChanged: () => void
}

/** The mailboxes that Outpost reads in this tenant, and the way to change the list. */
export function Mailboxes({ tenant, gone, editing, onEdit, onChanged }: MailboxesProps) {
  const count = tenant.mailboxes.length
  // Of many, all stand in the table of the streams.
  const named = tenant.mailboxes.slice(0, count > 5 ? 3 : 5).map(asWritten).join(', ') + (count > 5 ? ` and ${count - 3} more` : '')
  return (
    <div>
      {!gone && (
        <>
          <Text>{count === 0 ? 'No mailbox is read here. ' : `${count} ${count === 1 ? 'mailbox' : 'mailboxes'}: ${named} `}</Text>
          <Button size="small" aria-expanded={editing} onClick={() => onEdit(true)} aria-label={`Edit mailboxes of ${tenant.name}`}>
            Edit mailboxes
          </Button>
        </>
      )}
      {editing && (
        <Editor
          tenant={tenant}
          gone={gone}
          done={(changed) => {
            onEdit(false)
            if (changed) onChanged()
          }}
        />
      )}
    </div>
  )
}
