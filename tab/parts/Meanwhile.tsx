import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { Facts } from './Reader.tsx'

const useStyles = makeStyles({
  body: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    // On a phone the sign of the bar and two columns would leave an id or a sentence a word a line: the value stands under its word.
    '@media (max-width: 639px)': { '& dl': { gridTemplateColumns: 'minmax(0, 1fr)' }, '& dd': { marginBottom: tokens.spacingVerticalXS } },
  },
})

export interface MeanwhileProps {
  /** What was changed, with a small letter: "customer". */
  noun: string
  /** What it is by now. */
  facts: readonly (readonly [word: string, value: string])[]
  /** Whether something is missing without which it cannot be saved. */
  incomplete?: boolean
  /** Saves what was typed over that. */
  onSave: () => void
  /** Puts that in the place of what was typed. */
  onTake: () => void
}

/**
 * In a form that could not be saved because somebody else was faster: what they have made of it, and both ways on. It takes the focus, so
 * that the next key leads to them; the form's own button is of no use meanwhile, so that nobody saves over what they have not read.
 */
export function Meanwhile({ noun, facts, incomplete = false, onSave, onTake }: MeanwhileProps) {
  const styles = useStyles()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => bar.current?.focus(), [])
  // Both buttons go with what they say, and the focus would go with them.
  const leaveFor = (place: string) => bar.current?.closest('form')?.querySelector<HTMLElement>(place)?.focus()
  return (
    <div ref={bar} role="group" tabIndex={-1} aria-label={`Somebody else has changed this ${noun}`}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody className={styles.body}>
          {`Somebody else has changed this ${noun} meanwhile, and nothing of yours is saved. It is now:`}
          <Facts facts={facts.map(([word, value]) => [word, value === '' ? 'none' : value])} />
          What you have typed is still above. Save it over this, or start again from this.
        </MessageBarBody>
        <MessageBarActions>
          <Button
            disabledFocusable={incomplete}
            onClick={() => {
              leaveFor('button[type=submit]')
              onSave()
            }}
          >
            Save it over this
          </Button>
          <Button
            onClick={() => {
              leaveFor('h3')
              onTake()
            }}
          >
            Start again
          </Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  )
}
