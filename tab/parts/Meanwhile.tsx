import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { Facts } from './Reader.tsx'

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
  return (
    <div role="status">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {`Somebody else has changed this ${noun} meanwhile, and nothing of yours is saved. It is now:`}
          <Facts facts={facts.map(([word, value]) => [word, value === '' ? 'none' : value])} />
          What you have typed is still above. Save it over this, or start again from this.
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={onTake}>Start again</Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  )
}
