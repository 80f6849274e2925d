import { Button, ProgressBar, Text, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, CheckmarkCircleRegular, ClockRegular, WarningFilled } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { Mailboxes } from './Mailboxes.tsx'
import { Failed } from './States.tsx'
import { Streams } from './Streams.tsx'
import { progressOf, statusWords } from './tenantWords.ts'
import { Unmatched } from './Unmatched.tsx'

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  name: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  status: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
})

const SECOND = 1000
/** A wish to sync is taken by a worker a moment later; until then nothing runs yet, and that is not the end. */
const PATIENCE_MS = 5 * SECOND

/** The tenant as it is now: while something is being read, asked for every second. */
function usePolled(listed: Tenant): { tenant: Tenant; syncing: boolean; follow: () => void } {
  const [seen, setSeen] = useState<{ listed: Tenant; tenant: Tenant }>({ listed, tenant: listed })
  const [until, setUntil] = useState(0)
  const tenant = seen.listed === listed ? seen.tenant : listed
  const running = tenant.streams.some((stream) => stream.running)
  const syncing = running || until > 0

  useEffect(() => {
    if (!syncing) return
    let gone = false
    const timer = setTimeout(() => {
      api.tenant(listed.id).then(
        (next) => {
          if (gone) return
          setSeen({ listed, tenant: next })
          setUntil((before) => (next.streams.some((stream) => stream.running) || Date.now() > before ? 0 : before))
        },
        // One lost answer changes nothing: the next second asks again.
        () => gone || setSeen((before) => ({ ...before })),
      )
    }, SECOND)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [syncing, seen, listed])

  return { tenant, syncing, follow: () => setUntil(Date.now() + PATIENCE_MS) }
}

function Status({ status }: { status: Tenant['status'] }) {
  const styles = useStyles()
  return (
    <span className={styles.status}>
      {status === 'connected' && <CheckmarkCircleRegular className={styles.good} aria-hidden />}
      {(status === 'waiting' || status === 'throttled') && <ClockRegular aria-hidden />}
      {status.endsWith('Error') && <WarningFilled className={styles.bad} aria-hidden />}
      {statusWords[status]}
    </span>
  )
}

/** One connected tenant: whose it is, how it is doing, its mailboxes and streams, and "Sync now". */
export function TenantCard({ tenant: listed, customerName, onChanged }: { tenant: Tenant; customerName: string | null; onChanged: () => void }) {
  const styles = useStyles()
  const { tenant, syncing, follow } = usePolled(listed)
  const [error, setError] = useState<RequestFailed | null>(null)
  // Said of the sync that this person asked for; those on schedule come and go in silence.
  const [asked, setAsked] = useState<'no' | 'running' | 'ended'>('no')
  // Rounds on schedule are short and many; a bar that comes and goes with each would only move the page.
  const first = tenant.streams.some((stream) => stream.running && stream.lastSuccessAt === null)
  const progress = asked === 'running' || first ? progressOf(tenant.streams) : null
  const label = asked === 'running' ? 'Syncing …' : 'Sync now'
  const whose = tenant.kind === 'msp' ? 'Our own tenant' : `Tenant of ${customerName ?? 'a customer'}`

  useEffect(() => {
    if (!syncing) setAsked((before) => (before === 'running' ? 'ended' : before))
  }, [syncing])

  const sync = () => {
    setError(null)
    api.sync(tenant.id).then(
      () => {
        follow()
        setAsked('running')
      },
      (thrown: unknown) => setError(asRequestFailed(thrown)),
    )
  }

  return (
    <li className={styles.card} aria-label={tenant.name}>
      <div className={styles.head}>
        <div>
          <h3 className={styles.name}>{tenant.name}</h3>
          <Text size={200} block className={styles.quiet}>{`${whose} · ${tenant.id}`}</Text>
          <Status status={tenant.status} />
        </div>
        <Button icon={<ArrowSyncRegular />} disabledFocusable={asked === 'running'} aria-label={`${label}: ${tenant.name}`} onClick={sync}>
          {label}
        </Button>
      </div>
      {progress !== null && (
        <div>
          <ProgressBar aria-label={`Sync of ${tenant.name}`} {...(progress.share === null ? {} : { value: progress.share })} />
          <Text size={200} className={styles.quiet}>
            {progress.words}
          </Text>
        </div>
      )}
      <Text role="status" size={200} className={styles.quiet}>
        {{ no: '', running: 'Sync is running.', ended: 'Sync has ended.' }[asked]}
      </Text>
      {error !== null && <Failed error={error} />}
      <Mailboxes tenant={tenant} onChanged={onChanged} />
      <Streams tenant={tenant} />
      {tenant.unmatchedAccounts !== null && tenant.unmatchedAccounts > 0 && <Unmatched tenant={tenant} count={tenant.unmatchedAccounts} />}
    </li>
  )
}
