import { Button, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { dayOf } from '../calendar/agenda.ts'
import { download } from './download.ts'
import { usePanelStyles } from './panelStyles.ts'
import { Failed } from './States.tsx'

const useStyles = makeStyles({
  place: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalM },
})

/** "Export CSV": fetches the file and saves it as outpost-`what`-today.csv; says what became of it. */
export function ExportButton({ what, className, fetch }: { what: string; className?: string; fetch: () => Promise<Blob> }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const [state, setState] = useState<{ at: 'idle' | 'busy' } | { at: 'saved'; name: string } | { at: 'failed'; error: RequestFailed }>({ at: 'idle' })
  const run = () => {
    setState({ at: 'busy' })
    fetch().then(
      (file) => {
        const name = `outpost-${what}-${dayOf(Date.now())}.csv`
        download(file, name)
        setState({ at: 'saved', name })
      },
      (thrown: unknown) => setState({ at: 'failed', error: asRequestFailed(thrown) }),
    )
  }
  return (
    <div className={mergeClasses(styles.place, className)}>
      <Button icon={<ArrowDownloadRegular />} disabledFocusable={state.at === 'busy'} onClick={run}>
        {state.at === 'busy' ? 'Exporting …' : 'Export CSV'}
      </Button>
      <Text role="status" size={200} className={panel.quiet}>
        {state.at === 'saved' ? `Saved as ${state.name}. The export is recorded in the audit log.` : ''}
      </Text>
      {state.at === 'failed' && <Failed error={state.error} retry={run} />}
    </div>
  )
}
