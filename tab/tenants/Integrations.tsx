import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useCallback, useRef, useState } from 'react'
import { api } from '../client/api.ts'
import { ConnectionForm } from './ConnectionForm.tsx'
import { useLoaded } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, Failed, Loading } from '../parts/States.tsx'
import { TenantCard } from './TenantCard.tsx'
import { disconnectedWords } from './tenantWords.ts'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  said: { marginTop: tokens.spacingVerticalM },
  list: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)', listStyleType: 'none', margin: `${tokens.spacingVerticalM} 0 0`, padding: 0 },
})

/** Admin → Integrations: Microsoft 365. The connected tenants, and the form that connects another one. */
export function Integrations() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const tenants = useLoaded('tenants', () => api.tenants(), { kinds: ['tenants', 'customers'] })
  const customers = useLoaded('customers', () => api.everyCustomer(false), { kinds: ['customers'] })
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const edited = useCallback(() => setEditing(null), [])
  const [said, setSaid] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const items = tenants.value?.items ?? null
  const nameOf = (customerId: string | null) => customers.value?.find(({ id }) => id === customerId)?.name ?? null

  return (
    <>
      <div className={styles.head}>
        <h2 className={panel.title} ref={heading} tabIndex={-1}>
          Microsoft 365
        </h2>
        <Button icon={<AddRegular />} appearance="primary" aria-expanded={adding} onClick={() => setAdding(true)}>
          Connect a tenant
        </Button>
      </div>
      <div role="status">
        {said !== '' && (
          <MessageBar className={styles.said} intent="success" layout="multiline">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {adding && (
        <ConnectionForm
          customers={customers.value ?? []}
          connected={items ?? []}
          onEdit={({ id }) => {
            setAdding(false)
            setEditing(id)
          }}
          onCancel={() => setAdding(false)}
          onSaved={(tenant) => {
            setAdding(false)
            setSaid(`${tenant.name} is connected.`)
            tenants.reload()
          }}
        />
      )}
      {tenants.error !== null && <Failed error={tenants.error} retry={tenants.reload} />}
      {customers.error !== null && <Failed error={customers.error} retry={customers.reload} />}
      {items === null && tenants.error === null && <Loading label="Loading tenants" />}
      {items?.length === 0 && !adding && (
        <Empty>No tenant is connected yet. Start with your own: its technician mailboxes hold the mail with your customers.</Empty>
      )}
      <ul className={styles.list} aria-label="Connected tenants">
        {items?.map((tenant) => (
          <TenantCard
            key={tenant.id}
            tenant={tenant}
            customerName={nameOf(tenant.customerId)}
            edit={editing === tenant.id}
            onEdited={edited}
            onChanged={tenants.reload}
            onDisconnected={({ name }, done) => {
              setSaid(disconnectedWords(name, done))
              tenants.reload()
              // The card goes, and the focus would go with it.
              heading.current?.focus()
            }}
          />
        ))}
      </ul>
    </>
  )
}
