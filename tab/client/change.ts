import { useState } from 'react'
import { useDeed } from './deed.ts'

export interface ChangeOptions<T, V, R> {
  /** What is changed, as it was read. */
  of: T
  /** Sends the change, with the revision of what is known: then one that somebody else makes meanwhile is not undone in silence. */
  send: (input: V, known: T) => Promise<R>
  onSuccess: (result: R) => void
  /** Whether it has gone while it was being changed: then that is said, and nothing of the last try. */
  gone?: boolean
  /** Somebody else was faster. */
  onOutdated?: (now: NonNullable<T>, known: T) => void
}

/**
 * A person's change of something that others change, too.
 * @returns `known`: what it is, as the person knows it; `meanwhile`: what somebody else has made of it, while the answer to the last try
 *   says so; `error`: why else the last try failed; `save`: the deed
 */
export function useChange<T extends object | null, V, R>({ of, send, onSuccess, gone = false, onOutdated }: ChangeOptions<T, V, R>) {
  const [known, setKnown] = useState(of)
  const save = useDeed<R, V>({
    mutationFn: (input) => send(input, known),
    onSuccess,
    onError: ({ now }) => {
      if (now === null) return
      setKnown(now as NonNullable<T>)
      onOutdated?.(now as NonNullable<T>, known)
    },
  })
  const failed = gone ? null : save.error
  const meanwhile = (failed?.now ?? null) as NonNullable<T> | null
  return { save, known, meanwhile, error: meanwhile === null ? failed : null }
}
