import { Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { asWritten } from '../../api/asWritten.ts'
import { useLoaded } from '../client/loading.ts'
import { oneCustomer } from '../customers/requests.ts'
import { Licences } from '../licences/Licences.tsx'
import { Sections } from '../parts/Sections.tsx'
import { Empty, LoadState } from '../parts/States.tsx'
import { ViewTitle } from '../parts/ViewTitle.tsx'
import { Posture } from '../posture/Posture.tsx'
import { go, toHash } from '../route.ts'
import { SyncNow } from '../tenants/SyncNow.tsx'
import { Communications } from './Communications.tsx'

const useStyles = makeStyles({
  path: { marginBottom: tokens.spacingVerticalXS },
  facts: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

const sections = [
  ['communications', 'Communications'],
  ['posture', 'Security posture'],
  ['licences', 'Licences'],
] as const
type Section = (typeof sections)[number][0]

/** One customer: who it is, and its sections. `customerId` and `section` come from the address. */
export default function CustomerHub({ customerId, section }: { customerId: string; section: Section }) {
  const styles = useStyles()
  const loaded = useLoaded(oneCustomer(customerId))
  const customer = loaded.value

  return (
    <>
      <div className={styles.path}>
        <Link href={toHash({ view: 'customers' })}>Back to customers</Link>
      </div>
      {/* Once the name is there it is another heading, which takes the focus anew. */}
      <ViewTitle key={customer === null ? 'waiting' : customer.id}>{customer?.name ?? 'Customer'}</ViewTitle>
      <LoadState of={loaded} label="Loading customer" />
      {customer !== null && (
        <>
          <Text block className={styles.facts}>
            {[
              customer.domains.length === 0 ? 'No domains yet' : customer.domains.map(asWritten).join(', '),
              customer.tenants.length === 0 ? 'no tenant of its own connected' : `tenant ${customer.tenants.map((tenant) => tenant.name).join(', ')}`,
              ...(customer.archived ? ['archived'] : []),
            ].join(' · ')}
          </Text>
          {!customer.archived && <SyncNow tenantIds={customer.sources} of={customer.name} />}
          <Sections label={`Sections of ${customer.name}`} sections={sections} selected={section} onSelect={(to) => go({ view: 'customer', customerId, section: to })}>
            {section === 'communications' &&
              (customer.archived ? <Empty>Archived: its mail and meetings are deleted, and none are read.</Empty> : <Communications customerId={customerId} />)}
            {section === 'posture' && <Posture customerId={customerId} />}
            {section === 'licences' && <Licences customerId={customerId} tenants={customer.tenants} />}
          </Sections>
        </>
      )}
    </>
  )
}
