import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { download } from './download.ts'
import { usePanelStyles } from './panelStyles.ts'
import { Failed } from './States.tsx'
import { dayOf } from './time.ts'

const useStyles = makeStyles({
  place: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalM },
})

/** "Export CSV": fetches the file and saves it as outpost-`what`-today.csv; says what became of it. */
export function ExportButton({ what, className, fetch }: { what: string; className?: string; fetch: () => Promise<Blob> }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const save = useMutation({
    mutationFn: async () => {
      const file = await fetch()
      const name = `outpost-${what}-${dayOf(Date.now())}.csv`
      download(file, name)
      return name
    },
  })
  const run = () => save.mutate()
  return (
    <div className={mergeClasses(styles.place, className)}>
      <Button icon={<ArrowDownloadRegular />} disabledFocusable={save.isPending} onClick={run}>
        {save.isPending ? 'Exporting …' : 'Export CSV'}
      </Button>
      <Text role="status" size={200} className={panel.quiet}>
        {save.isSuccess ? `Saved as ${save.data}. The export is recorded in the audit log.` : ''}
      </Text>
      {save.error !== null && <Failed error={save.error} retry={run} />}
    </div>
  )
}
