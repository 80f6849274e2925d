import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { QuestionCircleRegular } from '@fluentui/react-icons'
import { byReason } from '../../api/security/unread.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { unreadWords } from './unreadWords.ts'

const useStyles = makeStyles({ place: { marginTop: tokens.spacingVerticalM, display: 'grid', gap: tokens.spacingVerticalXS } })

/** Of which customers nothing is known, and why: the same sentence for many customers stands once. */
export function Unread({ rows }: { rows: readonly { name: string; unknownReason: string | null }[] }) {
  const mark = useMarkStyles()
  const styles = useStyles()
  const unknown = rows.flatMap(({ name, unknownReason }) => (unknownReason === null ? [] : [{ name, reason: unknownReason }]))
  if (unknown.length === 0) return null
  return (
    <div className={styles.place}>
      {byReason(unknown).map((group) => (
        <Text key={group.reason} block className={mark.line}>
          <QuestionCircleRegular className={mark.icon} aria-hidden />
          <span>{unreadWords(group)}</span>
        </Text>
      ))}
    </div>
  )
}
