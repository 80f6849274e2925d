// What the parts of the simulator share: the world, Microsoft's clock, and what is remembered for the person trying it out.
import type { Talking } from './connector/conversations.ts'
import type { Faulty } from './faults.ts'
import type { Keys } from './keys.ts'
import type { World } from './world/model.ts'
import type { Random } from './world/random.ts'

type Texts = Record<string, string>
/** `parts`: paths of the requests in a batch, without `/v1.0`. */
interface GraphRequestLog { at: string; method: string; path: string; query: Texts; headers: Texts; tenantId: string | null; status: number; parts?: string[] }
interface Violation { kind: 'request' | 'response'; method: string; path: string; problem: string }

export interface Simulation extends Faulty, Talking {
  seed: number; origin: string; product: string
  world: World
  /** For ids of things made while it runs. */
  random: Random
  keys: Keys
  requests: GraphRequestLog[]; violations: Violation[]
  /** Of this run: a delta token of another one is unknown. */
  boot: string
}
