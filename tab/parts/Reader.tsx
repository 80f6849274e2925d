// The place in which an opened mail or meeting is read.
import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular, DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Loaded } from '../client/loading.ts'
import { usePanelStyles } from './panelStyles.ts'
import { LoadState } from './States.tsx'

const useStyles = makeStyles({
  reader: { backgroundColor: tokens.colorNeutralBackground2, minWidth: 0 },
  beside: { position: 'sticky', top: tokens.spacingVerticalM },
  top: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  // Its first line stands at the height of the button beside it.
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, overflowWrap: 'anywhere', outlineStyle: 'none', minWidth: 0, paddingBlock: '5px' },
  // On a phone a long word leaves its value room.
  facts: { display: 'grid', gridTemplateColumns: 'fit-content(45%) minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, margin: 0 },
  word: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
})

/** Words and their values, one a line; an empty value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [word: string, value: ReactNode])[] }) {
  const styles = useStyles()
  return (
    <dl className={styles.facts}>
      {facts.map(([word, value]) =>
        value === '' || value === null ? null : (
          <div key={word} style={{ display: 'contents' }}>
            <dt className={styles.word}>{word}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

export interface ReaderProps {
  /** What is read, with a small letter: "message". */
  noun: string
  title: string
  opened: Loaded<unknown>
  /** Whether it was taken away after it was opened: then nothing of it is shown any more. */
  gone: boolean
  /** Beside the list it can be closed; above it, on a narrow screen, it has a way back. */
  beside: boolean
  onClose: () => void
  children: ReactNode
}

/** The frame around `children`, with the states of fetching them. The heading takes the focus; Escape closes. */
export function Reader({ noun, title, opened, gone, beside, onClose, children }: ReaderProps) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section
      className={mergeClasses(panel.frame, styles.reader, beside && styles.beside)}
      aria-label={`Opened ${noun}`}
      aria-busy={opened.loading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      {!beside && (
        <div>
          <Button icon={<ArrowLeftRegular />} appearance="subtle" onClick={onClose}>
            Back to the list
          </Button>
        </div>
      )}
      <div className={styles.top}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {gone ? 'No longer there' : title}
        </h2>
        {beside && <Button icon={<DismissRegular />} appearance="subtle" aria-label={`Close ${noun}`} onClick={onClose} />}
      </div>
      {!gone && <LoadState of={opened} label="Fetching the text" />}
      {!gone && children}
      <Text role="status" className={panel.quiet}>
        {gone ? `This ${noun} is no longer there: it was deleted or moved, it is no longer read, or you may no longer see it.` : ''}
      </Text>
      {!gone && (
        <Text size={200} className={panel.quiet}>
          Opening is recorded in the audit log. The text is not stored, and links in it do not open.
        </Text>
      )}
    </section>
  )
}
