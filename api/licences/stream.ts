// The licences that a tenant has bought.
import type { SubscribedSku } from '@microsoft/microsoft-graph-types'
import { Changes } from '../changes/rows.ts'
import { AppError } from '../errors.ts'
import { countIn, idIn, textIn } from '../graph/said.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { listOf, replaceList } from '../sync/walk.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { readLicences } from './graph.ts'
import { LicenceSkus, type LicenceDoc } from './rows.ts'

export const licenceStream: Stream = {
  name: 'licences',
  words: { title: 'Licences', one: 'list of licences', many: 'lists of licences', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [],
  order: 8,
  rows: [LicenceSkus],
  read,
}

/** @returns SKUs seen */
async function read(round: Round): Promise<number> {
  const { db, graph, tenant, now, parts } = round
  const [skus, before] = [await readLicences(graph), await db(LicenceSkus).ofTenant(tenant._id)]
  const known = new Map(before.map((doc) => [doc.skuId, doc]))
  const docs = skus.flatMap((sku): LicenceDoc[] => {
    const skuId = idIn(sku.skuId)
    if (skuId === null) return []
    const doc = licenceDoc(tenant._id, { ...sku, skuId }, known.get(skuId))
    if (doc !== null) return [doc]
    parts.skip({ what: 'licence', id: skuId }, withoutNumbers)
    return []
  })
  const after = (number: number) => docs.map((doc) => ({ ...doc, reading: number }))
  await replaceList(round, skus.length, listOf('licences', db(LicenceSkus), tenant._id, after))
  if (!sameLicences(before, after(0))) await db(Changes).add(now(), [{ kind: 'licences', customerId: tenant.customerId }])
  return skus.length
}

const withoutNumbers = new AppError('graphUnexpected', { sentence: 'Microsoft does not say how many seats it has, so it cannot be shown.' })

/** A licence as it is kept: what Graph leaves out stays as it is stored. @returns null where nobody has said how many seats there are */
function licenceDoc(tenantId: string, { skuId, skuPartNumber, prepaidUnits, consumedUnits }: SubscribedSku & { skuId: string }, stored: LicenceDoc | undefined): LicenceDoc | null {
  const { enabled, warning, suspended } = prepaidUnits ?? stored ?? {}
  const [seats, consumed] = [countIn(enabled), countIn(consumedUnits) ?? stored?.consumed]
  if (seats === null || consumed === undefined) return null
  return {
    _id: `${tenantId}|${skuId}`, tenantId, skuId, partNumber: textIn(skuPartNumber) ?? stored?.partNumber ?? '', enabled: seats, warning: countIn(warning) ?? 0,
    suspended: countIn(suspended) ?? 0, consumed, reading: 0,
  }
}

function sameLicences(before: readonly LicenceDoc[], after: readonly LicenceDoc[]): boolean {
  const content = (docs: readonly LicenceDoc[]) => JSON.stringify(docs.map((doc) => ({ ...doc, reading: 0 })).sort((a, b) => a._id.localeCompare(b._id)))
  return content(before) === content(after)
}
