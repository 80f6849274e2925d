import { mergeClasses } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'

/**
 * How many findings are open, in words; with an icon when there is something to do.
 * @param count null while nothing has been read in which one could be found: then none found is no good news
 */
export function FindingCount({ count }: { count: number | null }) {
  const panel = usePanelStyles()
  const mark = useMarkStyles()
  if (count === null || count === 0) return <span className={panel.quiet}>{count === null ? 'Unknown' : 'None open'}</span>
  return (
    <span className={mergeClasses(mark.line, mark.inline)}>
      <WarningFilled className={mergeClasses(mark.icon, mark.bad)} aria-hidden />
      {`${count} open`}
    </span>
  )
}
