import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, WarningFilled } from '@fluentui/react-icons'
import type { Finding } from '../../api/posture/model.ts'
import { visible } from '../../api/visible.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Empty } from '../parts/States.tsx'
import { Time } from '../parts/Time.tsx'

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalS, listStyleType: 'none', margin: 0, padding: 0 },
  item: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  icon: { fontSize: '20px', marginTop: '1px' },
  text: { overflowWrap: 'anywhere' },
})

function Item({ finding }: { finding: Finding }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const mark = useMarkStyles()
  const open = finding.state === 'open'
  return (
    <li className={styles.item}>
      {open ? <WarningFilled className={mergeClasses(styles.icon, mark.bad)} aria-hidden /> : <CheckmarkCircleRegular className={styles.icon} aria-hidden />}
      <div className={styles.text}>
        <strong>{open ? 'Open' : 'Resolved'}</strong>: {visible(finding.accountName)} – {finding.reason}
        <Text size={200} block className={panel.quiet}>
          Opened <Time at={finding.openedAt} />
          {finding.resolvedAt !== null && <> · resolved <Time at={finding.resolvedAt} /></>}
        </Text>
      </div>
    </li>
  )
}

/** Open findings first, then the resolved ones. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const styles = useStyles()
  if (findings.length === 0) return <Empty>No finding. That says only that nothing known is wrong; what is unknown stands above.</Empty>
  const ordered = [...findings.filter((finding) => finding.state === 'open'), ...findings.filter((finding) => finding.state === 'resolved')]
  return (
    <ul className={styles.list} aria-label="Findings">
      {ordered.map((finding) => (
        <Item key={finding.id} finding={finding} />
      ))}
    </ul>
  )
}
