// The states that every view has besides its content: loading, failed, empty.
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Spinner, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Load, NextPage } from '../client/loading.ts'
import { isSignedOut } from '../client/request.ts'
import type { RequestFailed } from '../client/requestFailed.ts'
import { signInToken } from '../teams/token.ts'

const useStyles = makeStyles({
  loading: { padding: tokens.spacingVerticalXXL, justifyContent: 'start' },
  empty: { display: 'block', padding: `${tokens.spacingVerticalXXL} 0`, color: tokens.colorNeutralForeground2, maxWidth: '60ch' },
  failed: { marginBlock: tokens.spacingVerticalM },
  more: { marginTop: tokens.spacingVerticalM },
})

/** Says what is being loaded. */
export function Loading({ label }: { label: string }) {
  return <Spinner className={useStyles().loading} size="small" label={label} />
}

/** Shows the service's sentence for a failed request, its request id, and a way to try again. */
export function Failed({ error, retry }: { error: RequestFailed; retry?: (() => void) | undefined }) {
  const again = () => {
    // This click is the gesture that Teams wants before it may open its own sign-in window.
    const signedIn = isSignedOut(error) ? signInToken({ fresh: true, gesture: true }) : Promise.resolve('')
    void signedIn.then(retry, retry)
  }
  return (
    <MessageBar intent="error" layout="multiline" className={useStyles().failed} role="alert">
      <MessageBarBody>
        {error.message}
        {error.requestId !== null && <Text size={200} block>{`Request ${error.requestId}`}</Text>}
      </MessageBarBody>
      {retry !== undefined && (
        <MessageBarActions>
          <Button onClick={again}>{isSignedOut(error) ? 'Sign in' : 'Try again'}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}

/** What stands before or above an answer: that it is being loaded, or why it could not be had. @param of what was asked for, one or several */
export function LoadState({ of, label }: { of: Load | readonly Load[]; label: string }) {
  const loads = [of].flat()
  const failed = loads.filter(({ error }) => error !== null)
  return (
    <>
      {failed.map(({ error, reload }, index) => error !== null && <Failed key={index} error={error} retry={reload} />)}
      {loads[0]?.loading === true && <Loading label={label} />}
    </>
  )
}

/** Says that there is nothing, and what would change that. */
export function Empty({ children }: { children: ReactNode }) {
  return <Text className={useStyles().empty}>{children}</Text>
}

/** "Show more" under a list, while there is more of it; a failure stands where the person pressed. */
export function More({ next }: { next: NextPage }) {
  return (
    <div className={useStyles().more}>
      {next.error !== null && <Failed error={next.error} retry={next.more ?? undefined} />}
      {next.more !== null && (
        <Button onClick={next.more} disabledFocusable={next.loading}>
          {next.loading ? 'Loading …' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
