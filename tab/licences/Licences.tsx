import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons'
import type { Customer } from '../../api/customers/model.ts'
import type { LicenceRow, Licences as LicencesOf } from '../../api/licences/model.ts'
import { useLoaded } from '../client/loading.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { useSession } from '../parts/session.ts'
import { Empty, LoadState } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { dateLocale } from '../parts/time.ts'
import { Freshness } from '../sync/Freshness.tsx'
import { Holders } from './Holders.tsx'
import { licenceWords } from './licenceWords.ts'
import { licencesOf } from './requests.ts'

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalXXL, gridTemplateColumns: 'minmax(0, 1fr)' },
  columns: { gridTemplateColumns: 'minmax(0, 2.4fr) minmax(0, 0.6fr) minmax(0, 0.6fr) minmax(0, 0.6fr) minmax(0, 2fr)' },
  name: { fontWeight: tokens.fontWeightSemibold },
})

function State({ row }: { row: LicenceRow }) {
  const mark = useMarkStyles()
  return (
    <span className={mergeClasses(mark.line, mark.inline)}>
      {row.state === 'ok' && <CheckmarkCircleRegular className={mergeClasses(mark.icon, mark.good)} aria-hidden />}
      {row.state === 'warning' && <WarningFilled className={mergeClasses(mark.icon, mark.warning)} aria-hidden />}
      {(row.state === 'suspended' || row.state === 'overused') && <DismissCircleFilled className={mergeClasses(mark.icon, mark.bad)} aria-hidden />}
      {licenceWords(row)}
    </span>
  )
}

function Skus({ rows, tenantName }: { rows: readonly LicenceRow[]; tenantName: (tenantId: string) => string | null }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const number = new Intl.NumberFormat(dateLocale(useSession().locale))
  return (
    <Table label="Licences" columns={['Licence', 'Bought', 'Used', 'Free', 'State']} className={styles.columns}>
      {rows.map((row) => (
        <TableRow key={`${row.tenantId}/${row.skuId}`} className={styles.columns}>
          <TableCell>
            <span className={styles.name}>{row.name}</span>
            <Text size={200} block className={panel.quiet}>
              {[...(row.name === row.partNumber ? [] : [row.partNumber]), ...(tenantName(row.tenantId) === null ? [] : [tenantName(row.tenantId)])].join(' · ')}
            </Text>
          </TableCell>
          <TableCell label="Bought">{number.format(row.bought)}</TableCell>
          <TableCell label="Used">{number.format(row.used)}</TableCell>
          <TableCell label="Free">{number.format(Math.max(row.free, 0))}</TableCell>
          <TableCell label="State">
            <State row={row} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  )
}

const isRead = ({ freshness }: LicencesOf, stream: 'licences' | 'accounts') => freshness.find((one) => one.stream === stream)?.asOf != null

function noLicences(tenants: number, licences: LicencesOf): string {
  if (tenants === 0) return 'No tenant of this customer is connected, so its licences are unknown.'
  return isRead(licences, 'licences') ? 'This customer has bought no licence.' : 'The licences of this customer have not been read yet.'
}

/** The licences that one customer has bought, what is left of them, and who holds them. */
export function Licences({ customerId, tenants }: { customerId: string; tenants: Customer['tenants'] }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const loaded = useLoaded(licencesOf(customerId))
  const licences = loaded.value
  // With one tenant its name says nothing that the heading does not say.
  const tenantName = (tenantId: string) => (tenants.length > 1 ? (tenants.find(({ id }) => id === tenantId)?.name ?? null) : null)
  return (
    <div className={styles.page}>
      <LoadState of={loaded} label="Loading licences" />
      {licences !== null && (
        <>
          <section aria-labelledby="licences-title">
            <h2 className={panel.title} id="licences-title">
              Licences
            </h2>
            <div className={panel.about}>
              {licences.freshness.filter(({ of }) => of > 0).map((freshness) => (
                <Freshness key={freshness.stream} of={freshness} />
              ))}
            </div>
            {licences.items.length === 0 ? (
              <Empty>{noLicences(tenants.length, licences)}</Empty>
            ) : (
              <Skus rows={licences.items} tenantName={tenantName} />
            )}
          </section>
          {tenants.length > 0 && <Holders customerId={customerId} read={isRead(licences, 'accounts')} />}
        </>
      )}
    </div>
  )
}
