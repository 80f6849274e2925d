import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { useLoaded } from '../client/loading.ts'
import { everyCustomer } from '../customers/requests.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Said } from '../parts/Said.tsx'
import { Empty, LoadState } from '../parts/States.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { allTenants } from './requests.ts'
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
  const tenants = useLoaded(allTenants)
  const customers = useLoaded(everyCustomer(false))
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const items = tenants.value?.items ?? null
  const add = () => {
    setSaid('')
    setAdding(true)
  }
  const nameOf = (customerId: string | null) => customers.value?.find(({ id }) => id === customerId)?.name ?? null

  return (
    <>
      <div className={styles.head}>
        <h2 className={panel.title} ref={heading} tabIndex={-1}>
          Microsoft 365
        </h2>
        <Button icon={<AddRegular />} appearance="primary" aria-expanded={adding} onClick={add}>
          Connect a tenant
        </Button>
      </div>
      <Said words={said} className={styles.said} />
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
      <LoadState of={[tenants, customers]} label="Loading tenants" />
      {items?.length === 0 && !adding && (
        <Empty>No tenant is connected yet. Start with your own: its technician mailboxes hold the mail with your customers.</Empty>
      )}
      <ul className={styles.list} aria-label="Connected tenants">
        {items?.map((tenant) => (
          <TenantCard
            key={tenant.id}
            tenant={tenant}
            at={tenants.at}
            customerName={nameOf(tenant.customerId)}
            edit={editing === tenant.id}
            onEdited={() => setEditing(null)}
            onBegin={() => setSaid('')}
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
