import { Button, Field, Input, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { Tenant } from '../../api/connections/model.ts'
import type { CustomerRow } from '../../api/overview/model.ts'
import { useDeed } from '../client/deed.ts'
import { CustomerSelect } from '../customers/CustomerSelect.tsx'
import { Form, FormState } from '../parts/Form.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { problemAt } from '../parts/problems.ts'
import { Features } from './Features.tsx'
import { connect, testConnection, type ConnectionInput } from './requests.ts'
import { SecretExpiryField } from './SecretExpiryField.tsx'

const blank: ConnectionInput = { tenantId: '', clientId: '', clientSecret: '', mailboxes: '', secretExpiresOn: null, customerId: null }

const same = (one: ConnectionInput | undefined, other: ConnectionInput) => JSON.stringify(one) === JSON.stringify(other)

export interface ConnectionFormProps {
  /** Those that are not archived; null while nobody knows. */
  customers: readonly CustomerRow[] | null
  connected: readonly Tenant[]
  onSaved: (tenant: Tenant) => void
  onEdit: (tenant: Tenant) => void
  onCancel: () => void
}

/** Connects a tenant: Test asks Microsoft with exactly these values, and only what was tested can be saved. */
export function ConnectionForm({ customers, connected, onSaved, onEdit, onCancel }: ConnectionFormProps) {
  const styles = useFormStyles()
  const [values, setValues] = useState(blank)
  const [tested, setTested] = useState<ConnectionInput>()
  const test = useDeed({ mutationFn: testConnection, onSuccess: (_, input) => setTested(input) })
  const save = useDeed({ mutationFn: connect, onSuccess: onSaved })

  const busy = test.isPending || save.isPending
  const savable = same(tested, values) && !busy
  const last = save.submittedAt > test.submittedAt ? save : test
  // The answer may come after the person has typed on, and it is said of the values that were sent.
  const isSaid = same(last.variables, values)
  const error = isSaid ? last.error : null
  const success = isSaid && last === test ? test.data : undefined
  const lacking = error?.problems.filter(({ field }) => field === 'permissions') ?? []
  const problem = (field: keyof ConnectionInput) => problemAt(field, error?.problems)

  const change = (part: Partial<ConnectionInput>) => setValues((before) => ({ ...before, ...part }))
  // It can be tested like any other, but the service does not connect it once more.
  const known = connected.find(({ id }) => id === values.tenantId.trim().toLowerCase())

  return (
    <Form title="Connect a tenant" busy={busy} changed={!same(blank, values)} onSubmit={() => test.mutate(values)}>
      <Field label="Tenant ID" hint="Entra admin center, Overview." {...problem('tenantId')}>
        <Input value={values.tenantId} autoComplete="off" spellCheck={false} onChange={(_, { value }) => change({ tenantId: value })} />
      </Field>
      <Field label="Application (client) ID" hint="App registrations, your app, Overview." {...problem('clientId')}>
        <Input value={values.clientId} autoComplete="off" spellCheck={false} onChange={(_, { value }) => change({ clientId: value })} />
      </Field>
      <Field label="Client secret value" hint="The value, not the secret ID. It is stored encrypted and never shown again." {...problem('clientSecret')}>
        <Input type="password" value={values.clientSecret} autoComplete="new-password" onChange={(_, { value }) => change({ clientSecret: value })} />
      </Field>
      <SecretExpiryField value={values.secretExpiresOn} onChange={(secretExpiresOn) => change({ secretExpiresOn })} problem={problem('secretExpiresOn')} />
      <Field label="Whose tenant" {...problem('customerId')}>
        <CustomerSelect value={values.customerId ?? ''} none="Our own (the MSP’s)" customers={customers} onChange={(to) => change({ customerId: to === '' ? null : to })} />
      </Field>
      <Field
        label="Technician mailboxes"
        hint={`User principal names, separated by commas. No other mailbox is ever read.${values.customerId === null ? ' Your own tenant needs at least one.' : ''}`}
        {...problem('mailboxes')}
      >
        <Input value={values.mailboxes} autoComplete="off" spellCheck={false} onChange={(_, { value }) => change({ mailboxes: value })} />
      </Field>
      <FormState doing={test.isPending ? 'Asking Microsoft 365 …' : save.isPending ? 'Saving …' : ''} error={error} success={success?.message} />
      {success !== undefined && success.features.length > 0 && <Features features={success.features} />}
      {lacking.length > 0 && (
        <ul className={styles.list} aria-label="What is missing">
          {lacking.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {known !== undefined && (
        <div>
          <Text>{`${known.name} is connected already. `}</Text>
          <Button size="small" onClick={() => onEdit(known)}>{`Edit ${known.name}`}</Button>
        </div>
      )}
      <div className={styles.buttons}>
        <Button type="submit" appearance={savable ? 'secondary' : 'primary'} disabledFocusable={busy}>
          Test
        </Button>
        <Button appearance={savable ? 'primary' : 'secondary'} disabledFocusable={!savable} onClick={() => save.mutate(values)}>
          Save
        </Button>
        <Button appearance="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <Text size={200} className={styles.quiet}>
        Save is possible after a successful test of the same values.
      </Text>
    </Form>
  )
}
