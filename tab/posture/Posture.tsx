import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { QuestionCircleRegular } from '@fluentui/react-icons'
import type { Coverage, Posture as PostureOf } from '../../api/posture/model.ts'
import { useLoaded } from '../client/loading.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty, LoadState } from '../parts/States.tsx'
import { Time } from '../parts/Time.tsx'
import { Freshness } from '../sync/Freshness.tsx'
import { CoverageBar } from './CoverageBar.tsx'
import { coverageSentence } from './coverageWords.ts'
import { Findings } from './Findings.tsx'
import { MfaAccounts } from './MfaAccounts.tsx'
import { PrivilegedAccounts } from './PrivilegedAccounts.tsx'
import { postureOf } from './requests.ts'
import { eligibilityWords } from './roleWords.ts'
import { securityDefaultsWords } from './securityDefaultsWords.ts'

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalXXL, gridTemplateColumns: 'minmax(0, 1fr)' },
  numbers: { display: 'grid', gap: tokens.spacingHorizontalL, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' },
  number: { display: 'grid', alignContent: 'start', gap: tokens.spacingVerticalXS, padding: tokens.spacingHorizontalL, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  sentence: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  section: { display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
})

interface CoverageOfProps {
  title: string
  coverage: Coverage
  /** Why nothing has been counted; null when it has. */
  unknown: string | null
  subject: { one: string; many: string }
  aside?: string
}

function CoverageOf({ title, coverage, unknown, subject, aside }: CoverageOfProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <section className={styles.number} aria-label={title}>
      <h2 className={panel.title}>{title}</h2>
      {unknown !== null && (
        <>
          <span className={styles.sentence}>Unknown</span>
          <Text>{unknown}</Text>
        </>
      )}
      {unknown === null && (
        <>
          <span className={styles.sentence}>{coverageSentence(coverage, subject)}</span>
          <CoverageBar coverage={coverage} />
          <Text size={200} className={panel.quiet}>
            Capability, not enforcement
            {coverage.asOf !== null && <> · as of <Time at={coverage.asOf} /></>}
          </Text>
          {aside !== undefined && (
            <Text size={200} className={panel.quiet}>
              {aside}
            </Text>
          )}
        </>
      )}
    </section>
  )
}

/** Nothing to show of its own: one sentence says why. What was found before stays in view. */
const isNothing = ({ mfaUnknown, mfa, outside, privilegedAccounts, findings }: PostureOf) =>
  mfaUnknown !== null && mfa.of + outside.guests + outside.disabled + privilegedAccounts.length + findings.length === 0

const rolesUnread = ({ freshness }: PostureOf) => freshness.find(({ stream }) => stream === 'roles')?.asOf === null

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`

/** How well one customer's accounts are protected: coverage, findings, accounts, and how old all of it is. */
export function Posture({ customerId }: { customerId: string }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const mark = useMarkStyles()
  const loaded = useLoaded(postureOf(customerId))
  const posture = loaded.value
  return (
    <div className={styles.page}>
      <LoadState of={loaded} label="Loading security posture" />
      {posture !== null && isNothing(posture) && (
        <>
          <Empty>{posture.mfaUnknown}</Empty>
          {posture.freshness.filter(({ of }) => of > 0).map((freshness) => (
            <Freshness key={freshness.stream} of={freshness} />
          ))}
        </>
      )}
      {posture !== null && !isNothing(posture) && (
        <>
          <div className={styles.numbers}>
            <CoverageOf
              title="MFA coverage"
              coverage={posture.mfa}
              unknown={posture.mfaUnknown}
              subject={{ one: 'enabled member', many: 'enabled members' }}
              aside={`Not counted: ${count(posture.outside.guests, 'guest', 'guests')}, ${count(posture.outside.disabled, 'disabled account', 'disabled accounts')}`}
            />
            <CoverageOf
              title="MFA coverage of privileged accounts"
              coverage={posture.privilegedMfa}
              unknown={posture.privilegedMfaUnknown}
              subject={{ one: 'enabled privileged account', many: 'enabled privileged accounts' }}
            />
          </div>
          {posture.securityDefaults.map((one) => (
            <Text key={one.tenantId} className={mark.line}>
              {one.enabled === null && <QuestionCircleRegular className={mark.icon} aria-hidden />}
              {securityDefaultsWords(one)}
            </Text>
          ))}
          <section className={styles.section} aria-labelledby="findings-title">
            <h2 className={panel.title} id="findings-title">
              Findings
            </h2>
            {posture.findings.length === 0 && posture.privilegedMfaUnknown !== null ? <Empty>Not known yet, for the reason above.</Empty> : <Findings findings={posture.findings} />}
          </section>
          <section className={styles.section} aria-labelledby="privileged-title">
            <h2 className={panel.title} id="privileged-title">
              Privileged accounts
            </h2>
            {posture.eligibility === 'unknown' && (
              <Text className={mark.line}>
                <QuestionCircleRegular className={mark.icon} aria-hidden />
                {eligibilityWords(posture.eligibilityReason)}
              </Text>
            )}
            {rolesUnread(posture) && posture.privilegedAccounts.length === 0 ? (
              <Empty>Not known yet, for the reason above.</Empty>
            ) : (
              (['privileged', 'highImpact'] as const).map((label) => <PrivilegedAccounts key={label} accounts={posture.privilegedAccounts} label={label} />)
            )}
          </section>
          <section className={styles.section} aria-labelledby="accounts-title">
            <h2 className={panel.title} id="accounts-title">
              Accounts by MFA capability
            </h2>
            {posture.mfaUnknown === null ? <MfaAccounts customerId={customerId} coverage={posture.mfa} /> : <Empty>Not known yet, for the reason above.</Empty>}
          </section>
          <section className={styles.section} aria-labelledby="freshness-title">
            <h2 className={panel.title} id="freshness-title">
              How current this is
            </h2>
            {posture.tenants === 0 && (
              <Text size={200} className={panel.quiet}>
                No tenant of this customer is connected. Its accounts come from the MSP’s own tenant.
              </Text>
            )}
            {posture.freshness.map((freshness) => (
              <Freshness key={freshness.stream} of={freshness} />
            ))}
          </section>
        </>
      )}
    </div>
  )
}
