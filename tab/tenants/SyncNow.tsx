import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import { useDeed } from '../client/deed.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Failed } from '../parts/States.tsx'
import { askForSync } from './requests.ts'

const useStyles = makeStyles({ place: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM, marginTop: tokens.spacingVerticalXS } })

/**
 * "Sync now" for those who may: administrators and members.
 * @param tenantIds the tenants that what is in view is read from
 */
export function SyncNow({ tenantIds, of }: { tenantIds: readonly string[]; of: string }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { me } = useSession()
  const wish = useDeed({ mutationFn: () => Promise.all(tenantIds.map(askForSync)) })
  if (me.role === 'viewer' || tenantIds.length === 0) return null
  const run = () => wish.mutate()
  return (
    <div className={styles.place}>
      <Button size="small" icon={<ArrowSyncRegular />} disabledFocusable={wish.isPending} aria-label={`Sync now: ${of}`} onClick={run}>
        Sync now
      </Button>
      <Text role="status" size={200} className={panel.quiet}>
        {wish.isSuccess ? 'Asked for. What is shown here renews by itself.' : ''}
      </Text>
      {wish.error !== null && <Failed error={wish.error} retry={run} />}
    </div>
  )
}
