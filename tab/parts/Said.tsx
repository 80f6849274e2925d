import { MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import type { ReactNode } from 'react'

export interface SaidProps {
  /** Empty when nothing has been done. */
  words: string
  /** What can be done about it, e.g. undoing it. */
  action?: ReactNode
  className?: string
}

/** What has just been done, seen and heard. It stands in the page before it has words: a screen reader hears only of what changes. */
export function Said({ words, action, className }: SaidProps) {
  return (
    <div role="status">
      {words !== '' && (
        <MessageBar intent="success" layout="multiline" className={className}>
          <MessageBarBody>{words}</MessageBarBody>
          {action !== undefined && <MessageBarActions>{action}</MessageBarActions>}
        </MessageBar>
      )}
    </div>
  )
}
