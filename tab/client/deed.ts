import { useEffect, useRef } from 'react'
import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import type { RequestFailed } from './requestFailed.ts'

/** Something that a person does. While it is under way it is not done once more, however fast they press. */
export function useDeed<T, V = void>(deed: Pick<UseMutationOptions<T, RequestFailed, V>, 'mutationFn' | 'onMutate' | 'onSuccess' | 'onError'>) {
  const mutation = useMutation<T, RequestFailed, V>(deed)
  const locked = useRef(false)
  // A second press may come before the first is drawn, and before the form goes that it has sent. Once that is drawn, it is a new one.
  useEffect(() => {
    if (!mutation.isPending) locked.current = false
  })
  const mutate = (input: V) => {
    if (locked.current) return
    locked.current = true
    mutation.mutate(input)
  }
  return { ...mutation, mutate }
}
