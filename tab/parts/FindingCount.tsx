import { mergeClasses } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import { useMarkStyles } from './markStyles.ts'
import { usePanelStyles } from './panelStyles.ts'

/**
 * How many findings are open, in words; with an icon when there is something to do.
 * @param known false while no account has been read: then none found is no good news
 */
export function FindingCount({ count, known }: { count: number; known: boolean }) {
  const panel = usePanelStyles()
  const mark = useMarkStyles()
  if (count === 0) return <span className={panel.quiet}>{known ? 'None open' : 'Unknown'}</span>
  return (
    <span className={mergeClasses(mark.line, mark.inline)}>
      <WarningFilled className={mergeClasses(mark.icon, mark.bad)} aria-hidden />
      {`${count} open`}
    </span>
  )
}
