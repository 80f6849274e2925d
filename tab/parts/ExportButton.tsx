import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import type { CsvFile } from '../client/request.ts'
import { download } from './download.ts'
import { usePanelStyles } from './panelStyles.ts'
import { Failed } from './States.tsx'
import { dayOf } from './time.ts'

const useStyles = makeStyles({
  place: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalM },
  // A line of its own in the row in which the button stands, so that it is read like any other message.
  failed: { flexBasis: '100%', minWidth: 0 },
})

export interface ExportButtonProps {
  /** The file is called outpost-`what`-today.csv. */
  what: string
  /** How to get the rows that are left out of a file that ends early. */
  rest?: string
  className?: string
  fetch: () => Promise<CsvFile>
}

const early = (cutAt: number, rest: string) => ` It ends early: it holds the newest ${cutAt.toLocaleString('en')} rows, and older ones are left out. ${rest}`

/** "Export CSV": fetches the file and saves it; says what became of it, and whether it is all of the list. It stands in a row that wraps. */
export function ExportButton({ what, rest = '', className, fetch }: ExportButtonProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const save = useMutation({
    mutationFn: async () => {
      const { file, cutAt } = await fetch()
      const name = `outpost-${what}-${dayOf(Date.now())}.csv`
      download(file, name)
      return `Saved as ${name}.${cutAt === null ? '' : early(cutAt, rest)} The export is recorded in the audit log.`
    },
  })
  const run = () => save.mutate()
  return (
    <>
      <div className={mergeClasses(styles.place, className)}>
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={save.isPending} onClick={run}>
          {save.isPending ? 'Exporting …' : 'Export CSV'}
        </Button>
        <Text role="status" size={200} className={panel.quiet}>
          {save.data ?? ''}
        </Text>
      </div>
      {save.error !== null && (
        <div className={styles.failed}>
          <Failed error={save.error} retry={run} />
        </div>
      )}
    </>
  )
}
