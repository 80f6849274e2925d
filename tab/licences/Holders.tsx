import { makeStyles, SearchBox, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { usePages } from '../client/loading.ts'
import { AccountCell } from '../parts/AccountCell.tsx'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSettled } from '../parts/settled.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { holdersCounted } from './licenceWords.ts'
import { holdersOf } from './requests.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)' },
  search: { width: '100%', maxWidth: '320px' },
})

/**
 * Who holds which licence: a list that can be searched, page by page.
 * @param read false while the accounts have not been read
 */
export function Holders({ customerId, read }: { customerId: string; read: boolean }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed)
  const holders = usePages(holdersOf(customerId, search))
  const { first, items } = holders
  return (
    <section aria-labelledby="holders-title">
      <div className={panel.head}>
        <h2 className={panel.title} id="holders-title">
          Accounts
        </h2>
        <SearchBox className={styles.search} placeholder="Search accounts and licences" aria-label="Search accounts and licences" value={typed} onChange={(_, { value }) => setTyped(value)} />
      </div>
      <Text role="status" size={200} className={panel.quiet}>
        {first === null || (!read && first.of === 0) ? '' : holdersCounted(first)}
      </Text>
      <LoadState of={holders} label="Loading accounts" />
      {first?.of === 0 && <Empty>{read ? 'No account has a licence.' : 'The accounts of this customer have not been read yet.'}</Empty>}
      {first !== null && first.of > 0 && first.found === 0 && <Empty>{`No account matches "${search}". The search looks at names, addresses and licences.`}</Empty>}
      {items !== null && items.length > 0 && (
        <Table label="Licences by account" columns={['Account', 'Licences']} className={styles.columns}>
          {items.map((account) => (
            <TableRow key={`${account.tenantId}/${account.id}`} className={styles.columns}>
              <AccountCell account={account} mark={account.enabled ? '' : 'disabled'} />
              <TableCell label="Licences">{account.licences.join(', ')}</TableCell>
            </TableRow>
          ))}
        </Table>
      )}
      <More next={holders.next} />
    </section>
  )
}
