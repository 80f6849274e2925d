// What Outpost reads in a tenant, the application permission that each needs, and what it costs to go without, as the streams say.
// docs/permissions.md says the same; a test holds them together.
import { isGranted, type NeededFor, type Permission } from '../graph/permission.ts'
import { plainPath } from '../graph/resource.ts'
import type { Stream } from '../sync/stream.ts'
import type { Feature, Tenant } from './model.ts'

type Need = 'required' | 'optional'

/** A permission, and the kinds of tenant in which it is asked for. */
export interface FeatureRow extends Permission {
  readonly kinds: Readonly<Partial<Record<Tenant['kind'], Need>>>
}

/** Each permission once, in the order of the streams. */
export function featureRows(streams: readonly Stream[]): FeatureRow[] {
  const rows = new Map<string, FeatureRow>()
  const note = ({ of }: Stream, permissions: readonly Permission[], need: Need) => {
    const kinds = of === 'every' ? { msp: need, customer: need } : { msp: need }
    for (const one of permissions) {
      const known = rows.get(one.permission)?.kinds ?? {}
      rows.set(one.permission, { ...one, kinds: need === 'required' ? { ...known, ...kinds } : { ...kinds, ...known } })
    }
  }
  for (const stream of streams) {
    note(stream, stream.needs, 'required')
    note(stream, stream.optional, 'optional')
  }
  return [...rows.values()]
}

/**
 * What Outpost would read in a tenant, with whether it may.
 * @param granted permissions in the tenant's token, and those that a probe has shown to work
 */
export function featuresOf(streams: readonly Stream[], kind: Tenant['kind'], granted: readonly string[]): Feature[] {
  return featureRows(streams).flatMap((row) => {
    const { name, permission, read, without, kinds } = row
    const need = kinds[kind]
    return need === undefined ? [] : [{ name, permission, read, without, required: need === 'required', granted: isGranted(row, granted) }]
  })
}

/** The permission that a request needs. Optional in one kind of tenant is optional in the other too. */
export function neededFor(streams: readonly Stream[]): NeededFor {
  const rows = featureRows(streams)
  return (path) => {
    const plain = plainPath(path)
    const row = rows.find(({ paths }) => paths.some((pattern) => pattern.test(plain)))
    return row === undefined ? null : { permission: row.permission, optional: row.kinds.msp === 'optional', without: row.without }
  }
}
