import { makeStyles, tokens } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'

const useStyles = makeStyles({
  count: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  none: { color: tokens.colorNeutralForeground2 },
  icon: { color: tokens.colorStatusDangerForeground1 },
})

/** How many findings are open, in words; with an icon when there is something to do. */
export function FindingCount({ count }: { count: number }) {
  const styles = useStyles()
  if (count === 0) return <span className={styles.none}>None open</span>
  return (
    <span className={styles.count}>
      <WarningFilled className={styles.icon} aria-hidden />
      {`${count} open`}
    </span>
  )
}
