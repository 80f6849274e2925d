import { Link, SearchBox, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useState } from 'react'
import type { CustomerList, CustomerRow } from '../../api/model/customer.ts'
import { api } from '../client/api.ts'
import { CoverageBar } from '../parts/CoverageBar.tsx'
import { coverageShort } from '../parts/coverageWords.ts'
import { FindingCount } from '../parts/FindingCount.tsx'
import { useLinkRowStyles } from '../parts/linkRowStyles.ts'
import { usePages } from '../parts/loading.ts'
import { Empty, Failed, Loading, More } from '../parts/States.tsx'
import { useSession } from '../parts/session.ts'
import { useTableStyles } from '../parts/tableStyles.ts'
import { Time } from '../parts/Time.tsx'
import { ViewTitle } from '../parts/ViewTitle.tsx'
import { toHash } from '../route.ts'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalM },
  search: { width: '100%', maxWidth: '320px' },
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1.6fr) minmax(0, 1fr)' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  more: { marginTop: tokens.spacingVerticalM },
})

/** `text` as it was a moment after the last key, so that a search asks once a word and not once a letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function Row({ customer }: { customer: CustomerRow }) {
  const styles = useStyles()
  const link = useLinkRowStyles()
  const table = useTableStyles()
  return (
    <div role="row" className={mergeClasses(table.row, styles.columns, link.row)}>
      <div role="cell" className={table.cell}>
        <Link className={link.name} href={toHash({ view: 'customer', customerId: customer.id, section: 'communications' })}>
          {customer.name}
        </Link>
        <Text size={200} block className={styles.quiet}>
          {customer.domains.length === 0 ? 'No domains yet' : customer.domains.join(', ')}
        </Text>
      </div>
      <div role="cell" className={table.cell} data-label="Last mail">
        {customer.lastMessageAt === null ? <span className={styles.quiet}>None in 14 days</span> : <Time at={customer.lastMessageAt} />}
      </div>
      <div role="cell" className={table.cell} data-label="MFA coverage">
        {coverageShort(customer.mfa)}
        <CoverageBar coverage={customer.mfa} />
      </div>
      <div role="cell" className={table.cell} data-label="Open findings">
        <FindingCount count={customer.openFindings} />
      </div>
    </div>
  )
}

/** The list of customers: a row leads to the customer's hub. */
export function Customers() {
  const styles = useStyles()
  const table = useTableStyles()
  const { me } = useSession()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed)
  const load = useCallback((after: string | null) => api.customers({ search, after }), [search])
  const customers = usePages<CustomerRow, CustomerList>(search, load, { kinds: ['customers', 'communications', 'posture', 'tenants'] })

  return (
    <>
      <div className={styles.head}>
        <ViewTitle>Customers</ViewTitle>
        <SearchBox className={styles.search} placeholder="Search customers" aria-label="Search customers" value={typed} onChange={(_, { value }) => setTyped(value)} />
      </div>
      {customers.error !== null && <Failed error={customers.error} retry={customers.reload} />}
      {customers.items === null && customers.error === null && <Loading label="Loading customers" />}
      {customers.items?.length === 0 && (
        <Empty>
          {search !== ''
            ? `No customer matches "${search}". The search looks at names, aliases and domains.`
            : me.role === 'admin'
              ? 'There is no customer yet. Add one under Admin, Customers.'
              : 'There is no customer yet. An administrator of Outpost adds them.'}
        </Empty>
      )}
      {customers.items !== null && customers.items.length > 0 && (
        <div role="table" aria-label="Customers">
          <div role="row" className={mergeClasses(table.head, styles.columns)}>
            {['Customer', 'Last mail', 'MFA coverage', 'Open findings'].map((label) => (
              <div role="columnheader" key={label}>
                {label}
              </div>
            ))}
          </div>
          {customers.items.map((customer) => (
            <Row key={customer.id} customer={customer} />
          ))}
        </div>
      )}
      <div className={styles.more}>
        <More pages={customers} />
      </div>
    </>
  )
}
