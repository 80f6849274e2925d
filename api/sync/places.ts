// The places of a worker, and whose turn it is to get one. Tenants take turns; one whose Graph is silent holds a place and no more,
// so that it keeps nobody waiting but itself. Pure: told what happens, and when, in milliseconds.

/** Rounds that a worker does at once. */
const most = 6
/** One is kept for tenants that hold none and answer. */
const kept = 1
/** A tenant's share, also while nobody else wants anything: the next one may want something in a moment. */
const ofOneTenant = 4
const ofSilentOne = 1
const ofAllSilent = 3
/** Graph answers a page of mail within a few seconds. */
const silentMilliseconds = 10_000

/** A tenant; null for jobs, which are about none and take turns like one. */
export type Taker = string | null

interface Held {
  readonly taker: Taker
  readonly alone: string | null
  answeredAt: number
  /** Between the last two answers. */
  waited: number
}

export class Places {
  private readonly held = new Map<string, Held>()
  /** Those whose last round ended in silence. */
  private readonly silent = new Set<Taker>()
  private readonly turns = new Map<Taker, number>()
  private turn = 0

  /** Those of `takers` that may have a place now, the one that has waited longest for its turn first. */
  inTurn(takers: readonly Taker[], now: number): Taker[] {
    const silent = this.silentNow(now)
    const all = [...this.held.values()]
    const free = most - all.length
    const heldBySilent = all.filter(({ taker }) => silent.has(taker)).length
    const may = (taker: Taker): boolean => {
      const own = all.filter((one) => one.taker === taker).length
      if (silent.has(taker)) return free > kept && own < ofSilentOne && heldBySilent < ofAllSilent
      return own === 0 ? free > 0 : free > kept && own < ofOneTenant
    }
    return takers.filter(may).sort((one, other) => (this.turns.get(one) ?? 0) - (this.turns.get(other) ?? 0))
  }

  /** Whether no round in this tenant has what another one wants for itself. */
  isFree(taker: Taker, alone: string | null): boolean {
    return alone === null || ![...this.held.values()].some((one) => one.taker === taker && one.alone === alone)
  }

  taken(unitId: string, { taker, alone }: { readonly taker: Taker; readonly alone: string | null }, now: number): void {
    this.held.set(unitId, { taker, alone, answeredAt: now, waited: 0 })
    this.turns.set(taker, ++this.turn)
  }

  /** Graph has answered a round, whatever it has said. */
  answered(unitId: string, now: number): void {
    const one = this.held.get(unitId)
    if (one !== undefined) Object.assign(one, { answeredAt: now, waited: now - one.answeredAt })
  }

  ended(unitId: string, now: number): void {
    const one = this.held.get(unitId)
    if (one === undefined) return
    this.held.delete(unitId)
    if (Math.max(one.waited, now - one.answeredAt) >= silentMilliseconds) this.silent.add(one.taker)
    else this.silent.delete(one.taker)
  }

  private silentNow(now: number): Set<Taker> {
    const waiting = [...this.held.values()].filter(({ answeredAt }) => now - answeredAt >= silentMilliseconds)
    return new Set([...this.silent, ...waiting.map(({ taker }) => taker)])
  }
}
