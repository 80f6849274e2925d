import { Button, Link, makeStyles, mergeClasses, MessageBar, MessageBarActions, MessageBarBody, Text, tokens } from '@fluentui/react-components'
import { Component, useEffect, useState, type ReactNode } from 'react'
import type { Role } from '../../api/access/model.ts'
import { useOutage } from '../client/outage.ts'
import { Customers } from '../customers/Customers.tsx'
import { useSession } from '../parts/session.ts'
import { toHash, type Route } from '../route.ts'
import { whoIsSignedIn } from '../teams/signedIn.ts'
import { later } from './later.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { Lost, OutageBar } from './Outage.tsx'
import { usePlace } from './place.ts'

const CustomerHub = later('hub', () => import('./CustomerHub.tsx'))
const Security = later('security', () => import('../security/Security.tsx'))
const Admin = later('admin', () => import('./Admin.tsx'))

const useStyles = makeStyles({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    paddingInline: tokens.spacingHorizontalXL,
    '@media (max-width: 639px)': { paddingInline: tokens.spacingHorizontalM },
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  nav: { display: 'flex', gap: tokens.spacingHorizontalL },
  link: {
    paddingBlock: tokens.spacingVerticalMNudge,
    color: tokens.colorNeutralForeground2,
    borderBottom: '2px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, textDecorationLine: 'none' },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke },
  person: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', paddingBlock: tokens.spacingVerticalXS },
  main: { padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`, maxWidth: '1400px', marginInline: 'auto', '@media (max-width: 639px)': { paddingInline: tokens.spacingHorizontalM } },
})

const roleWords: Record<Role, string> = { admin: 'Admin', member: 'Member', viewer: 'Viewer' }

function SignedInAs() {
  const styles = useStyles()
  const { me } = useSession()
  const [name, setName] = useState<string | null>(null)
  useEffect(() => {
    void whoIsSignedIn().then((person) => setName(person?.name ?? null))
  }, [])
  const shown = name ?? me.name
  return (
    <Text size={200} className={styles.person}>
      {shown === null ? `Signed in · ${roleWords[me.role]}` : `Signed in as ${shown} · ${roleWords[me.role]}`}
    </Text>
  )
}

/** Catches what no view foresaw. */
class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>This page could not be shown. Load Outpost again.</MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => location.reload()}>Load again</Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
}

function View({ route, admin }: { route: Route; admin: boolean }) {
  if (route.view === 'customer') return <CustomerHub key={route.customerId} customerId={route.customerId} section={route.section} />
  if (route.view === 'security') return <Security />
  if (route.view === 'admin' && admin) return <Admin section={route.section} />
  return <Customers />
}

/** The frame of every view: where one can go, and who is signed in. */
export function Shell() {
  const styles = useStyles()
  const { me } = useSession()
  const route = usePlace()
  const outage = useOutage()
  const admin = me.role === 'admin'

  const entry = (label: string, to: Route, here: boolean) => (
    <Link href={toHash(to)} appearance="subtle" className={mergeClasses(styles.link, here && styles.here)} aria-current={here ? 'page' : undefined}>
      {label}
    </Link>
  )

  return (
    <>
      <header className={styles.header}>
        <nav className={styles.nav} aria-label="Outpost">
          {entry('Customers', { view: 'customers' }, route.view === 'customers' || route.view === 'customer')}
          {entry('Security', { view: 'security' }, route.view === 'security')}
          {admin && entry('Admin', { view: 'admin', section: 'integrations' }, route.view === 'admin')}
        </nav>
        {outage.error === null && <Lost />}
        <SignedInAs />
      </header>
      <main className={styles.main}>
        <OutageBar outage={outage} />
        <Boundary key={route.view}>
          <View route={route} admin={admin} />
        </Boundary>
      </main>
      <LeaveDialog />
    </>
  )
}
