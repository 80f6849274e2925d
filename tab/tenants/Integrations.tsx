import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import type { Tenant } from '../../api/connections/model.ts'
import { useLoaded } from '../client/loading.ts'
import { everyCustomer } from '../customers/requests.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Said } from '../parts/Said.tsx'
import { Empty, LoadState } from '../parts/States.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { allTenants } from './requests.ts'
import { TenantCard, type TenantForm } from './TenantCard.tsx'
import { disconnectedWords } from './tenantWords.ts'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  said: { marginTop: tokens.spacingVerticalM },
  list: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)', listStyleType: 'none', margin: `${tokens.spacingVerticalM} 0 0`, padding: 0 },
})

/** By tenant the form that is open in its card, and the tenant as it was when that was opened. */
type OpenForms = ReadonlyMap<string, { tenant: Tenant; form: TenantForm }>

/** The connected tenants, and those that went while a form of theirs was open: what somebody types does not go with them. In the order of the list. */
function withOpen(connected: readonly Tenant[], forms: OpenForms): { tenant: Tenant; gone: boolean }[] {
  const left = [...forms.values()].map(({ tenant }) => tenant).filter(({ id }) => !connected.some((one) => one.id === id))
  const rows = [...connected.map((tenant) => ({ tenant, gone: false })), ...left.map((tenant) => ({ tenant, gone: true }))]
  return rows.sort((a, b) => a.tenant.connectedAt.localeCompare(b.tenant.connectedAt))
}

/** Admin → Integrations: Microsoft 365. The connected tenants, and the form that connects another one. */
export function Integrations() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const tenants = useLoaded(allTenants)
  const customers = useLoaded(everyCustomer(false))
  const [adding, setAdding] = useState(false)
  const [forms, setForms] = useState<OpenForms>(new Map())
  const [said, setSaid] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const items = tenants.value?.items ?? null
  const setForm = (tenant: Tenant, form: TenantForm | null) =>
    setForms((before) => {
      const others = [...before].filter(([id]) => id !== tenant.id)
      return new Map(form === null ? others : [...others, [tenant.id, { tenant, form }]])
    })
  const rows = items === null ? null : withOpen(items, forms)
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
          customers={customers.value}
          connected={items ?? []}
          onEdit={(tenant) => {
            setAdding(false)
            setForm(tenant, tenant.kind === 'msp' ? 'mailboxes' : 'credentials')
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
      {rows?.length === 0 && !adding && (
        <Empty>No tenant is connected yet. Start with your own: its technician mailboxes hold the mail with your customers.</Empty>
      )}
      <ul className={styles.list} aria-label="Connected tenants">
        {rows?.map(({ tenant, gone }) => (
          <TenantCard
            key={tenant.id}
            tenant={tenant}
            at={tenants.at}
            customerName={nameOf(tenant.customerId)}
            form={forms.get(tenant.id)?.form ?? null}
            onForm={(form) => {
              setForm(tenant, form)
              // The card goes with the form, and the focus would go with it.
              if (gone) heading.current?.focus()
            }}
            gone={gone}
            onBegin={() => setSaid('')}
            onChanged={tenants.reload}
            onDisconnected={(of, done) => {
              setSaid(disconnectedWords(of.name, done))
              setForm(of, null)
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
