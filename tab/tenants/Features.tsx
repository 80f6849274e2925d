import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons'
import type { Feature } from '../../api/connections/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalXS, gridTemplateColumns: 'minmax(0, 1fr)', listStyleType: 'none', margin: 0, padding: 0 },
})

/** What Outpost may read in a tenant, a line a feature, and what it costs to go without. */
export function Features({ features }: { features: readonly Feature[] }) {
  const styles = useStyles()
  const mark = useMarkStyles()
  return (
    <ul className={styles.list} aria-label="What Outpost may read">
      {features.map(({ name, permission, granted, without }) => (
        <li key={permission} className={mark.line}>
          {granted ? <CheckmarkCircleRegular className={mergeClasses(mark.icon, mark.good)} aria-hidden /> : <SubtractCircleRegular className={mark.icon} aria-hidden />}
          <span>{granted ? `${name}: granted (${permission}).` : `${name}: not granted (${permission}), optional. Without it, ${without}.`}</span>
        </li>
      ))}
    </ul>
  )
}
