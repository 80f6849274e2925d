import { makeStyles, SearchBox, Text } from '@fluentui/react-components'
import { useDeferredValue, useState } from 'react'
import type { Licences } from '../../api/licences/model.ts'
import { AccountCell } from '../parts/AccountCell.tsx'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { holdersFound } from './licenceWords.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)' },
  search: { width: '100%', maxWidth: '320px' },
})

const PAGE = 50

/**
 * Who holds which licence: a list that can be searched, 50 at a time.
 * @param read false while the accounts have not been read
 */
export function Holders({ accounts, read }: { accounts: Licences['accounts']; read: boolean }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(PAGE)
  const found = holdersFound(accounts, useDeferredValue(typed))
  return (
    <section aria-labelledby="holders-title">
      <div className={panel.head}>
        <h2 className={panel.title} id="holders-title">
          Accounts
        </h2>
        <SearchBox
          className={styles.search}
          placeholder="Search accounts and licences"
          aria-label="Search accounts and licences"
          value={typed}
          onChange={(_, { value }) => {
            setTyped(value)
            setShown(PAGE)
          }}
        />
      </div>
      <Text role="status" size={200} className={panel.quiet}>
        {!read && accounts.length === 0 ? '' : found.length === accounts.length ? `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}` : `${found.length} of ${accounts.length} accounts`}
      </Text>
      {accounts.length === 0 && <Empty>{read ? 'No account has a licence.' : 'The accounts of this customer have not been read yet.'}</Empty>}
      {accounts.length > 0 && found.length === 0 && <Empty>{`No account matches "${typed.trim()}". The search looks at names, addresses and licences.`}</Empty>}
      {found.length > 0 && (
        <Table label="Licences by account" columns={['Account', 'Licences']} className={styles.columns}>
          {found.slice(0, shown).map((account) => (
            <TableRow key={account.id} className={styles.columns}>
              <AccountCell account={account} mark={account.enabled ? '' : 'disabled'} />
              <TableCell label="Licences">{account.licences.length === 0 ? 'None' : account.licences.join(', ')}</TableCell>
            </TableRow>
          ))}
        </Table>
      )}
      <More next={{ more: found.length > shown ? () => setShown(shown + PAGE) : null, loading: false, error: null }} />
    </section>
  )
}
