import { Button, Field, Input, MessageBar, MessageBarBody, Select, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { CustomerRow } from '../../api/model/customer.ts'
import type { Feature, Tenant } from '../../api/model/tenant.ts'
import { api, type ConnectionForm as Values } from '../client/api.ts'
import { asRequestFailed, type Problem } from '../client/request.ts'
import { Features } from './Features.tsx'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { problemAt } from '../parts/problems.ts'
import { SecretExpiryField } from './SecretExpiryField.tsx'

const blank: Values = { tenantId: '', clientId: '', clientSecret: '', mailboxes: '', secretExpiresOn: null, customerId: null }

interface Result {
  /** The values that it was said of. */
  of: string
  intent: 'success' | 'error'
  message: string
  problems: readonly Problem[]
  features: readonly Feature[]
}

export interface ConnectionFormProps {
  customers: readonly CustomerRow[]
  connected: readonly Tenant[]
  onSaved: (tenant: Tenant) => void
  onEdit: (tenant: Tenant) => void
  onCancel: () => void
}

/** Connects a tenant: Test asks Microsoft with exactly these values, and only what was tested can be saved. */
export function ConnectionForm({ customers, connected, onSaved, onEdit, onCancel }: ConnectionFormProps) {
  const styles = useFormStyles()
  const [values, setValues] = useState(blank)
  const [tested, setTested] = useState<string | null>(null)
  const [busy, setBusy] = useState<'test' | 'save' | null>(null)
  const [result, setResult] = useState<Result | null>(null)

  const state = JSON.stringify(values)
  const savable = tested === state && busy === null

  // The answer may come after the person has typed on.
  const said = result?.of === state ? result : null

  const change = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }))
  // It can be tested like any other, but the service does not connect it once more.
  const known = connected.find(({ id }) => id === values.tenantId.trim().toLowerCase())
  const lacking = said?.problems.filter(({ field }) => field === 'permissions') ?? []
  const problem = (field: keyof Values) => problemAt(field, said?.problems)
  const failed = (thrown: unknown) => {
    const { message, problems } = asRequestFailed(thrown)
    setResult({ of: state, intent: 'error', message, problems, features: [] })
  }

  const test = () => {
    setBusy('test')
    setResult(null)
    api
      .testConnection(values)
      .then(({ message, features }) => {
        setTested(state)
        setResult({ of: state, intent: 'success', message, problems: [], features })
      }, failed)
      .finally(() => setBusy(null))
  }
  const save = () => {
    setBusy('save')
    api
      .connect(values)
      .then(onSaved, failed)
      .finally(() => setBusy(null))
  }

  return (
    <form
      className={styles.form}
      aria-label="Connect a tenant"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (busy === null) test()
      }}
    >
      <FormHeading>Connect a tenant</FormHeading>
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
        <Select className={styles.choice} select={{ className: styles.choice }} value={values.customerId ?? ''} onChange={(_, { value }) => change({ customerId: value === '' ? null : value })}>
          <option value="">Our own (the MSP’s)</option>
          {customers.map((customer) => (
            <option key={customer.id} value={customer.id}>
              {customer.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Technician mailboxes"
        hint={`User principal names, separated by commas. No other mailbox is ever read.${values.customerId === null ? ' Your own tenant needs at least one.' : ''}`}
        {...problem('mailboxes')}
      >
        <Input value={values.mailboxes} autoComplete="off" spellCheck={false} onChange={(_, { value }) => change({ mailboxes: value })} />
      </Field>
      <div role="status" aria-live="polite">
        {busy === 'test' && <Text>Asking Microsoft 365 …</Text>}
        {busy === 'save' && <Text>Saving …</Text>}
        {busy === null && said !== null && (
          <MessageBar intent={said.intent} layout="multiline">
            <MessageBarBody>{said.message}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {busy === null && said !== null && said.features.length > 0 && <Features features={said.features} />}
      {busy === null && lacking.length > 0 && (
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
        <Button type="submit" appearance={savable ? 'secondary' : 'primary'} disabledFocusable={busy !== null}>
          Test
        </Button>
        <Button appearance={savable ? 'primary' : 'secondary'} disabledFocusable={!savable} onClick={save}>
          Save
        </Button>
        <Button appearance="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <Text size={200} className={styles.quiet}>
        Save is possible after a successful test of the same values.
      </Text>
    </form>
  )
}
