import { Field, Input, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Tenant } from '../../api/connections/model.ts'
import { useChange } from '../client/change.ts'
import { isOutage } from '../client/outage.ts'
import { Form, FormButtons, FormState } from '../parts/Form.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { useNow } from '../parts/now.ts'
import { problemAt } from '../parts/problems.ts'
import { useSession } from '../parts/session.ts'
import { changeTenant, type TenantChange } from './requests.ts'
import { SecretExpiryField } from './SecretExpiryField.tsx'
import { goneWords, secretWords } from './tenantWords.ts'

/** Takes new credentials of a tenant. The service asks Microsoft with them first; only ones that work replace the old. */
export function CredentialsForm({ tenant, gone, onSaved, onCancel }: { tenant: Tenant; gone: boolean; onSaved: () => void; onCancel: () => void }) {
  const styles = useFormStyles()
  const [clientId, setClientId] = useState(tenant.clientId)
  const [clientSecret, setClientSecret] = useState('')
  const [secretExpiresOn, setSecretExpiresOn] = useState<string | null>(null)
  const { locale } = useSession()
  const now = useNow()
  const { save, known, meanwhile, error } = useChange({
    of: tenant,
    send: (change: TenantChange, { revision }) => changeTenant(tenant.id, { ...change, revision }),
    onSuccess: onSaved,
    gone,
  })
  const submit = () => save.mutate({ clientId, clientSecret, secretExpiresOn })
  const problem = (field: string) => problemAt(field, save.error?.problems)
  return (
    <Form
      title={`Update credentials of ${tenant.name}`}
      busy={save.isPending}
      changed={clientId !== known.clientId || clientSecret !== '' || secretExpiresOn !== null}
      onSubmit={submit}
    >
      <Field label="Application (client) ID" hint="App registrations, your app, Overview." {...problem('clientId')}>
        <Input value={clientId} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setClientId(value)} />
      </Field>
      <Field label="New client secret value" hint="The value, not the secret ID. It is stored encrypted and never shown again." {...problem('clientSecret')}>
        <Input type="password" value={clientSecret} autoComplete="new-password" onChange={(_, { value }) => setClientSecret(value)} />
      </Field>
      <SecretExpiryField value={secretExpiresOn} onChange={setSecretExpiresOn} problem={problem('secretExpiresOn')} />
      <FormState
        doing={save.isPending ? 'Asking Microsoft 365 …' : ''}
        error={error}
        // Without an answer nobody knows whether they were replaced; of a tenant that is not connected any more there are none.
        more={isOutage(error) || error?.code === 'notFound' ? '' : 'The credentials that Outpost has stay in use.'}
      />
      {meanwhile !== null && (
        <Meanwhile
          noun="tenant"
          facts={[
            ['Application (client) ID', meanwhile.clientId],
            ['Client secret', `perhaps another one: it is never shown. ${secretWords(meanwhile.secretExpiresAt, now, locale).words}`],
            ['Mailboxes', meanwhile.mailboxes.map(asWritten).join(', ')],
          ]}
          onSave={submit}
          onTake={() => {
            setClientId(meanwhile.clientId)
            setClientSecret('')
            setSecretExpiresOn(null)
            save.reset()
          }}
        />
      )}
      <FormButtons busy={save.isPending} incomplete={meanwhile !== null} submit="Test and replace" gone={gone ? goneWords(tenant.name) : null} onCancel={onCancel} />
      <Text size={200} className={styles.quiet}>
        They are tested with Microsoft before they replace the old ones.
      </Text>
    </Form>
  )
}
