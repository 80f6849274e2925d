import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, ClockRegular, KeyRegular, WarningFilled } from '@fluentui/react-icons'
import type { Tenant } from '../../api/model/tenant.ts'
import { useNow } from './now.ts'
import { useSession } from './session.ts'
import { secretWords, statusWords } from './tenantWords.ts'

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS },
  icon: { flexShrink: 0, fontSize: '16px', marginTop: '2px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  soon: { color: tokens.colorStatusWarningForeground1 },
  urgent: { color: tokens.colorStatusDangerForeground1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
})

/** How a tenant is doing, in words with a sign beside them. */
export function TenantStatus({ status }: { status: Tenant['status'] }) {
  const styles = useStyles()
  return (
    <span className={styles.line}>
      {status === 'connected' && <CheckmarkCircleRegular className={mergeClasses(styles.icon, styles.good)} aria-hidden />}
      {(status === 'waiting' || status === 'throttled') && <ClockRegular className={styles.icon} aria-hidden />}
      {status === 'stale' && <ClockRegular className={mergeClasses(styles.icon, styles.soon)} aria-hidden />}
      {status.endsWith('Error') && <WarningFilled className={mergeClasses(styles.icon, styles.urgent)} aria-hidden />}
      {statusWords[status]}
    </span>
  )
}

/** When the client secret ends; from 30 days before as a reminder, from 7 days before as an urgent one. */
export function SecretExpiry({ expiresAt }: { expiresAt: string | null }) {
  const styles = useStyles()
  const { locale } = useSession()
  const { level, words } = secretWords(expiresAt, useNow(), locale)
  const Icon = level === 'soon' || level === 'urgent' ? WarningFilled : KeyRegular
  const colour = level === 'soon' ? styles.soon : level === 'urgent' ? styles.urgent : undefined
  return (
    <span className={styles.line}>
      <Icon className={mergeClasses(styles.icon, colour)} aria-hidden />
      <Text className={colour}>
        {level === 'soon' && <span className={styles.strong}>Reminder: </span>}
        {level === 'urgent' && <span className={styles.strong}>Urgent: </span>}
        {words}
      </Text>
    </span>
  )
}
