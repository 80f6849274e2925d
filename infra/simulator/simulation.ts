// What the parts of the simulator share: the world, Microsoft's clock, and what is remembered for the person trying it out.
import type { EventEmitter } from 'node:events'
import type { Faults } from './faults.ts'
import type { Keys } from './keys.ts'
import type { ChannelState } from './teams.ts'
import type { Tenant, World } from './world/model.ts'
import type { Random } from './world/random.ts'

type Texts = Record<string, string>
interface GraphRequestLog { at: string; method: string; path: string; query: Texts; headers: Texts; tenantId: string | null; status: number }
interface Violation { kind: 'request' | 'response'; method: string; path: string; problem: string }
interface Clock { now(): number; move(milliseconds: number): void }

export interface Simulation {
  seed: number; origin: string; product: string
  world: World
  /** For ids of things made while it runs. */
  random: Random
  clock: Clock; keys: Keys; faults: Faults; teams: ChannelState
  requests: GraphRequestLog[]; violations: Violation[]
  /** Raised to make every delta token older than it unknown; `boot` does so for tokens of another run. */
  tokenGeneration: number; boot: string
  /** Says 'chat', 'channel', 'mail' or 'accounts' when something of that kind has changed. */
  events: EventEmitter
}

/** Microsoft's clock: the machine's, moved by hand. Signed tokens keep the machine's time, because their readers do. */
export function makeClock(): Clock {
  let offset = 0
  return { now: () => Date.now() + offset, move: (ms) => { offset += ms } }
}

/** A tenant by id or by one of its domains, as Entra accepts both in a path. */
export function findTenant(world: World, idOrDomain: string): Tenant | undefined {
  const wanted = idOrDomain.toLowerCase()
  return world.tenants.find((t) => t.id === wanted || t.domains.includes(wanted))
}
