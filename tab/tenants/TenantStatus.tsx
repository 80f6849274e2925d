import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, ClockRegular, KeyRegular, WarningFilled } from '@fluentui/react-icons'
import type { Tenant } from '../../api/connections/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { useNow } from '../parts/now.ts'
import { useSession } from '../parts/session.ts'
import { secretWords, statusWords } from './tenantWords.ts'

const useStyles = makeStyles({ strong: { fontWeight: tokens.fontWeightSemibold } })

/** How a tenant is doing, in words with a sign beside them. */
export function TenantStatus({ status }: { status: Tenant['status'] }) {
  const mark = useMarkStyles()
  return (
    <span className={mark.line}>
      {status === 'connected' && <CheckmarkCircleRegular className={mergeClasses(mark.icon, mark.good)} aria-hidden />}
      {(status === 'waiting' || status === 'throttled') && <ClockRegular className={mark.icon} aria-hidden />}
      {status === 'stale' && <ClockRegular className={mergeClasses(mark.icon, mark.warning)} aria-hidden />}
      {status.endsWith('Error') && <WarningFilled className={mergeClasses(mark.icon, mark.bad)} aria-hidden />}
      {statusWords[status]}
    </span>
  )
}

/**
 * When the client secret ends; from 30 days before as a reminder, from 7 days before as an urgent one. Where the sign-in is refused
 * nothing is said of a secret that would still be valid.
 */
export function SecretExpiry({ expiresAt, refused }: { expiresAt: string | null; refused: boolean }) {
  const styles = useStyles()
  const mark = useMarkStyles()
  const { locale } = useSession()
  const { level, words } = secretWords(expiresAt, useNow(), locale)
  if (refused && level === 'good') return null
  const Icon = level === 'soon' || level === 'urgent' ? WarningFilled : KeyRegular
  const colour = level === 'soon' ? mark.warning : level === 'urgent' ? mark.bad : undefined
  return (
    <span className={mark.line}>
      <Icon className={mergeClasses(mark.icon, colour)} aria-hidden />
      <Text className={colour}>
        {level === 'soon' && <span className={styles.strong}>Reminder: </span>}
        {level === 'urgent' && <span className={styles.strong}>Urgent: </span>}
        {words}
      </Text>
    </span>
  )
}
