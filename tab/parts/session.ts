// What every part may ask: who the person is, and how their Teams looks and writes dates.
import { createContext, useContext } from 'react'
import type { Me } from '../../api/access/model.ts'
import type { PaperColours } from './mailDocument.ts'

export interface Session {
  me: Me
  locale: string
  /** For what does not inherit them: the frame around a text of others. */
  colours: PaperColours
}

export const SessionContext = createContext<Session | null>(null)

/** The session of the signed-in person; only parts below `Shell` may ask. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('Asked for the session outside of it.')
  return session
}
