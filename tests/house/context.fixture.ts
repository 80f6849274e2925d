// The product's questions and actions on the database of a house, without its process: for what has to happen at one exact moment.
import { openClock } from '../../api/clock.ts'
import { bind, type Acting } from '../../api/context.ts'
import type { Database } from '../../api/database/collection.ts'
import { openTokens } from '../../api/graph/token.ts'
import { actions, contextOf, queries } from '../../api/subjects.ts'
import { openVault } from '../../api/vault/vault.ts'
import { botCollections } from '../../bot/stored.ts'
import type { House } from './house.fixture.ts'

export function contextIn(house: House, db: Database): Acting {
  const environment = house.environment()
  const teams = { outsidersIn: () => Promise.resolve('none' as const) }
  const clean = () => Promise.resolve({ html: '', shown: 'nothing' as const })
  const graph = { origin: environment.OUTPOST_GRAPH_ORIGIN!, tokens: openTokens(environment.OUTPOST_ENTRA_ORIGIN!), clock: openClock() }
  return contextOf(
    { db, now: () => new Date(), homeTenantId: environment.OUTPOST_TENANT_ID!, vault: openVault(Buffer.from(environment.OUTPOST_MASTER_KEY!, 'base64')), graph, clean, teams },
    botCollections,
  )
}

export const boundIn = (on: Acting) => ({ query: bind(on, queries), actions: bind(on, actions) })
