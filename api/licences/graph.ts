// Licences of a tenant.
import type { SubscribedSku } from '@microsoft/microsoft-graph-types'
import type { Graph } from '../graph/graph.ts'
import { readAll } from '../graph/list.ts'

/** Licences that the tenant has bought. Graph: "List subscribedSkus". */
export const readLicences = (graph: Graph): Promise<SubscribedSku[]> =>
  readAll<SubscribedSku>(graph, '/subscribedSkus?$select=skuId,skuPartNumber,prepaidUnits,consumedUnits,appliesTo')
