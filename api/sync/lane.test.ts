// The pace of requests that Microsoft counts together. Time is passed in: nothing here waits.
import { describe, expect, it } from 'vitest'
import { Lane } from './lane.ts'

/** Sends `count` requests as soon as the lane lets them, and notes when, from 0. */
function timesOf(lane: Lane, count: number, portion: number): number[] {
  const times: number[] = []
  for (let now = 0; times.length < count; ) {
    const taken = lane.take(Math.min(portion, count - times.length), now)
    times.push(...Array.from({ length: taken }, () => now))
    if (taken === 0) now += lane.pause(now)
  }
  return times
}

describe('a lane', () => {
  it.each([1, 2, 5, 20])('never lets more than five go in ten seconds, asked for %i at once, and never waits in vain', (portion) => {
    const times = timesOf(new Lane(), 23, portion)
    for (const from of times) expect(times.filter((at) => at >= from && at <= from + 10_000).length).toBeLessThanOrEqual(5)
    expect(times.at(-1)).toBeLessThanOrEqual(4 * 10_500)
  })

  it('lets five go at once', () => {
    expect(timesOf(new Lane(), 5, 20)).toEqual([0, 0, 0, 0, 0])
  })

  it('gives the places that are free, when more are wanted', () => {
    const lane = new Lane()
    expect(lane.take(2, 0)).toBe(2)
    expect(lane.take(7, 100)).toBe(3)
    expect(lane.take(7, 200)).toBe(0)
    expect(lane.pause(200)).toBe(10_300)
    expect(lane.take(7, 10_500)).toBe(2)
  })

  it('needs no pause after one, however many have gone long before', () => {
    const lane = new Lane()
    lane.take(5, 0)
    expect(lane.pause(60_000)).toBe(0)
    expect(lane.take(5, 60_000)).toBe(5)
  })
})
