// A lane: requests that Microsoft counts together, a few in a while. Graph: "Identity and access reports service limits": five in
// ten seconds of one app in one tenant, for the registration report and the authentication methods of accounts. Other directory
// reads share thousands of units in that time, so a list that is read page by page, as here, cannot come near them.
import type { Round } from './round.ts'

/** Longer than Microsoft's ten seconds by what a request may be under way. */
const windowMilliseconds = 10_500
const places = 5

/** How many may go now is decided by the clock that is passed in, in milliseconds; the lane itself never waits. */
export class Lane {
  private sentAt: number[] = []

  /** Takes up to `wanted` places. @returns how many there are: 0 means that `pause` has to pass first */
  take(wanted: number, now: number): number {
    this.sentAt = this.sentAt.filter((at) => now - at < windowMilliseconds)
    const taken = Math.min(wanted, Math.max(0, places - this.sentAt.length))
    this.sentAt.push(...Array.from({ length: taken }, () => now))
    return taken
  }

  /** Milliseconds until a place is free; 0 when one is. */
  pause(now: number): number {
    const inside = this.sentAt.filter((at) => now - at < windowMilliseconds)
    return inside.length < places ? 0 : inside[inside.length - places]! + windowMilliseconds - now
  }
}

const lanes = new Map<string, Lane>()

/** The lane of a tenant, which all rounds of this process share. */
export function reportLane(tenantId: string): Lane {
  const lane = lanes.get(tenantId) ?? new Lane()
  lanes.set(tenantId, lane)
  return lane
}

/**
 * Waits for places. A worker that stops does not wait for the end of it.
 * @param round whose lease is kept, at least each second. @throws AppError `leaseLost`
 * @returns how many of `wanted` may be sent now, at least one
 */
export async function placesIn(lane: Lane, wanted: number, round: Pick<Round, 'keepLease'>): Promise<number> {
  for (;;) {
    const taken = lane.take(wanted, performance.now())
    if (taken > 0) return taken
    await new Promise((resolve) => setTimeout(resolve, Math.min(lane.pause(performance.now()), 1_000)))
    await round.keepLease()
  }
}
