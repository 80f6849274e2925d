import { Text, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleFilled, QuestionCircleRegular } from '@fluentui/react-icons'
import type { MfaAnswer } from '../../api/model/posture.ts'

const useStyles = makeStyles({
  answer: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  no: { color: tokens.colorStatusDangerForeground1 },
  reason: { color: tokens.colorNeutralForeground2 },
})

/** Whether an account is MFA capable, and why that is so or why it is not known. */
export function MfaCapable({ mfa }: { mfa: MfaAnswer }) {
  const styles = useStyles()
  return (
    <>
      <span className={styles.answer}>
        {mfa.capable === 'yes' && <CheckmarkCircleFilled className={styles.yes} aria-hidden />}
        {mfa.capable === 'no' && <DismissCircleFilled className={styles.no} aria-hidden />}
        {mfa.capable === 'unknown' && <QuestionCircleRegular aria-hidden />}
        {{ yes: 'Yes', no: 'No', unknown: 'Unknown' }[mfa.capable]}
      </span>
      <Text size={200} block className={styles.reason}>
        {mfa.reason}
      </Text>
    </>
  )
}
