import { Button, SearchBox, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useDeferredValue, useState } from 'react'
import type { Licences } from '../../api/model/licence.ts'
import { holdersFound } from './licenceWords.ts'
import { usePanelStyles } from './panelStyles.ts'
import { Empty } from './States.tsx'
import { useTableStyles } from './tableStyles.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalS },
  search: { width: '100%', maxWidth: '320px' },
  name: { fontWeight: tokens.fontWeightSemibold },
  more: { marginTop: tokens.spacingVerticalM },
})

const PAGE = 50

/** Who holds which licence: a list that can be searched, 50 at a time. */
export function Holders({ accounts }: { accounts: Licences['accounts'] }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const table = useTableStyles()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(PAGE)
  const found = holdersFound(accounts, useDeferredValue(typed))
  return (
    <section aria-labelledby="holders-title">
      <div className={styles.head}>
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
        {found.length === accounts.length ? `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}` : `${found.length} of ${accounts.length} accounts`}
      </Text>
      {accounts.length === 0 && <Empty>No account is known.</Empty>}
      {accounts.length > 0 && found.length === 0 && <Empty>{`No account matches "${typed.trim()}". The search looks at names, addresses and licences.`}</Empty>}
      {found.length > 0 && (
        <div role="table" aria-label="Licences by account">
          <div role="row" className={mergeClasses(table.head, styles.columns)}>
            {['Account', 'Licences'].map((label) => (
              <div role="columnheader" key={label}>
                {label}
              </div>
            ))}
          </div>
          {found.slice(0, shown).map((account) => (
            <div role="row" key={account.id} className={mergeClasses(table.row, styles.columns)}>
              <div role="cell" className={table.cell}>
                <span className={styles.name}>{account.displayName}</span>
                {!account.enabled && ' (disabled)'}
                <Text size={200} block className={panel.quiet}>
                  {account.userPrincipalName}
                </Text>
              </div>
              <div role="cell" className={table.cell} data-label="Licences">
                {account.licences.length === 0 ? 'None' : account.licences.join(', ')}
              </div>
            </div>
          ))}
        </div>
      )}
      {found.length > shown && (
        <Button className={styles.more} onClick={() => setShown(shown + PAGE)}>
          Show more
        </Button>
      )}
    </section>
  )
}
