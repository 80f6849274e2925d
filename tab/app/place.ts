import { useEffect, useState } from 'react'
import { leaveForm } from '../parts/unsaved.ts'
import { fromSubPageId, stayAt, toHash, useRoute, type Route } from '../route.ts'

/** The place that is shown. It follows the address, unless a form would be lost that its owner wants to keep. */
export function usePlace(): Route {
  const wanted = toHash(useRoute())
  const [place, setPlace] = useState(wanted)
  useEffect(() => {
    if (wanted !== place) leaveForm(() => setPlace(wanted), () => stayAt(place))
  }, [wanted, place])
  return fromSubPageId(place)
}
