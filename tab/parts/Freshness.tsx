import { Text, makeStyles, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { Freshness as FreshnessOf } from '../../api/model/stream.ts'
import { freshnessWords } from './freshnessWords.ts'
import { Time } from './Time.tsx'

const useStyles = makeStyles({
  line: { display: 'block', color: tokens.colorNeutralForeground2 },
  error: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  icon: { flexShrink: 0, marginTop: '2px', color: tokens.colorStatusWarningForeground1 },
})

/** One line: "Mail of 3 of 3 mailboxes · as of 2 minutes ago", and under it the last error, if the last try failed. */
export function Freshness({ of }: { of: FreshnessOf }) {
  const styles = useStyles()
  return (
    <div>
      <Text size={200} className={styles.line}>
        {freshnessWords(of)}
        {of.of > 0 && (of.asOf === null ? ' · not read yet' : <> · as of <Time at={of.asOf} /></>)}
      </Text>
      {of.lastError !== null && (
        <Text size={200} className={styles.error}>
          <WarningRegular className={styles.icon} aria-hidden />
          <span>
            Last error <Time at={of.lastError.at} />: {of.lastError.message}
          </span>
        </Text>
      )}
    </div>
  )
}
