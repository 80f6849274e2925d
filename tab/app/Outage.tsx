import { Button, Link, makeStyles, mergeClasses, MessageBar, MessageBarActions, MessageBarBody, Text, tokens } from '@fluentui/react-components'
import { PlugDisconnectedRegular } from '@fluentui/react-icons'
import { refresh, useLostAt } from '../client/changes.ts'
import { ASK_AGAIN_MS, useOutage } from '../client/outage.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { useSession } from '../parts/session.ts'
import { clockTime } from '../parts/time.ts'

const useStyles = makeStyles({
  bar: { marginBottom: tokens.spacingVerticalM },
  lost: { color: tokens.colorNeutralForeground2 },
  refresh: { fontSize: 'inherit', lineHeight: 'inherit', verticalAlign: 'baseline' },
})

/** Above every view: that the service does not answer; once, however much of the view waits for it. */
export function OutageBar({ outage: { error, retry } }: { outage: ReturnType<typeof useOutage> }) {
  const styles = useStyles()
  const why = error?.code === 'databaseUnavailable' ? error.message : 'Outpost does not answer at the moment.'
  return (
    <div role="status">
      {error !== null && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody>{`${why} It is asked again every ${String(ASK_AGAIN_MS / 1000)} seconds; until then, what is in view may be old.`}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={retry}>Try again</Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  )
}

/** Quietly, in the frame: that what is in view does not renew by itself for now. */
export function Lost() {
  const styles = useStyles()
  const mark = useMarkStyles()
  const { locale } = useSession()
  const since = useLostAt()
  return (
    <div role="status">
      {since !== null && (
        <Text size={200} className={mergeClasses(mark.line, styles.lost)}>
          <PlugDisconnectedRegular className={mark.icon} aria-hidden />
          <span>
            {`Live updates are off since ${clockTime(since, locale)} and come back by themselves. `}
            <Link as="button" className={styles.refresh} onClick={refresh}>
              Refresh
            </Link>
          </span>
        </Text>
      )}
    </div>
  )
}
