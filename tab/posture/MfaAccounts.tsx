import { Field, makeStyles, Select, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { AccountRow, Coverage, MfaAnswer } from '../../api/posture/model.ts'
import { usePages } from '../client/loading.ts'
import { AccountCell } from '../parts/AccountCell.tsx'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, LoadState, More } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { methodWords } from './methodWords.ts'
import { MfaCapable } from './MfaCapable.tsx'
import { capableWords, listedWords, nobodyWords } from './mfaWords.ts'
import { accountsBy } from './requests.ts'
import { privilegedWords } from './roleWords.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1.7fr) minmax(0, 1.2fr)' },
  choice: { maxWidth: '320px' },
})

function Row({ account }: { account: AccountRow }) {
  return (
    <TableRow className={useStyles().columns}>
      <AccountCell account={account} mark={privilegedWords(account.privileged)} />
      <TableCell label="MFA capable">
        <MfaCapable mfa={account.mfa} />
      </TableCell>
      <TableCell label="Methods">{methodWords(account.mfa.methods)}</TableCell>
    </TableRow>
  )
}

/** The accounts behind the MFA coverage of one customer, by answer; those that are not capable first to be seen. */
export function MfaAccounts({ customerId, coverage }: { customerId: string; coverage: Coverage }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const [mfa, setMfa] = useState<MfaAnswer['capable']>('no')
  const accounts = usePages(accountsBy(customerId, mfa))
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
      <LoadState of={accounts} label="Loading accounts" />
      {accounts.items?.length === 0 && <Empty>{nobodyWords(mfa, coverage)}</Empty>}
      {accounts.items !== null && accounts.items.length > 0 && (
        <Table label={`Accounts: ${capableWords[mfa]}`} columns={['Account', 'MFA capable', 'Methods']} className={styles.columns}>
          {accounts.items.map((account) => (
            <Row key={`${account.tenantId}/${account.id}`} account={account} />
          ))}
        </Table>
      )}
      <More next={accounts.next} />
    </>
  )
}
