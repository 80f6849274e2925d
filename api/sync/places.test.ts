import { expect, it } from 'vitest'
import { Places, type Taker } from './places.ts'

/** Fills places by turn, each taker with as much to do as it may. @returns whose they are, in order */
function fill(places: Places, takers: readonly Taker[], now: number): Taker[] {
  const got: Taker[] = []
  for (;;) {
    const [taker] = places.inTurn(takers, now)
    if (taker === undefined) return got
    places.taken(`${String(taker)}|${String(now)}|${String(got.length)}`, { taker, alone: null }, now)
    got.push(taker)
  }
}

it('tenants and jobs take turns', () => {
  expect(fill(new Places(), ['a', 'b', null], 0)).toEqual(['a', 'b', null, 'a', 'b'])
})

it('the last place is kept for whoever holds none', () => {
  const places = new Places()
  expect(fill(places, ['a'], 0)).toEqual(['a', 'a', 'a', 'a'])
  expect(fill(places, ['a', 'b'], 0)).toEqual(['b'])
  expect(fill(places, ['a', 'b', 'c'], 0)).toEqual(['c'])
})

it('who had a place longest ago is first, whatever has waited longest', () => {
  const places = new Places()
  expect(fill(places, ['a', 'b', 'c'], 0)).toEqual(['a', 'b', 'c', 'a', 'b'])
  expect(places.inTurn(['c', 'b', 'a', 'd'], 1)).toEqual(['d'])
  places.ended('a|0|0', 1)
  expect(places.inTurn(['c', 'b', 'a', 'd'], 1)).toEqual(['d', 'c', 'a', 'b'])
})

it('a tenant that is silent gets no further place, and none of its rounds the kept one', () => {
  const places = new Places()
  places.taken('one', { taker: 'a', alone: null }, 0)
  expect(places.inTurn(['a', 'b'], 9_999)).toEqual(['b', 'a'])
  expect(places.inTurn(['a', 'b'], 10_000)).toEqual(['b'])
  places.answered('one', 10_500)
  expect(places.inTurn(['a', 'b'], 10_600)).toEqual(['b', 'a'])
})

it('after a round that ended in silence it has one place until a round is answered', () => {
  const places = new Places()
  places.taken('one', { taker: 'a', alone: null }, 0)
  // The client gave up, which counts as the answer.
  places.answered('one', 60_000)
  places.ended('one', 60_001)
  expect(fill(places, ['a'], 70_000)).toEqual(['a'])
  places.answered('a|70000|0', 70_100)
  places.ended('a|70000|0', 70_200)
  expect(fill(places, ['a'], 70_300)).toEqual(['a', 'a', 'a', 'a'])
})

it('however many are silent, half of the places is left', () => {
  const places = new Places()
  const silent = ['a', 'b', 'c', 'd', 'e']
  for (const taker of silent) {
    places.taken(taker, { taker, alone: null }, 0)
    places.ended(taker, 20_000)
  }
  expect(fill(places, silent, 20_000)).toEqual(['a', 'b', 'c'])
  expect(fill(places, [...silent, 'f', 'g'], 20_000)).toEqual(['f', 'g'])
  expect(places.inTurn(['h'], 20_000)).toEqual(['h'])
})

it('what a round has for itself no other of its tenant gets beside it', () => {
  const places = new Places()
  places.taken('mail', { taker: 'a', alone: 'robin@proseware.com' }, 0)
  expect(places.isFree('a', 'robin@proseware.com')).toBe(false)
  expect(places.isFree('a', 'kim@proseware.com')).toBe(true)
  expect(places.isFree('b', 'robin@proseware.com')).toBe(true)
  expect(places.isFree('a', null)).toBe(true)
  places.ended('mail', 1)
  expect(places.isFree('a', 'robin@proseware.com')).toBe(true)
})
