import { makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { CustomerList, CustomerRow } from '../../api/overview/model.ts'
import { usePages } from '../client/loading.ts'
import { useSettled } from '../parts/settled.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell } from '../parts/Table.tsx'
import { Time } from '../parts/Time.tsx'
import { ViewTitle } from '../parts/ViewTitle.tsx'
import { CoverageBar } from '../posture/CoverageBar.tsx'
import { coverageShort } from '../posture/coverageWords.ts'
import { FindingCount } from '../posture/FindingCount.tsx'
import { CustomerTableRow } from './CustomerTableRow.tsx'
import { NoCustomer } from './NoCustomer.tsx'
import { customersFound } from './requests.ts'
import { Unread } from './Unread.tsx'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalM },
  search: { width: '100%', maxWidth: '320px' },
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1.6fr) minmax(0, 1fr)' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

const noMail: Record<CustomerList['mail'], string> = { read: 'None in 14 days', unread: 'Not read yet', none: 'Unknown' }

function Row({ customer, mail }: { customer: CustomerRow; mail: CustomerList['mail'] }) {
  const styles = useStyles()
  const domains = (
    <Text size={200} block className={styles.quiet}>
      {customer.domains.length === 0 ? 'No domains yet' : customer.domains.map(asWritten).join(', ')}
    </Text>
  )
  return (
    <CustomerTableRow customer={customer} section="communications" about={domains} className={styles.columns}>
      <TableCell label="Last mail">
        {customer.lastMessageAt === null ? <span className={styles.quiet}>{noMail[mail]}</span> : <Time at={customer.lastMessageAt} />}
      </TableCell>
      <TableCell label="MFA coverage">
        {coverageShort(customer.mfa)}
        <CoverageBar coverage={customer.mfa} />
      </TableCell>
      <TableCell label="Open findings">
        <FindingCount count={customer.openFindings} />
      </TableCell>
    </CustomerTableRow>
  )
}

/** What came of a search, for those who do not see the list grow shorter. */
function Found({ count, more, search }: { count: number; more: boolean; search: string }) {
  const styles = useStyles()
  if (count === 0) return <Empty>{`No customer matches "${search}". The search looks at names, aliases and domains.`}</Empty>
  return (
    <Text size={200} className={styles.quiet}>
      {`${count}${more ? ' or more' : ''} ${count === 1 ? 'customer matches' : 'customers match'}`}
    </Text>
  )
}

/** The list of customers: a row leads to the customer's hub. */
export function Customers() {
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed)
  const customers = usePages(customersFound(search))

  return (
    <>
      <div className={styles.head}>
        <ViewTitle>Customers</ViewTitle>
        <SearchBox className={styles.search} placeholder="Search customers" aria-label="Search customers" value={typed} onChange={(_, { value }) => setTyped(value)} />
      </div>
      <LoadState of={customers} label="Loading customers" />
      {customers.items?.length === 0 && search === '' && <NoCustomer />}
      <div role="status">
        {search !== '' && customers.items !== null && <Found count={customers.items.length} more={customers.next.more !== null} search={search} />}
      </div>
      {customers.items !== null && customers.items.length > 0 && (
        <Table label="Customers" columns={['Customer', 'Last mail', 'MFA coverage', 'Open findings']} className={styles.columns}>
          {customers.items.map((customer) => (
            <Row key={customer.id} customer={customer} mail={customers.first!.mail} />
          ))}
        </Table>
      )}
      <Unread rows={customers.items ?? []} />
      <More next={customers.next} />
    </>
  )
}
