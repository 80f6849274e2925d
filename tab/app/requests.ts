import type { Me } from '../../api/model/actor.ts'
import { json } from '../client/rest.ts'

/** Who the person is to Outpost. */
export const whoAmI = (): Promise<Me> => json<Me>('/me')
