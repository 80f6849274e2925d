import { mergeClasses, Text } from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleFilled, QuestionCircleRegular } from '@fluentui/react-icons'
import type { MfaAnswer } from '../../api/posture/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'

/** Whether an account is MFA capable, and why that is so or why it is not known. */
export function MfaCapable({ mfa }: { mfa: MfaAnswer }) {
  const panel = usePanelStyles()
  const mark = useMarkStyles()
  return (
    <>
      <span className={mergeClasses(mark.line, mark.inline)}>
        {mfa.capable === 'yes' && <CheckmarkCircleFilled className={mergeClasses(mark.icon, mark.good)} aria-hidden />}
        {mfa.capable === 'no' && <DismissCircleFilled className={mergeClasses(mark.icon, mark.bad)} aria-hidden />}
        {mfa.capable === 'unknown' && <QuestionCircleRegular className={mark.icon} aria-hidden />}
        {{ yes: 'Yes', no: 'No', unknown: 'Unknown' }[mfa.capable]}
      </span>
      <Text size={200} block className={panel.quiet}>
        {mfa.reason}
      </Text>
    </>
  )
}
