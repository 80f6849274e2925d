// Whose a tenant can be. The MSP has one, in which its people sign in to Outpost; every other one is a customer's.
import { AppError } from '../errors.ts'
import type { Connection } from './model.ts'

/** @throws AppError `invalidInput`: as a customer's, the MSP's people would count as that customer's; as the MSP's, a customer's mailboxes would be read */
export function refuseWrongOwner({ tenantId, customerId }: Pick<Connection, 'tenantId' | 'customerId'>, homeTenantId: string): void {
  if ((customerId === null) === (tenantId === homeTenantId)) return
  const sentence = customerId === null
    ? 'Only the tenant in which Outpost is signed in can be your own. Connect this one as the tenant of a customer.'
    : 'This is your own tenant, in which Outpost is signed in. Connect it as your own, not as a customer’s.'
  throw new AppError('invalidInput', { sentence, problems: [{ field: 'customerId', message: sentence }] })
}
