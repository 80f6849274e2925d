// What a tenant has subscribed to.
import { consumed, plansOf, type Sku } from '../../world/licences.ts'
import type { Tenant } from '../../world/model.ts'
import { list, type Handlers } from '../call.ts'
import type { Fields } from '../query.ts'

const skuFields = (tenant: Tenant): Fields<Sku> => ({
  id: (s) => `${tenant.id}_${s.id}`,
  skuId: (s) => s.id,
  skuPartNumber: (s) => s.partNumber,
  appliesTo: () => 'User',
  capabilityStatus: (s) => s.status,
  consumedUnits: (s) => consumed(tenant, s.id),
  prepaidUnits: ({ enabled, suspended, warning }) => ({ enabled, suspended, warning, lockedOut: 0 }),
  servicePlans: (s) => plansOf(tenant, s).map(([servicePlanId, servicePlanName]) => (
    { servicePlanId, servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' })),
})

export const subscribedSkus: Handlers = {
  '/subscribedSkus': (call) => {
    const { tenant } = call
    return list(call, 'subscribedSkus', skuFields(tenant), tenant.skus.filter((s) => plansOf(tenant, s).length > 0))
  },
}
