import { useState } from 'react'
import type { Tenant } from '../../api/connections/model.ts'
import { useDeed } from '../client/deed.ts'
import { askForSync, oneTenant } from './requests.ts'

/** "Sync now": the wish, and what became of it. */
export function useSync(tenantId: string, syncing: boolean, follow: (before: Tenant) => void) {
  // Said of the sync that this person asked for; those on schedule come and go in silence.
  const [asked, setAsked] = useState<'no' | 'running' | 'ended'>('no')
  if (asked === 'running' && !syncing) setAsked('ended')
  const wish = useDeed({
    mutationFn: async () => {
      // What is in view may be rounds old.
      const before = await oneTenant(tenantId)
      await askForSync(tenantId)
      return before
    },
    onMutate: () => setAsked('no'),
    onSuccess: (before) => {
      follow(before)
      setAsked('running')
    },
  })
  return { sync: () => wish.mutate(), asked, error: wish.error }
}
