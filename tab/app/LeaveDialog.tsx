import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useId, useRef } from 'react'
import { useAsked } from '../parts/unsaved.ts'

const useStyles = makeStyles({
  dialog: {
    boxSizing: 'border-box',
    width: 'min(100% - 24px, 480px)',
    padding: tokens.spacingHorizontalXXL,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow64,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    '::backdrop': { backgroundColor: 'rgba(0, 0, 0, 0.4)' },
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalL },
})

/** The question itself. The browser's own dialog keeps the focus in it and gives it back; Fluent's would cost 25 kB on the first view. */
function Question({ leave, stay }: { leave: () => void; stay: () => void }) {
  const styles = useStyles()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      role="alertdialog"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        stay()
      }}
    >
      <h2 id={title} className={styles.title}>
        Leave without saving?
      </h2>
      <p>What you have typed in the open form is not saved, and is lost when you leave it.</p>
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={stay}>
          Stay
        </Button>
        <Button onClick={leave}>Leave without saving</Button>
      </div>
    </dialog>
  )
}

/** Asks before something that was typed and not saved is lost. */
export function LeaveDialog() {
  const asked = useAsked()
  return asked === null ? null : <Question {...asked} />
}
