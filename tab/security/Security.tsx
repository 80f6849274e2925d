import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { Coverage } from '../../api/posture/model.ts'
import type { Security as SecurityOf, SecurityRow } from '../../api/security/model.ts'
import { isUnread } from '../../api/security/unread.ts'
import { useLoaded } from '../client/loading.ts'
import { CustomerTableRow } from '../customers/CustomerTableRow.tsx'
import { NoCustomer } from '../customers/NoCustomer.tsx'
import { Unread } from '../customers/Unread.tsx'
import { ExportButton } from '../parts/ExportButton.tsx'
import { useMarkStyles } from '../parts/markStyles.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { LoadState } from '../parts/States.tsx'
import { Table, TableCell } from '../parts/Table.tsx'
import { Time } from '../parts/Time.tsx'
import { ViewTitle } from '../parts/ViewTitle.tsx'
import { CoverageBar } from '../posture/CoverageBar.tsx'
import { coverageShort } from '../posture/coverageWords.ts'
import { FindingCount } from '../posture/FindingCount.tsx'
import { securityCsv, securityOfAll } from './requests.ts'
import { accountsWords, averageWords, shareWords, signalWords } from './securityWords.ts'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalM },
  // At the right edge: what it says stands before it, so that the button stays where it was pressed.
  export: { flexDirection: 'row-reverse' },
  averages: { display: 'grid', gap: tokens.spacingHorizontalL, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))', marginBottom: tokens.spacingVerticalXXL },
  average: { display: 'grid', alignContent: 'start', gap: tokens.spacingVerticalXS, padding: tokens.spacingHorizontalL, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, overflowWrap: 'anywhere' },
  share: { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold },
  columns: { gridTemplateColumns: 'minmax(0, 1.8fr) minmax(0, 1.6fr) minmax(0, 1.6fr) minmax(0, 0.9fr) minmax(0, 1fr)' },
})

function Average({ of }: { of: SecurityOf['signals'][number] }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  return (
    <section className={styles.average} aria-label={signalWords[of.signal]}>
      <h2 className={panel.title}>{signalWords[of.signal]}</h2>
      <span className={styles.share}>{shareWords(of.average)}</span>
      <Text>{averageWords(of)}</Text>
      <Text size={200} className={panel.quiet}>
        {accountsWords(of)}. Capability, not enforcement.
      </Text>
    </section>
  )
}

function CoverageCell({ label, coverage }: { label: string; coverage: Coverage | null }) {
  return (
    <TableCell label={label}>
      {coverageShort(coverage)}
      <CoverageBar coverage={coverage} />
    </TableCell>
  )
}

function Row({ row, reason }: { row: SecurityRow; reason: boolean }) {
  const styles = useStyles()
  const mark = useMarkStyles()
  const about = reason && row.unknownReason !== null && (
    <Text size={200} className={mark.line}>
      <WarningRegular className={mergeClasses(mark.icon, mark.warning)} aria-hidden />
      {row.unknownReason}
    </Text>
  )
  return (
    <CustomerTableRow customer={{ id: row.customerId, name: row.name }} section="posture" about={about} className={styles.columns}>
      <CoverageCell label="MFA coverage" coverage={row.mfa} />
      <CoverageCell label="Privileged accounts" coverage={row.privilegedMfa} />
      <TableCell label="Open findings">
        <FindingCount count={row.openFindings} />
      </TableCell>
      <TableCell label="As of">{row.asOf === null ? 'Not read yet' : <Time at={row.asOf} />}</TableCell>
    </CustomerTableRow>
  )
}

/** The protection of every customer's accounts: averages that say what they average, and a row a customer, worst first. */
export default function Security() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const loaded = useLoaded(securityOfAll)
  const security = loaded.value
  return (
    <>
      <div className={styles.head}>
        <ViewTitle>Security</ViewTitle>
        {security !== null && security.items.length > 0 && <ExportButton what="security" className={styles.export} fetch={securityCsv} />}
      </div>
      <LoadState of={loaded} label="Loading security of all customers" />
      {security?.items.length === 0 && <NoCustomer />}
      {security !== null && security.items.length > 0 && (
        <>
          <div className={styles.averages}>
            {security.signals.map((signal) => (
              <Average key={signal.signal} of={signal} />
            ))}
          </div>
          <Text size={200} block className={panel.quiet}>
            Worst first: by open findings, then by the lower of the two coverages. Customers of whom nothing has been read stand at the end.
          </Text>
          <Table
            label="Security by customer, worst first"
            columns={['Customer, worst first', 'MFA coverage', 'Privileged accounts', 'Open findings', 'As of']}
            className={styles.columns}
          >
            {security.items.map((row) => (
              <Row key={row.customerId} row={row} reason={!isUnread(row)} />
            ))}
          </Table>
          <Unread rows={security.items.filter(isUnread)} />
        </>
      )}
    </>
  )
}
