// What somebody is typing.
import { useEffect, useState } from 'react'

/** `text` as it was a moment after the last key, so that a search asks once a word and not once a letter. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
