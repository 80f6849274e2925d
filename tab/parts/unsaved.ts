// What somebody has typed and not saved: before it goes, they are asked.
import { useEffect, useSyncExternalStore } from 'react'

interface Asked {
  leave: () => void
  stay: () => void
}

const unsaved = new Set<symbol>()
const listeners = new Set<() => void>()
let asked: Asked | null = null

function ask(of: Asked | null): void {
  asked = of
  listeners.forEach((tell) => tell())
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
// Closing the window has its own question, which only the browser may ask.
const keepWindow = (event: BeforeUnloadEvent) => event.preventDefault()

/** While `changed`, what this form holds is not given up without a question. */
export function useUnsaved(changed: boolean): void {
  useEffect(() => {
    if (!changed) return
    const form = Symbol()
    unsaved.add(form)
    window.addEventListener('beforeunload', keepWindow)
    return () => {
      unsaved.delete(form)
      if (unsaved.size === 0) window.removeEventListener('beforeunload', keepWindow)
    }
  }, [changed])
}

/** Does what closes a form: at once, or when the person agrees to lose what is in it. `stay` when they do not. */
export function leaveForm(leave: () => void, stay: () => void = () => {}): void {
  if (unsaved.size === 0) leave()
  else ask({ leave, stay })
}

/** What the person is asked about now, for the one dialog that asks; answering closes it. */
export function useAsked(): Asked | null {
  const now = useSyncExternalStore(subscribe, () => asked)
  if (now === null) return null
  const answer = (then: () => void) => () => {
    ask(null)
    then()
  }
  return { leave: answer(now.leave), stay: answer(now.stay) }
}
