import { Text } from '@fluentui/react-components'
import type { Disconnection, Tenant } from '../../api/connections/model.ts'
import { useDeed } from '../client/deed.ts'
import { Form, FormButtons } from '../parts/Form.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { Failed } from '../parts/States.tsx'
import { disconnect } from './requests.ts'

interface DisconnectFormProps {
  tenant: Tenant
  /** Whether it is not connected any more. */
  gone: boolean
  onDone: (done: Disconnection) => void
  onCancel: () => void
}

/** Asks before a tenant is disconnected, and says what goes with it. */
export function DisconnectForm({ tenant, gone, onDone, onCancel }: DisconnectFormProps) {
  const styles = useFormStyles()
  const disconnection = useDeed({ mutationFn: () => disconnect(tenant.id), onSuccess: onDone })
  // The list may be there before the answer to what was done here.
  const isLate = gone && !disconnection.isPending && !disconnection.isSuccess
  const count = tenant.mailboxes.length
  return (
    <Form label={`Disconnect ${tenant.name}`} title={`Disconnect ${tenant.name}?`} busy={disconnection.isPending} changed={false} onSubmit={() => disconnection.mutate()}>
      <Text>Outpost stops reading this tenant and deletes what it has read from it:</Text>
      <ul className={styles.list}>
        {count > 0 && <li>{`mail and meetings that only its ${count === 1 ? 'mailbox holds' : `${count} mailboxes hold`}`}</li>}
        <li>its accounts, with their roles, MFA registration and licences</li>
        <li>the stored client secret</li>
      </ul>
      <Text>Nothing changes in Microsoft 365. This cannot be undone here; connecting the tenant again reads everything anew.</Text>
      {!isLate && disconnection.error !== null && <Failed error={disconnection.error} />}
      <FormButtons busy={disconnection.isPending} submit="Disconnect and delete" submitting="Disconnecting …" cancel="Keep it" gone={isLate ? `Somebody else has disconnected ${tenant.name} meanwhile. Nothing is left to do here: close this form.` : null} onCancel={onCancel} />
    </Form>
  )
}
