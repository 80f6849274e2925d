// The two pages that stand where the app would be: outside Teams, and when sign-in or access failed.
import { Button, Link, makeStyles, Text, Title3, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { ASK_AGAIN_MS, isOutage } from '../client/outage.ts'
import { isSignedOut } from '../client/request.ts'
import type { RequestFailed } from '../client/requestFailed.ts'

const useStyles = makeStyles({
  page: { display: 'grid', justifyItems: 'start', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalXXL, maxWidth: '60ch' },
  title: { margin: 0 },
})

function Page({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <main className={styles.page}>
      <Title3 as="h1" className={styles.title}>
        {title}
      </Title3>
      {children}
    </main>
  )
}

/** What a person sees who opened the address in a plain browser. */
export function OutsideTeams() {
  return (
    <Page title="Open Outpost in Teams">
      <Text>
        Outpost works inside Microsoft Teams, which signs you in. Open Teams, choose Apps at the left and look for Outpost; if it
        is not there, ask your Teams administrator to allow it.
      </Text>
      <Link href="https://teams.microsoft.com" rel="noreferrer">
        Open Microsoft Teams
      </Link>
    </Page>
  )
}

/** Sign-in failed, or the person has no role, or the service is away: why, and the button that tries again. */
export function NoEntry({ error, retry }: { error: RequestFailed; retry: () => void }) {
  const title = isSignedOut(error) ? 'Sign-in did not work' : error.status === 403 ? 'You have no access yet' : 'Outpost could not start'
  return (
    <Page title={title}>
      <Text role="alert">{isOutage(error) ? `${error.message} It is asked again every ${String(ASK_AGAIN_MS / 1000)} seconds.` : error.message}</Text>
      {error.requestId !== null && <Text size={200}>Request {error.requestId}</Text>}
      <Button appearance="primary" onClick={retry}>
        {isSignedOut(error) ? 'Sign in' : 'Try again'}
      </Button>
    </Page>
  )
}
