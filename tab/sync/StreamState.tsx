import { mergeClasses } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { StreamStatus } from '../../api/sync/model.ts'
import { useMarkStyles } from '../parts/markStyles.ts'
import { Time } from '../parts/Time.tsx'

/** What a stream is doing now, or why its last try failed. */
export function StreamState({ stream }: { stream: StreamStatus }) {
  const mark = useMarkStyles()
  if (stream.running) return <>{stream.progress === null ? 'Being read' : `Being read, ${stream.progress.done} of ${stream.progress.of} steps done`}</>
  if (stream.notGranted !== undefined) return <>{stream.notGranted.message}</>
  if (stream.lastError === null) return <>{stream.lastSuccessAt === null ? 'Not read yet' : 'Up to date'}</>
  return (
    <span className={mark.line}>
      <WarningRegular className={mergeClasses(mark.icon, mark.warning)} aria-hidden />
      <span>
        Failed <Time at={stream.lastError.at} />: {stream.lastError.message}
      </span>
    </span>
  )
}

/** The same for a narrow place, with the last success and the number of items in it. */
export function StreamSummary({ stream }: { stream: StreamStatus | null }) {
  if (stream === null) return <>Not read yet</>
  return (
    <>
      <StreamState stream={stream} />
      {stream.lastSuccessAt !== null && (
        <>
          {' · '}
          {(stream.lastError !== null || stream.notGranted !== undefined) && 'last success '}
          <Time at={stream.lastSuccessAt} />
        </>
      )}
      {stream.items !== null && ` · ${stream.items} ${stream.items === 1 ? 'item' : 'items'} at last sync`}
    </>
  )
}
