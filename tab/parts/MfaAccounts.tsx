import { Field, Select, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useCallback, useState } from 'react'
import type { AccountList, AccountRow, Coverage, MfaAnswer } from '../../api/model/posture.ts'
import { api } from '../client/api.ts'
import { usePages } from './loading.ts'
import { methodWords } from './methodWords.ts'
import { MfaCapable } from './MfaCapable.tsx'
import { capableWords, listedWords, nobodyWords } from './mfaWords.ts'
import { usePanelStyles } from './panelStyles.ts'
import { privilegedWords } from './roleWords.ts'
import { Empty, Failed, Loading, More } from './States.tsx'
import { useTableStyles } from './tableStyles.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1.7fr) minmax(0, 1.2fr)' },
  choice: { maxWidth: '320px' },
  name: { fontWeight: tokens.fontWeightSemibold },
})

function Row({ account }: { account: AccountRow }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const table = useTableStyles()
  const mark = privilegedWords(account.privileged)
  return (
    <div role="row" className={mergeClasses(table.row, styles.columns)}>
      <div role="cell" className={table.cell}>
        <span className={styles.name}>{account.displayName}</span>
        {mark !== '' && ` (${mark})`}
        <Text size={200} block className={panel.quiet}>
          {account.userPrincipalName}
        </Text>
      </div>
      <div role="cell" className={table.cell} data-label="MFA capable">
        <MfaCapable mfa={account.mfa} />
      </div>
      <div role="cell" className={table.cell} data-label="Methods">
        {methodWords(account.mfa.methods)}
      </div>
    </div>
  )
}

/** The accounts behind the MFA coverage of one customer, by answer; those that are not capable first to be seen. */
export function MfaAccounts({ customerId, coverage }: { customerId: string; coverage: Coverage }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const table = useTableStyles()
  const [mfa, setMfa] = useState<MfaAnswer['capable']>('no')
  const load = useCallback((after: string | null) => api.accounts(customerId, mfa, after), [customerId, mfa])
  const accounts = usePages<AccountRow, AccountList>(`${customerId} ${mfa}`, load, { kinds: ['posture', 'tenants'], customerId })
  return (
    <>
      <Field label="MFA capability" className={styles.choice}>
        <Select value={mfa} onChange={(_, { value }) => setMfa(value as MfaAnswer['capable'])}>
          {Object.entries(capableWords).map(([answer, words]) => (
            <option key={answer} value={answer}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Text role="status" size={200} className={panel.quiet}>
        {accounts.first !== null && listedWords(accounts.items?.length ?? 0, accounts.first.of, coverage.of)}
      </Text>
      {accounts.error !== null && <Failed error={accounts.error} retry={accounts.reload} />}
      {accounts.items === null && accounts.error === null && <Loading label="Loading accounts" />}
      {accounts.items?.length === 0 && <Empty>{nobodyWords(mfa, coverage)}</Empty>}
      {accounts.items !== null && accounts.items.length > 0 && (
        <div role="table" aria-label={`Accounts: ${capableWords[mfa]}`}>
          <div role="row" className={mergeClasses(table.head, styles.columns)}>
            {['Account', 'MFA capable', 'Methods'].map((label) => (
              <div role="columnheader" key={label}>
                {label}
              </div>
            ))}
          </div>
          {accounts.items.map((account) => (
            <Row key={`${account.tenantId}/${account.id}`} account={account} />
          ))}
        </div>
      )}
      <div>
        <More pages={accounts} />
      </div>
    </>
  )
}
