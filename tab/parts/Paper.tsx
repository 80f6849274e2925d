// A text that others wrote, in a frame that can neither run nor load anything.
import { Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { OpenedText } from '../../api/mailboxes/model.ts'
import { mailDocument } from './mailDocument.ts'
import { usePanelStyles } from './panelStyles.ts'
import { useSession } from './session.ts'
import { shownWords } from './shownWords.ts'

const useStyles = makeStyles({
  paper: { width: '100%', boxSizing: 'border-box', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusSmall },
})

/** How wide an element is, as it changes. */
function useWidth() {
  const element = useRef<HTMLIFrameElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}

/** @param noun whose text it is, with a small letter: "message" */
export function Paper({ noun, html, shown: howMuch, webLink }: OpenedText & { noun: string }) {
  const styles = useStyles()
  const panel = usePanelStyles()
  const { text, paper, scheme } = useSession().colours
  const { element, width } = useWidth()
  const shown = useMemo(() => mailDocument(html, { text, paper, scheme }), [html, text, paper, scheme])
  const left = shownWords(noun, howMuch)
  return (
    <>
      {left !== null && (
        <Text>
          {left}{' '}
          {webLink !== null && (
            <>
              <Link inline href={webLink} target="_blank" rel="noopener noreferrer">
                Open it in Outlook
              </Link>
              , if its mailbox is open to you.
            </>
          )}
        </Text>
      )}
      {shown.pictures > 0 && (
        <Text size={200} className={panel.quiet}>
          {shown.pictures === 1 ? 'A picture is left out: fetching it' : `${String(shown.pictures)} pictures are left out: fetching them`} would tell the sender that this was read.
        </Text>
      )}
      {shown.isEmpty ? (
        left === null && <Text className={panel.quiet}>{`This ${noun} has no text.`}</Text>
      ) : (
        <iframe
          ref={element}
          className={styles.paper}
          style={{ height: `min(60vh, 640px, ${String(shown.height(width))}px)` }}
          title={`Text of the ${noun}`}
          sandbox=""
          referrerPolicy="no-referrer"
          srcDoc={shown.html}
        />
      )}
    </>
  )
}
