import { Button, Text, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { dayOf } from './agenda.ts'
import { download } from './download.ts'
import { Failed } from './States.tsx'

const useStyles = makeStyles({
  place: { display: 'grid', justifyItems: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** "Export CSV": fetches the file and saves it as outpost-`what`-today.csv; says what became of it. */
export function ExportButton({ what, fetch }: { what: string; fetch: () => Promise<Blob> }) {
  const styles = useStyles()
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
    <div className={styles.place}>
      <Button icon={<ArrowDownloadRegular />} disabledFocusable={state.at === 'busy'} onClick={run}>
        {state.at === 'busy' ? 'Exporting …' : 'Export CSV'}
      </Button>
      <Text role="status" size={200} className={styles.quiet}>
        {state.at === 'saved' ? `Saved as ${state.name}. The export is recorded in the audit log.` : ''}
      </Text>
      {state.at === 'failed' && <Failed error={state.error} retry={run} />}
    </div>
  )
}
