import type { Me } from '../../api/access/model.ts'
import { json } from '../client/request.ts'

/** Who the person is to Outpost. */
export const whoAmI = (): Promise<Me> => json<Me>('/me')
