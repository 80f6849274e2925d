import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Tenant } from '../../api/connections/model.ts'
import { visible } from '../../api/visible.ts'
import { useLoaded } from '../client/loading.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { LoadState } from '../parts/States.tsx'
import { unmatchedAccounts } from './requests.ts'

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalS} 0 0`, paddingInlineStart: tokens.spacingHorizontalL },
})

function Accounts({ tenantId }: { tenantId: string }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const loaded = useLoaded(unmatchedAccounts(tenantId))
  const accounts = loaded.value
  return (
    <>
      <LoadState of={loaded} label="Loading accounts" />
      {accounts !== null && (
        <ul className={styles.list} aria-label="Accounts without a customer">
          {accounts.items.map((account) => (
            <li key={account.id}>
              {visible(account.displayName)} <span className={panel.quiet}>{asWritten(account.userPrincipalName)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Accounts of the MSP's tenant that no customer's domain claims; listed on demand. */
export function Unmatched({ tenant, count }: { tenant: Tenant; count: number }) {
  const [shown, setShown] = useState(false)
  return (
    <div>
      <Text>{`${count} ${count === 1 ? 'account belongs' : 'accounts belong'} to no customer. `}</Text>
      <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? 'Hide accounts without a customer' : 'Show accounts without a customer'}
      </Button>
      {shown && <Accounts tenantId={tenant.id} />}
    </div>
  )
}
