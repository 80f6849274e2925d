import { Button, Field, Input, MessageBar, MessageBarBody, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { problemAt } from '../parts/problems.ts'
import { SecretExpiryField } from './SecretExpiryField.tsx'

/** Takes new credentials of a tenant. The service asks Microsoft with them first; only ones that work replace the old. */
export function CredentialsForm({ tenant, onSaved, onCancel }: { tenant: Tenant; onSaved: () => void; onCancel: () => void }) {
  const styles = useFormStyles()
  const [clientId, setClientId] = useState(tenant.clientId)
  const [clientSecret, setClientSecret] = useState('')
  const [secretExpiresOn, setSecretExpiresOn] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<RequestFailed | null>(null)

  const problem = (field: string) => problemAt(field, error?.problems)
  const save = () => {
    setBusy(true)
    setError(null)
    api.changeTenant(tenant.id, { clientId, clientSecret, secretExpiresOn }).then(onSaved, (thrown: unknown) => {
      setError(asRequestFailed(thrown))
      setBusy(false)
    })
  }

  return (
    <form
      className={styles.form}
      aria-label={`Update credentials of ${tenant.name}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) save()
      }}
    >
      <FormHeading>{`Update credentials of ${tenant.name}`}</FormHeading>
      <Field label="Application (client) ID" hint="App registrations, your app, Overview." {...problem('clientId')}>
        <Input value={clientId} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setClientId(value)} />
      </Field>
      <Field label="New client secret value" hint="The value, not the secret ID. It is stored encrypted and never shown again." {...problem('clientSecret')}>
        <Input type="password" value={clientSecret} autoComplete="new-password" onChange={(_, { value }) => setClientSecret(value)} />
      </Field>
      <SecretExpiryField value={secretExpiresOn} onChange={setSecretExpiresOn} problem={problem('secretExpiresOn')} />
      <div role="status" aria-live="polite">
        {busy && <Text>Asking Microsoft 365 …</Text>}
        {error !== null && (
          <MessageBar intent="error" layout="multiline">
            {/* Without an answer nobody knows whether they were replaced. */}
            <MessageBarBody>{error.status === 0 ? error.message : `${error.message} The credentials that Outpost has stay in use.`}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          Test and replace
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
      <Text size={200} className={styles.quiet}>
        They are tested with Microsoft before they replace the old ones.
      </Text>
    </form>
  )
}
