import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { Freshness as FreshnessOf } from '../../api/sync/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { Time } from '../parts/Time.tsx'
import { freshnessWords } from './freshnessWords.ts'

const useStyles = makeStyles({ line: { display: 'block', color: tokens.colorNeutralForeground2 } })

/** One line: "Mail of 3 of 3 mailboxes · as of 2 minutes ago", and under it the last error, if the last try failed. */
export function Freshness({ of }: { of: FreshnessOf }) {
  const styles = useStyles()
  const mark = useMarkStyles()
  return (
    <div>
      <Text size={200} className={styles.line}>
        {freshnessWords(of)}
        {of.of > 0 && of.asOf !== null && <> · {of.current === 0 ? 'last read' : 'as of'} <Time at={of.asOf} /></>}
      </Text>
      {of.notGranted !== undefined && (
        <Text size={200} className={styles.line}>
          {of.notGranted.message}
        </Text>
      )}
      {of.lastError !== null && (
        <Text size={200} className={mark.line}>
          <WarningRegular className={mergeClasses(mark.icon, mark.warning)} aria-hidden />
          <span>
            Last error <Time at={of.lastError.at} />: {of.lastError.message}
          </span>
        </Text>
      )}
    </div>
  )
}
