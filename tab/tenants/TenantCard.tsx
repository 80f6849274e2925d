import { Button, makeStyles, mergeClasses, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Disconnection, Tenant } from '../../api/connections/model.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Said } from '../parts/Said.tsx'
import { Failed } from '../parts/States.tsx'
import { leaveForm } from '../parts/unsaved.ts'
import { CredentialsForm } from './CredentialsForm.tsx'
import { DisconnectForm } from './DisconnectForm.tsx'
import { Mailboxes } from './Mailboxes.tsx'
import { usePolled } from './polledTenant.ts'
import { Streams } from './Streams.tsx'
import { useSync } from './sync.ts'
import { SecretExpiry, TenantStatus } from './TenantStatus.tsx'
import { progressOf } from './tenantWords.ts'
import { Unmatched } from './Unmatched.tsx'

const useStyles = makeStyles({
  card: { overflowWrap: 'anywhere' },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  facts: { display: 'grid', gap: tokens.spacingVerticalXXS },
  sync: { display: 'grid', justifyItems: 'end', gap: tokens.spacingVerticalXXS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type TenantForm = 'mailboxes' | 'credentials' | 'disconnect'

export interface TenantCardProps {
  tenant: Tenant
  /** When the list was read in which it stands. */
  at: number
  customerName: string | null
  /** Which form is open in it. */
  form: TenantForm | null
  onForm: (form: TenantForm | null) => void
  /** Whether it was disconnected while that form was open: then nothing else is shown of it. */
  gone: boolean
  /** Called when something is begun: what was said of the last is over. */
  onBegin: () => void
  onChanged: () => void
  onDisconnected: (tenant: Tenant, done: Disconnection) => void
}

/** One connected tenant: whose it is, how it is doing, its secret, mailboxes and streams, and what can be done about it. */
export function TenantCard({ tenant: listed, at, customerName, form, onForm, gone, onBegin, onChanged, onDisconnected }: TenantCardProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { tenant, syncing, follow } = usePolled(listed, at)
  const { sync, asked, error } = useSync(tenant.id, syncing, follow)
  const [said, setSaid] = useState('')
  const choose = (to: TenantForm | null) => {
    setSaid('')
    if (to !== null) onBegin()
    onForm(to)
  }
  // Another form takes the place of the one that is open.
  const open = (to: TenantForm) => to !== form && leaveForm(() => choose(to))
  const startSync = () => {
    setSaid('')
    onBegin()
    sync()
  }
  // Rounds on schedule are short and many; a bar that comes and goes with each would only move the page.
  const first = tenant.streams.some((stream) => stream.running && stream.lastSuccessAt === null)
  const progress = asked === 'running' || first ? progressOf(tenant.streams) : null
  const label = asked === 'running' ? 'Syncing …' : 'Sync now'
  const whose = tenant.kind === 'msp' ? 'Our own tenant' : `Tenant of ${customerName ?? 'a customer'}`

  return (
    <li className={mergeClasses(panel.frame, styles.card)} aria-label={tenant.name}>
      <div className={styles.head}>
        <div className={styles.facts}>
          <h3 className={panel.title}>{tenant.name}</h3>
          <Text size={200} block className={panel.quiet}>{`${whose} · ${tenant.id}`}</Text>
          {gone ? (
            <Text>Not connected any more</Text>
          ) : (
            <>
              <TenantStatus status={tenant.status} />
              <SecretExpiry expiresAt={tenant.secretExpiresAt} refused={tenant.status === 'authenticationError'} />
            </>
          )}
        </div>
        {!gone && (
          <div className={styles.sync}>
            <Button icon={<ArrowSyncRegular />} disabledFocusable={asked === 'running'} aria-label={`${label}: ${tenant.name}`} onClick={startSync}>
              {label}
            </Button>
            <Text role="status" size={200} className={panel.quiet}>
              {{ no: '', running: 'Sync is running.', ended: 'Sync has ended.' }[asked]}
            </Text>
          </div>
        )}
      </div>
      {!gone && progress !== null && (
        <div>
          <ProgressBar aria-label={`Sync of ${tenant.name}`} {...(progress.share === null ? {} : { value: progress.share })} />
          <Text size={200} className={panel.quiet}>
            {progress.words}
          </Text>
        </div>
      )}
      <Said words={form === null ? said : ''} />
      {!gone && error !== null && <Failed error={error} />}
      {/* A customer's tenant has none to read: its list cannot be changed. */}
      {tenant.kind === 'msp' && (
        <Mailboxes
          tenant={tenant}
          gone={gone}
          editing={form === 'mailboxes'}
          onEdit={(editing) => (editing ? open('mailboxes') : choose(null))}
          onChanged={() => {
            setSaid('The list of mailboxes was changed.')
            onChanged()
          }}
        />
      )}
      {!gone && <Streams tenant={tenant} />}
      {!gone && tenant.unmatchedAccounts !== null && tenant.unmatchedAccounts > 0 && <Unmatched tenant={tenant} count={tenant.unmatchedAccounts} />}
      {!gone && (
        <div className={styles.buttons}>
          <Button size="small" aria-expanded={form === 'credentials'} aria-label={`Update credentials of ${tenant.name}`} onClick={() => open('credentials')}>
            Update credentials
          </Button>
          <Button size="small" aria-expanded={form === 'disconnect'} aria-label={`Disconnect ${tenant.name}`} onClick={() => open('disconnect')}>
            Disconnect
          </Button>
        </div>
      )}
      {form === 'credentials' && (
        <CredentialsForm
          tenant={tenant}
          gone={gone}
          onCancel={() => choose(null)}
          onSaved={() => {
            choose(null)
            setSaid('The new credentials work and have replaced the old ones.')
            onChanged()
          }}
        />
      )}
      {form === 'disconnect' && <DisconnectForm tenant={tenant} gone={gone} onCancel={() => choose(null)} onDone={(done) => onDisconnected(tenant, done)} />}
    </li>
  )
}
