// The pace of requests that Microsoft counts together. Time is passed in: nothing here waits.
import { describe, expect, it } from 'vitest'
import { Lane } from './lane.ts'

const limits = { name: 'reports', places: 5, milliseconds: 10_000 }

/** Sends `count` requests as soon as the lane lets them, each answered after a while, and notes when each was under way. */
function sent(lane: Lane, count: number, portion: number, milliseconds: (index: number) => number): { from: number; to: number }[] {
  const times: { from: number; to: number }[] = []
  for (let now = 0; times.length < count; ) {
    const taken = lane.take(Math.min(portion, count - times.length), now)
    if (taken === 0) now += lane.pause(now)
    else {
      const to = now + milliseconds(times.length)
      times.push(...Array.from({ length: taken }, () => ({ from: now, to })))
      lane.answered(taken, to)
      now = to
    }
  }
  return times
}

describe('a lane', () => {
  it.each([[1, 0], [2, 300], [5, 40], [20, 2_000]])('never lets more than five go in ten seconds, asked for %i at once, whenever Microsoft counts them', (portion, slowest) => {
    const times = sent(new Lane(limits), 23, portion, (index) => (index % 3) * slowest)
    // At the latest an earlier request is counted as it is answered, at the earliest a later one as it is sent.
    times.forEach(({ from }, index) => expect(times.slice(0, index).filter(({ to }) => to >= from - 10_000).length).toBeLessThanOrEqual(4))
    expect(times.at(-1)!.from).toBeLessThanOrEqual(4 * 10_001 + times.length * 2 * slowest)
  })

  it('lets five go at once', () => {
    expect(sent(new Lane(limits), 5, 20, () => 0).map(({ from }) => from)).toEqual([0, 0, 0, 0, 0])
  })

  it('gives the places that are free, when more are wanted; what is under way has one', () => {
    const lane = new Lane(limits)
    expect(lane.take(2, 0)).toBe(2)
    lane.answered(2, 50)
    expect(lane.take(7, 100)).toBe(3)
    expect(lane.take(7, 200)).toBe(0)
    expect(lane.pause(200)).toBe(9_851)
    expect(lane.take(7, 10_051)).toBe(2)
    lane.answered(5, 10_060)
    expect(lane.take(1, 20_000)).toBe(0)
  })

  it('needs no pause after one, however many have gone long before', () => {
    const lane = new Lane(limits)
    lane.take(5, 0)
    lane.answered(5, 0)
    expect(lane.take(5, 60_000)).toBe(5)
  })
})
