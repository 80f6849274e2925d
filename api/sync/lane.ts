// A lane: requests that Microsoft counts together, a few in a while, for one app in one tenant. Most reads of a directory share
// thousands of units in that time, so a list that is read page by page, as here, cannot come near them; those have no lane.

export interface LaneLimits {
  /** What counts together has one name. */
  readonly name: string
  readonly places: number
  readonly milliseconds: number
}

/**
 * How many may go now is decided by the clock that is passed in, in milliseconds; the lane itself never waits. A place is free
 * that long after its answer: when Microsoft counted the request lies somewhere before that.
 */
export class Lane {
  private underWay = 0
  private readonly limits: LaneLimits
  private answeredAt: number[] = []

  constructor(limits: LaneLimits) {
    this.limits = limits
  }

  /** Takes up to `wanted` places. @returns how many there are: 0 means that `pause` has to pass first */
  take(wanted: number, now: number): number {
    this.answeredAt = this.answeredAt.filter((at) => now - at <= this.limits.milliseconds)
    const taken = Math.min(wanted, Math.max(0, this.limits.places - this.answeredAt.length - this.underWay))
    this.underWay += taken
    return taken
  }

  /** Takes a place that may not be there. */
  enter(): void {
    this.underWay++
  }

  /** To be told of the end of what was taken, however it ended. */
  answered(count: number, now: number): void {
    this.underWay -= count
    this.answeredAt.push(...Array.from({ length: count }, () => now))
  }

  /** Milliseconds until a place may be free. */
  pause(now: number): number {
    const [first = now] = this.answeredAt
    return Math.max(1, first + this.limits.milliseconds + 1 - now)
  }
}

const lanes = new Map<string, Lane>()

/** The lane of a tenant, which all rounds of this process share. */
export function laneOf(limits: LaneLimits, tenantId: string): Lane {
  const key = `${limits.name}|${tenantId}`
  const lane = lanes.get(key) ?? new Lane(limits)
  lanes.set(key, lane)
  return lane
}

/** Sends now, whether there is a place or not; it takes one all the same. */
export async function sendNow<T>(lane: Lane, send: () => Promise<T>): Promise<T> {
  lane.enter()
  return send().finally(() => lane.answered(1, performance.now()))
}

/**
 * Sends when there is a place. A worker that stops does not wait for the end of it.
 * @param wanted requests at most; @param send gets how many there may be, at least one
 * @param round whose lease is kept, at least each second. @throws AppError `leaseLost`
 */
export async function inLane<T>(lane: Lane, wanted: number, round: { keepLease(): Promise<void> }, send: (count: number) => Promise<T>): Promise<T> {
  for (;;) {
    const taken = lane.take(wanted, performance.now())
    if (taken > 0) return send(taken).finally(() => lane.answered(taken, performance.now()))
    await new Promise((resolve) => setTimeout(resolve, Math.min(lane.pause(performance.now()), 1_000)))
    await round.keepLease()
  }
}
