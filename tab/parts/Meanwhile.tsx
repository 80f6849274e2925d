import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components'
import { Facts } from './Reader.tsx'

const useStyles = makeStyles({ body: { display: 'grid', gap: tokens.spacingVerticalS, minWidth: 0 } })

export interface MeanwhileProps {
  /** What was changed, with a small letter: "customer". */
  noun: string
  /** What it is by now. */
  facts: readonly (readonly [word: string, value: string])[]
  /** Puts that in the place of what was typed. */
  onTake: () => void
}

/** In a form that could not be saved because somebody else was faster: what they have made of it, and both ways on. */
export function Meanwhile({ noun, facts, onTake }: MeanwhileProps) {
  const styles = useStyles()
  return (
    <div role="status">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody className={styles.body}>
          {`Somebody else has changed this ${noun} meanwhile, and nothing of yours is saved. It is now:`}
          <Facts facts={facts.map(([word, value]) => [word, value === '' ? 'none' : value])} />
          What you have typed is still above. Save it over this, or start again from this.
        </MessageBarBody>
        <MessageBarActions>
          <Button
            onClick={({ currentTarget }) => {
              // This button goes with what it says; the form begins anew where it began.
              const heading = currentTarget.closest('form')?.querySelector('h3')
              onTake()
              heading?.focus()
            }}
          >
            Start again
          </Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  )
}
