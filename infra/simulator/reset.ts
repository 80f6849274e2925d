// Everything as it is at a start: for who tries one thing after another, without a new process for each.
import { randomUUID } from 'node:crypto'
import { Refusal, type Body } from './http.ts'
import { makeClock } from './clock.ts'
import type { Simulation } from './simulation.ts'
import { seeded } from './world/random.ts'
import { isWorldName, makeWorld, type WorldName } from './world/world.ts'

/** The part of a simulation that a start makes anew: a world that begins now, and nothing of what has happened before. */
export type Beginning = Omit<Simulation, 'origin' | 'product' | 'keys' | 'events' | 'killable'>

/** @param seed a whole number: the same world for the same seed, but for the moment it begins */
export function beginning(world: WorldName, seed: number): Beginning {
  const clock = makeClock()
  return {
    seed, clock,
    world: makeWorld(world, seed, clock.now()),
    random: seeded(seed, 'later'),
    faults: { list: [], kill: null },
    teams: { installed: false, posted: [], lastId: 0, guests: [] },
    requests: [], violations: [],
    tokenGeneration: 523, boot: randomUUID(),
  }
}

/** POST /simulator/reset: address, keys and product stay; a product that knew the old world has to be started anew. */
export function reset(sim: Simulation, { world = 'small', seed = 1 }: Body): void {
  if (!isWorldName(world)) throw new Refusal(400, 'world is small, large or tiny.')
  if (!Number.isInteger(seed)) throw new Refusal(400, 'seed is a whole number.')
  Object.assign(sim, beginning(world, seed as number))
}
