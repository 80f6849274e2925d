import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Coverage } from '../../api/posture/model.ts'

// Full, hollow and striped: the contrast theme has one colour for all three.
const useStyles = makeStyles({
  bar: { display: 'flex', height: '8px', maxWidth: '220px', marginTop: tokens.spacingVerticalXS, gap: '1px' },
  part: { minWidth: '4px', outlineOffset: '-1px' },
  capable: { backgroundColor: tokens.colorStatusSuccessForeground1 },
  notCapable: { outline: `1px solid ${tokens.colorStatusDangerForeground1}`, backgroundColor: tokens.colorStatusDangerBackground1 },
  unknown: {
    outline: `1px solid ${tokens.colorNeutralForeground3}`,
    backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorNeutralForeground3} 0 2px, transparent 2px 4px)`,
  },
})

/** Capable, not capable and unknown side by side, in this order. Always beside the same numbers in words, so hidden from screen readers. */
export function CoverageBar({ coverage }: { coverage: Coverage | null }) {
  const styles = useStyles()
  if (coverage === null || coverage.of === 0) return null
  return (
    <div className={styles.bar} aria-hidden>
      {(['capable', 'notCapable', 'unknown'] as const).map((part) =>
        coverage[part] === 0 ? null : <span key={part} className={mergeClasses(styles.part, styles[part])} style={{ flexGrow: coverage[part] }} />,
      )}
    </div>
  )
}
