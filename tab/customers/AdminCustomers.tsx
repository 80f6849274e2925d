import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Customer } from '../../api/customers/model.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import { useDeed } from '../client/deed.ts'
import { usePages, type Pages } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Said } from '../parts/Said.tsx'
import { Empty, Failed, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { leaveForm } from '../parts/unsaved.ts'
import { CustomerForm, type DomainOffer } from './CustomerForm.tsx'
import { changeCustomer, customersListed } from './requests.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.5fr) minmax(0, 1.5fr) minmax(0, 1.2fr) 140px' },
  name: { fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
  said: { marginBottom: tokens.spacingVerticalM },
  list: { marginBottom: tokens.spacingVerticalXXL },
})

/** A customer to be archived, or to be restored. */
interface Archiving {
  customer: Customer
  archived: boolean
  /** Whether it undoes another one; that is not offered to be undone itself. */
  undoing?: true
}

interface ListProps {
  label: string
  empty: string
  customers: Pages<CustomerList>
  edit: (customer: Customer) => void
  archive: (customer: Customer, archived: boolean) => void
}

function List({ label, empty, customers, edit, archive }: ListProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <div className={styles.list}>
      <LoadState of={customers} label="Loading customers" />
      {customers.items?.length === 0 && <Empty>{empty}</Empty>}
      {customers.items !== null && customers.items.length > 0 && (
        <Table label={label} columns={['Name', 'Domains', 'Tenants', 'Change']} className={styles.columns}>
          {customers.items.map((customer) => (
            <TableRow key={customer.id} className={styles.columns}>
              <TableCell>
                <span className={styles.name}>{customer.name}</span>
                {customer.aliases.length > 0 && <Text size={200} block className={panel.quiet}>{`Also ${customer.aliases.join(', ')}`}</Text>}
              </TableCell>
              <TableCell label="Domains">{customer.domains.length === 0 ? 'None yet' : customer.domains.map(asWritten).join(', ')}</TableCell>
              <TableCell label="Tenants">
                {customer.tenants.length === 0 ? 'None connected' : customer.tenants.map((tenant) => tenant.name).join(', ')}
              </TableCell>
              <TableCell className={styles.buttons}>
                <Button size="small" aria-label={`Edit ${customer.name}`} onClick={() => edit(customer)}>
                  Edit
                </Button>
                <Button size="small" aria-label={`${customer.archived ? 'Restore' : 'Archive'} ${customer.name}`} onClick={() => archive(customer, !customer.archived)}>
                  {customer.archived ? 'Restore' : 'Archive'}
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </Table>
      )}
      <More next={customers.next} />
    </div>
  )
}

/** Admin → Customers: who is looked after, under which domains; archived ones below. The last archiving can be undone. */
export function AdminCustomers({ offer }: { offer: DomainOffer }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const living = usePages(customersListed(false))
  const archived = usePages(customersListed(true))
  const [editing, setEditing] = useState<Customer | 'new' | null>(null)
  const [said, setSaid] = useState<{ words: string; undo?: Archiving }>({ words: '' })
  const heading = useRef<HTMLHeadingElement>(null)

  const reload = () => {
    living.reload()
    archived.reload()
  }
  const archiving = useDeed({
    mutationFn: ({ customer, archived: to }: Archiving) => changeCustomer(customer.id, { archived: to, revision: customer.revision }),
    onMutate: () => setSaid({ words: '' }),
    onSuccess: (customer, { archived: to, undoing }) => {
      setSaid({ words: `${customer.name} was ${to ? 'archived' : 'restored'}.`, ...(undoing ? {} : { undo: { customer, archived: !to, undoing: true } }) })
      reload()
      // The button that was pressed goes, and the focus would go with it.
      heading.current?.focus()
    },
    // What somebody else has made of it is to be seen before it is tried again.
    onError: reload,
  })
  const archive = (customer: Customer, to: boolean) => archiving.mutate({ customer, archived: to })
  const undo = said.undo
  // Another form takes the place of the one that is open.
  const open = (to: Customer | 'new') => {
    if (to === editing || (to !== 'new' && editing !== 'new' && to.id === editing?.id)) return
    leaveForm(() => {
      setSaid({ words: '' })
      archiving.reset()
      setEditing(to)
    })
  }

  return (
    <>
      <div className={panel.head}>
        <h2 className={panel.title} ref={heading} tabIndex={-1}>
          Customers
        </h2>
        <Button icon={<AddRegular />} appearance="primary" onClick={() => open('new')}>
          Add a customer
        </Button>
      </div>
      <Said words={said.words} className={styles.said} action={undo && <Button onClick={() => archiving.mutate(undo)}>Undo</Button>} />
      {archiving.error !== null && <Failed error={archiving.error} />}
      {editing !== null && (
        <CustomerForm
          key={editing === 'new' ? 'new' : editing.id}
          customer={editing === 'new' ? null : editing}
          offer={offer}
          onCancel={() => setEditing(null)}
          onSaved={(saved) => {
            setSaid({ words: editing === 'new' ? `${saved.name} was added.` : `${saved.name} was changed.` })
            setEditing(null)
            reload()
          }}
        />
      )}
      <List label="Customers" empty="There is no customer yet. Add the first one." customers={living} edit={open} archive={archive} />
      <div className={panel.head}>
        <h2 className={panel.title}>Archived customers</h2>
      </div>
      <List label="Archived customers" empty="No customer is archived." customers={archived} edit={open} archive={archive} />
    </>
  )
}
