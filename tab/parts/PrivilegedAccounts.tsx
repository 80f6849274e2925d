import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleFilled, QuestionCircleRegular } from '@fluentui/react-icons'
import type { MfaAnswer, PrivilegedAccount } from '../../api/model/posture.ts'
import { methodWords } from './methodWords.ts'
import { Empty } from './States.tsx'
import { useTableStyles } from './tableStyles.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.9fr) minmax(0, 1.3fr) minmax(0, 1.7fr) minmax(0, 1.2fr)' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  no: { color: tokens.colorStatusDangerForeground1 },
})

function Capable({ mfa }: { mfa: MfaAnswer }) {
  const styles = useStyles()
  return (
    <span className={styles.answer}>
      {mfa.capable === 'yes' && <CheckmarkCircleFilled className={styles.yes} aria-hidden />}
      {mfa.capable === 'no' && <DismissCircleFilled className={styles.no} aria-hidden />}
      {mfa.capable === 'unknown' && <QuestionCircleRegular aria-hidden />}
      {{ yes: 'Yes', no: 'No', unknown: 'Unknown' }[mfa.capable]}
    </span>
  )
}

/** The accounts that hold a role which Microsoft labels privileged, each with its MFA capability and why it is so. */
export function PrivilegedAccounts({ accounts }: { accounts: readonly PrivilegedAccount[] }) {
  const styles = useStyles()
  const table = useTableStyles()
  if (accounts.length === 0) return <Empty>No privileged account is known.</Empty>
  return (
    <div role="table" aria-label="Privileged accounts">
      <div role="row" className={mergeClasses(table.head, styles.columns)}>
        {['Account', 'Roles', 'MFA capable', 'Methods'].map((label) => (
          <div role="columnheader" key={label}>
            {label}
          </div>
        ))}
      </div>
      {accounts.map((account) => {
        const marks = [...(account.kind === 'guest' ? ['guest'] : []), ...(account.enabled ? [] : ['disabled'])]
        return (
          <div role="row" key={`${account.tenantId}/${account.id}`} className={mergeClasses(table.row, styles.columns)}>
            <div role="cell" className={table.cell}>
              <span className={styles.name}>{account.displayName}</span>
              {marks.length > 0 && ` (${marks.join(', ')})`}
              <Text size={200} block className={styles.quiet}>
                {account.userPrincipalName}
              </Text>
            </div>
            <div role="cell" className={table.cell} data-label="Roles">
              {account.roles.join(', ')}
            </div>
            <div role="cell" className={table.cell} data-label="MFA capable">
              <Capable mfa={account.mfa} />
              <Text size={200} block className={styles.quiet}>
                {account.mfa.reason}
              </Text>
            </div>
            <div role="cell" className={table.cell} data-label="Methods">
              {methodWords(account.mfa.methods)}
            </div>
          </div>
        )
      })}
    </div>
  )
}
