import { Button, MessageBar, MessageBarActions, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import type { Customer, CustomerList, CustomerRow } from '../../api/model/customer.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { CustomerForm } from './CustomerForm.tsx'
import { usePages, type Pages } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, Failed, Loading, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.5fr) minmax(0, 1.5fr) minmax(0, 1.2fr) 140px' },
  name: { fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
  said: { marginBottom: tokens.spacingVerticalM },
  list: { marginBottom: tokens.spacingVerticalXXL },
})

interface ListProps {
  label: string
  empty: string
  customers: Pages<CustomerRow, CustomerList>
  edit: (customer: Customer) => void
  archive: (customer: Customer, archived: boolean) => void
}

function List({ label, empty, customers, edit, archive }: ListProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <div className={styles.list}>
      {customers.error !== null && <Failed error={customers.error} retry={customers.reload} />}
      {customers.items === null && customers.error === null && <Loading label="Loading customers" />}
      {customers.items?.length === 0 && <Empty>{empty}</Empty>}
      {customers.items !== null && customers.items.length > 0 && (
        <Table label={label} columns={['Name', 'Domains', 'Tenants', 'Change']} className={styles.columns}>
          {customers.items.map((customer) => (
            <TableRow key={customer.id} className={styles.columns}>
              <TableCell>
                <span className={styles.name}>{customer.name}</span>
                {customer.aliases.length > 0 && <Text size={200} block className={panel.quiet}>{`Also ${customer.aliases.join(', ')}`}</Text>}
              </TableCell>
              <TableCell label="Domains">{customer.domains.length === 0 ? 'None yet' : customer.domains.join(', ')}</TableCell>
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
export function AdminCustomers() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const living = usePages<CustomerRow, CustomerList>('living', (after) => api.customers({ after, archived: false }), { kinds: ['customers'] })
  const archived = usePages<CustomerRow, CustomerList>('archived', (after) => api.customers({ after, archived: true }), { kinds: ['customers'] })
  const [editing, setEditing] = useState<Customer | 'new' | null>(null)
  const [done, setDone] = useState<{ words: string; undo: (() => void) | null } | null>(null)
  const [error, setError] = useState<RequestFailed | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)

  const reload = () => {
    living.reload()
    archived.reload()
  }
  const archive = (customer: Customer, to: boolean, undone = false) => {
    setError(null)
    api.changeCustomer(customer.id, { archived: to }).then(
      () => {
        setDone({
          words: `${customer.name} was ${to ? 'archived' : 'restored'}.`,
          undo: undone ? null : () => archive(customer, !to, true),
        })
        reload()
        // The button that was pressed goes, and the focus would go with it.
        heading.current?.focus()
      },
      (thrown: unknown) => setError(asRequestFailed(thrown)),
    )
  }

  return (
    <>
      <div className={panel.head}>
        <h2 className={panel.title} ref={heading} tabIndex={-1}>
          Customers
        </h2>
        <Button icon={<AddRegular />} appearance="primary" onClick={() => setEditing('new')}>
          Add a customer
        </Button>
      </div>
      <div role="status">
        {done !== null && (
          <MessageBar className={styles.said} intent="success">
            <MessageBarBody>{done.words}</MessageBarBody>
            {done.undo !== null && (
              <MessageBarActions>
                <Button onClick={done.undo}>Undo</Button>
              </MessageBarActions>
            )}
          </MessageBar>
        )}
      </div>
      {error !== null && <Failed error={error} />}
      {editing !== null && (
        <CustomerForm
          key={editing === 'new' ? 'new' : editing.id}
          customer={editing === 'new' ? null : editing}
          onCancel={() => setEditing(null)}
          onSaved={(saved) => {
            setDone({ words: editing === 'new' ? `${saved.name} was added.` : `${saved.name} was changed.`, undo: null })
            setEditing(null)
            reload()
          }}
        />
      )}
      <List label="Customers" empty="There is no customer yet. Add the first one." customers={living} edit={setEditing} archive={archive} />
      <div className={panel.head}>
        <h2 className={panel.title}>Archived customers</h2>
      </div>
      <List label="Archived customers" empty="No customer is archived." customers={archived} edit={setEditing} archive={archive} />
    </>
  )
}
