// Whether the tenants of a customer have security defaults on, as far as that is known.
import type { Database } from '../database/collection.ts'
import { SecurityDefaults } from '../securityDefaults/rows.ts'
import type { UnitDoc } from '../sync/units.ts'
import type { Posture } from './model.ts'
import { withheld } from './unknown.ts'

interface Named {
  readonly _id: string
  readonly name: string
}

/**
 * Unknown where it has never been read, and where it may no longer be read: what was true once may have changed since.
 * @param units of its stream
 */
export async function securityDefaultsOf(db: Database, tenants: readonly Named[], units: readonly UnitDoc[]): Promise<Posture['securityDefaults']> {
  const rows = await db(SecurityDefaults).of(tenants.map(({ _id }) => _id))
  return tenants.map(({ _id, name }) => {
    const row = rows.find(({ tenantId }) => tenantId === _id)
    const error = units.find(({ tenantId }) => tenantId === _id)?.lastError ?? null
    if (row === undefined || (error !== null && withheld.has(error.code))) return { tenantId: _id, tenantName: name, enabled: null, reason: error?.message ?? 'It has not been read yet.' }
    return { tenantId: _id, tenantName: name, enabled: row.enabled, reason: null }
  })
}
