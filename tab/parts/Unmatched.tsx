import { Button, Text, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Tenant, UnmatchedAccounts } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { Failed } from './States.tsx'

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalS} 0 0`, paddingInlineStart: tokens.spacingHorizontalL },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** Accounts of the MSP's tenant that no customer's domain claims; listed on demand. */
export function Unmatched({ tenant, count }: { tenant: Tenant; count: number }) {
  const styles = useStyles()
  const [accounts, setAccounts] = useState<UnmatchedAccounts | null>(null)
  const [error, setError] = useState<RequestFailed | null>(null)

  const toggle = () => {
    setError(null)
    if (accounts !== null) return setAccounts(null)
    api.unmatched(tenant.id).then(setAccounts, (thrown: unknown) => setError(asRequestFailed(thrown)))
  }

  return (
    <div>
      <Text>{`${count} ${count === 1 ? 'account belongs' : 'accounts belong'} to no customer. `}</Text>
      <Button size="small" aria-expanded={accounts !== null} onClick={toggle}>
        {accounts === null ? 'Show accounts without a customer' : 'Hide accounts without a customer'}
      </Button>
      {error !== null && <Failed error={error} retry={toggle} />}
      {accounts !== null && (
        <ul className={styles.list} aria-label="Accounts without a customer">
          {accounts.items.map((account) => (
            <li key={account.id}>
              {account.displayName} <span className={styles.quiet}>{account.userPrincipalName}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
