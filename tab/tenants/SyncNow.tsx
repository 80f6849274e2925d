import { Button, Text, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Failed } from '../parts/States.tsx'

const useStyles = makeStyles({ place: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM } })

/**
 * "Sync now" for those who may: administrators and members.
 * @param tenantIds the tenants that what is in view is read from
 */
export function SyncNow({ tenantIds, of }: { tenantIds: readonly string[]; of: string }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { me } = useSession()
  const [state, setState] = useState<{ at: 'idle' | 'asking' | 'asked' } | { at: 'failed'; error: RequestFailed }>({ at: 'idle' })
  if (me.role === 'viewer' || tenantIds.length === 0) return null
  const run = () => {
    setState({ at: 'asking' })
    Promise.all(tenantIds.map((tenantId) => api.sync(tenantId))).then(
      () => setState({ at: 'asked' }),
      (thrown: unknown) => setState({ at: 'failed', error: asRequestFailed(thrown) }),
    )
  }
  return (
    <div className={styles.place}>
      <Button size="small" icon={<ArrowSyncRegular />} disabledFocusable={state.at === 'asking'} aria-label={`Sync now: ${of}`} onClick={run}>
        Sync now
      </Button>
      <Text role="status" size={200} className={panel.quiet}>
        {state.at === 'asked' ? 'Asked for. What is shown here renews by itself.' : ''}
      </Text>
      {state.at === 'failed' && <Failed error={state.error} retry={run} />}
    </div>
  )
}
