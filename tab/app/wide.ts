import { useSyncExternalStore } from 'react'

/** Whether the tab is at least `pixels` wide. The tab's own width counts, not the screen's: Teams stands around it. */
export function useWide(pixels: number): boolean {
  const question = `(min-width: ${pixels}px)`
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(question)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(question).matches,
  )
}
