import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { PrivilegedAccount, RoleHeld } from '../../api/posture/model.ts'
import { visible } from '../../api/visible.ts'
import { AccountCell } from '../parts/AccountCell.tsx'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { methodWords } from './methodWords.ts'
import { MfaCapable } from './MfaCapable.tsx'
import { holdingWords, kindWords, labelWords, withLabel } from './roleWords.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1.7fr) minmax(0, 1.6fr) minmax(0, 1.1fr)' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  roles: { listStyleType: 'none', margin: 0, padding: 0 },
  group: { marginTop: tokens.spacingVerticalS },
})

function Roles({ roles }: { roles: readonly RoleHeld[] }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <ul className={styles.roles}>
      {roles.map((role, index) => {
        const holding = holdingWords(role)
        return (
          <li key={index}>
            {visible(role.name)}
            {holding !== '' && (
              <Text size={200} block className={panel.quiet}>
                {holding}
              </Text>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Row({ account }: { account: PrivilegedAccount }) {
  return (
    <TableRow className={useStyles().columns}>
      <AccountCell account={account} mark={kindWords(account)} />
      <TableCell label="Roles">
        <Roles roles={account.roles} />
      </TableCell>
      <TableCell label="MFA capable">{account.mfa === null ? 'MFA does not apply' : <MfaCapable mfa={account.mfa} />}</TableCell>
      <TableCell label="Methods">{account.mfa === null ? 'None' : methodWords(account.mfa.methods)}</TableCell>
    </TableRow>
  )
}

/** Accounts that hold a role on one of the two lists, each with how it holds it, its MFA capability and why it is so. */
export function PrivilegedAccounts({ accounts, label }: { accounts: readonly PrivilegedAccount[]; label: RoleHeld['label'] }) {
  const styles = useStyles()
  const held = withLabel(accounts, label)
  const title = labelWords[label]
  return (
    <div className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      {held.length === 0 && <Empty>No account is known to hold such a role.</Empty>}
      {held.length > 0 && (
        <Table label={title} columns={['Account', 'Roles', 'MFA capable', 'Methods']} className={styles.columns}>
          {held.map((account) => (
            <Row key={`${account.tenantId}/${account.id}`} account={account} />
          ))}
        </Table>
      )}
    </div>
  )
}
