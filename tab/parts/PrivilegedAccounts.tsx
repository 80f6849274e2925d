import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { PrivilegedAccount, RoleHeld } from '../../api/model/posture.ts'
import { MfaCapable } from './MfaCapable.tsx'
import { methodWords } from './methodWords.ts'
import { holdingWords, kindWords, labelWords, withLabel } from './roleWords.ts'
import { Empty } from './States.tsx'
import { useTableStyles } from './tableStyles.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1.7fr) minmax(0, 1.6fr) minmax(0, 1.1fr)' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  roles: { listStyleType: 'none', margin: 0, padding: 0 },
  group: { marginTop: tokens.spacingVerticalS },
})

function Roles({ roles }: { roles: readonly RoleHeld[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.roles}>
      {roles.map((role, index) => {
        const holding = holdingWords(role)
        return (
          <li key={index}>
            {role.name}
            {holding !== '' && (
              <Text size={200} block className={styles.quiet}>
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
  const styles = useStyles()
  const table = useTableStyles()
  const marks = kindWords(account)
  return (
    <div role="row" className={mergeClasses(table.row, styles.columns)}>
      <div role="cell" className={table.cell}>
        <span className={styles.name}>{account.displayName}</span>
        {marks !== '' && ` (${marks})`}
        <Text size={200} block className={styles.quiet}>
          {account.userPrincipalName}
        </Text>
      </div>
      <div role="cell" className={table.cell} data-label="Roles">
        <Roles roles={account.roles} />
      </div>
      <div role="cell" className={table.cell} data-label="MFA capable">
        {account.mfa === null ? 'MFA does not apply' : <MfaCapable mfa={account.mfa} />}
      </div>
      <div role="cell" className={table.cell} data-label="Methods">
        {account.mfa === null ? 'None' : methodWords(account.mfa.methods)}
      </div>
    </div>
  )
}

/** Accounts that hold a role on one of the two lists, each with how it holds it, its MFA capability and why it is so. */
export function PrivilegedAccounts({ accounts, label }: { accounts: readonly PrivilegedAccount[]; label: RoleHeld['label'] }) {
  const styles = useStyles()
  const table = useTableStyles()
  const held = withLabel(accounts, label)
  const title = labelWords[label]
  return (
    <div className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      {held.length === 0 && <Empty>No account is known to hold such a role.</Empty>}
      {held.length > 0 && (
        <div role="table" aria-label={title}>
          <div role="row" className={mergeClasses(table.head, styles.columns)}>
            {['Account', 'Roles', 'MFA capable', 'Methods'].map((column) => (
              <div role="columnheader" key={column}>
                {column}
              </div>
            ))}
          </div>
          {held.map((account) => (
            <Row key={`${account.tenantId}/${account.id}`} account={account} />
          ))}
        </div>
      )}
    </div>
  )
}
