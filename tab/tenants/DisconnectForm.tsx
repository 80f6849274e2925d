import { Button, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { Disconnection, Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { Failed } from '../parts/States.tsx'

/** Asks before a tenant is disconnected, and says what goes with it. */
export function DisconnectForm({ tenant, onDone, onCancel }: { tenant: Tenant; onDone: (done: Disconnection) => void; onCancel: () => void }) {
  const styles = useFormStyles()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<RequestFailed | null>(null)
  const count = tenant.mailboxes.length
  const disconnect = () => {
    setBusy(true)
    setError(null)
    api.disconnect(tenant.id).then(onDone, (thrown: unknown) => {
      setError(asRequestFailed(thrown))
      setBusy(false)
    })
  }
  return (
    <form
      className={styles.form}
      aria-label={`Disconnect ${tenant.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) disconnect()
      }}
    >
      <FormHeading>{`Disconnect ${tenant.name}?`}</FormHeading>
      <Text>Outpost stops reading this tenant and deletes what it has read from it:</Text>
      <ul className={styles.list}>
        {count > 0 && <li>{`mail and meetings that only its ${count === 1 ? 'mailbox holds' : `${count} mailboxes hold`}`}</li>}
        <li>its accounts, with their roles, MFA registration and licences</li>
        <li>the stored client secret</li>
      </ul>
      <Text>Nothing changes in Microsoft 365. This cannot be undone here; connecting the tenant again reads everything anew.</Text>
      {error !== null && <Failed error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {busy ? 'Disconnecting …' : 'Disconnect and delete'}
        </Button>
        <Button onClick={onCancel}>Keep it</Button>
      </div>
    </form>
  )
}
