// The one list: collections, streams, jobs, questions, actions and endpoints of every subject.
import { actorOfActivity, actorOfToken } from './access/actor.ts'
import { Audit } from './access/auditRows.ts'
import { accountEndpoints } from './accounts/endpoints.ts'
import { accountQueries } from './accounts/query.ts'
import { peopleIn } from './appRoles/people.ts'
import { auditActions } from './audit/actions.ts'
import { auditEndpoints } from './audit/endpoints.ts'
import { auditQueries } from './audit/query.ts'
import { calendarActions } from './calendar/actions.ts'
import { calendarEndpoints } from './calendar/endpoints.ts'
import { calendarQueries } from './calendar/query.ts'
import { openChangeFeed } from './changes/feed.ts'
import { openKeeping } from './changes/kept.ts'
import { Changes } from './changes/rows.ts'
import { channelActions } from './channels/actions.ts'
import { channelEndpoints } from './channels/endpoints.ts'
import { channelQueries } from './channels/query.ts'
import { Installations } from './channels/rows.ts'
import { connectionActions } from './connections/actions.ts'
import { connectionEndpoints } from './connections/endpoints.ts'
import { neededFor } from './connections/permissions.ts'
import { connectionQueries } from './connections/query.ts'
import type { Acting, Bound } from './context.ts'
import { customerActions } from './customers/actions.ts'
import { customerEndpoints } from './customers/endpoints.ts'
import { customerQueries } from './customers/query.ts'
import { purging } from './customers/purging.ts'
import { Customers } from './customers/rows.ts'
import { thoseOf, type Described } from './database/collection.ts'
import { Marks } from './database/markRows.ts'
import type { Belongings, CustomerBelongings } from './database/readings.ts'
import type { GraphOptions } from './graph/client.ts'
import type { Endpoint } from './http/endpoint.ts'
import { licenceEndpoints } from './licences/endpoints.ts'
import { licenceQueries } from './licences/query.ts'
import { mailActions } from './mail/actions.ts'
import { mailEndpoints } from './mail/endpoints.ts'
import { Folders } from './mail/folderRows.ts'
import { mailQueries } from './mail/query.ts'
import { overviewEndpoints } from './overview/endpoints.ts'
import { overviewQueries } from './overview/query.ts'
import { postureEndpoints } from './posture/endpoints.ts'
import { Findings } from './posture/findingRows.ts'
import { judging } from './posture/job.ts'
import { Postures } from './posture/postureRows.ts'
import { postureQueries } from './posture/query.ts'
import { Results } from './posture/resultRows.ts'
import { securityActions } from './security/actions.ts'
import { securityEndpoints } from './security/endpoints.ts'
import { securityQueries } from './security/query.ts'
import * as allStreams from './streams.ts'
import { Bookmarks } from './sync/bookmarks.ts'
import type { Job } from './sync/job.ts'
import { removing } from './sync/removing.ts'
import { filteredNames, type Stream } from './sync/stream.ts'
import { Units } from './sync/units.ts'
import { Tenants } from './tenants/rows.ts'
import { tenantsIn } from './tenants/sync.ts'

/** In the order in which they go first, and in which people read of them. */
export const streams: readonly Stream[] = Object.values(allStreams).sort((a, b) => a.order - b.order)

export const collections: readonly Described[] = [
  ...new Set(streams.flatMap(({ rows }): readonly Described[] => rows)),
  Tenants, Customers, Units, Bookmarks, Marks, Folders, Findings, Results, Postures, Installations, Audit, Changes,
]

export const jobs: readonly Job[] = [
  judging,
  purging(thoseOf<CustomerBelongings>(collections, 'customer'), filteredNames(streams)),
  removing({ streams, belongings: thoseOf<Belongings>(collections, 'tenant'), isConnected: async (db, tenantId) => (await db(Tenants).get(tenantId)) !== null }),
]

export const queries = {
  actorOfToken, actorOfActivity, ...accountQueries, ...overviewQueries, ...customerQueries, ...mailQueries, ...calendarQueries, ...postureQueries,
  ...licenceQueries, ...securityQueries, ...connectionQueries, ...channelQueries, ...auditQueries,
}
/** Every question that a view or a card asks. The actor comes first, everywhere; nothing here writes. */
export type Query = Bound<typeof queries>

export const actions = { ...connectionActions, ...customerActions, ...mailActions, ...calendarActions, ...channelActions, ...securityActions, ...auditActions }
/** What a person does. The actor comes first, everywhere; what changes or opens something is written to the audit log before. */
export type Actions = Bound<typeof actions>

export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints, ...overviewEndpoints, ...customerEndpoints, ...mailEndpoints, ...calendarEndpoints, ...postureEndpoints, ...licenceEndpoints,
  ...securityEndpoints, ...connectionEndpoints, ...channelEndpoints, ...auditEndpoints,
]

/** What questions and actions are given, from what differs from one process to another. @param others collections of the bot */
export function contextOf(parts: ContextParts, others: readonly Described[]): Acting {
  const { db, now, homeTenantId, vault, clean, teams } = parts
  const graph = { ...parts.graph, neededFor: neededFor(streams) }
  return {
    db, now, homeTenantId, vault, graph, clean, teams, streams, jobs,
    collections: [...collections, ...others],
    people: peopleIn(db),
    feed: openChangeFeed(db, now),
    kept: openKeeping(db, now),
    tenants: tenantsIn(db, graph, vault),
  }
}

export interface ContextParts extends Pick<Acting, 'db' | 'now' | 'homeTenantId' | 'vault' | 'clean' | 'teams'> {
  readonly graph: Omit<GraphOptions, 'neededFor'>
}
